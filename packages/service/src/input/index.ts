/**
 * Why an input is not understood, and where.
 */
export { type InputProblem, problemLine } from "./InputProblem.ts"
export { jsonDepthMax, type JsonProblem, jsonSyntaxProblem, syntaxProblem } from "./jsonSyntaxProblem.ts"
export { readProblem } from "./readProblem.ts"
