/**
 * Why an input is not understood, and where.
 */
export { type InputViolation, problemLine } from "./InputViolation.ts"
export { jsonDepthMax, jsonSyntaxViolation, type JsonViolation, syntaxViolation } from "./jsonSyntaxViolation.ts"
export { readProblem } from "./readProblem.ts"
