/**
 * Text that messages are made of: what was typed or read as it may be shown, what was meant by it, and where it is wrong.
 */
export { type InputProblem, problemLine } from "./InputProblem.ts"
export { jsonDepthMax, type JsonProblem, jsonSyntaxProblem, syntaxProblem } from "./jsonSyntaxProblem.ts"
export { meantHint } from "./meantHint.ts"
export { nearestWord } from "./nearestWord.ts"
export { printable } from "./printable.ts"
export { readProblem } from "./readProblem.ts"
