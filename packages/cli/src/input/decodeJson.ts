/**
 * From text to a typed value through a schema, with the place of whatever is wrong: line and column of a syntax
 * error, the path of a field.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import * as SchemaIssue from "effect/SchemaIssue"
import { printable } from "../text/printable.ts"
import { jsonSyntaxViolation } from "./jsonSyntaxViolation.ts"

/** What is wrong with a text. `line` and `column` count from 1 and stand with syntax errors only. */
export interface JsonViolation {
  readonly line?: number
  readonly column?: number
  readonly sentence: string
}

// The library's own messages, without what was found: that may be anything.
const format = SchemaIssue.makeFormatterStandardSchemaV1()

const ownMessage = (issue: SchemaIssue.Issue): string => {
  const message = format(issue).issues[0]?.message ?? "another value is expected"
  return message.replace(/^Expected (.*)$/s, "$1 is expected")
}

const expectedOf = (ast: SchemaAST.AST, issue: SchemaIssue.Issue): string => {
  if (SchemaAST.isObjects(ast)) return "an object is expected"
  if (SchemaAST.isArrays(ast)) return "a list is expected"
  if (SchemaAST.isUnion(ast) && ast.types.every(SchemaAST.isLiteral)) {
    return `it is none of ${ast.types.map((type) => SchemaAST.isLiteral(type) ? String(type.literal) : "").join(", ")}`
  }
  return ownMessage(issue)
}

interface Misfit {
  readonly path: ReadonlyArray<PropertyKey>
  readonly sentence: string
}

// One line is enough to go on: the first thing that does not fit.
const firstMisfit = (issue: SchemaIssue.Issue, path: ReadonlyArray<PropertyKey>): Misfit => {
  switch (issue._tag) {
    case "Pointer":
      return firstMisfit(issue.issue, [...path, ...issue.path])
    case "Encoding":
      return firstMisfit(issue.issue, path)
    case "Composite":
      return firstMisfit(issue.issues[0], path)
    case "AnyOf":
      return issue.issues[0] === undefined
        ? { path, sentence: expectedOf(issue.ast, issue) }
        : firstMisfit(issue.issues[0], path)
    case "InvalidType":
      return { path, sentence: expectedOf(issue.ast, issue) }
    case "MissingKey":
      return { path, sentence: "it is missing" }
    case "UnexpectedKey":
      return { path, sentence: "there is no such field" }
    case "Filter":
    case "InvalidValue":
    case "Forbidden":
    case "OneOf":
      return { path, sentence: ownMessage(issue) }
  }
}

const pathText = (path: ReadonlyArray<PropertyKey>): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === "number" ? `${text}[${step}]` : text === "" ? String(step) : `${text}.${String(step)}`,
    ""
  )

const schemaSentence = ({ issue }: Schema.SchemaError): string => {
  const { path, sentence } = firstMisfit(issue, [])
  return path.length === 0 ? sentence : `${printable(pathText(path))}: ${sentence}`
}

/** Where a text that `JSON.parse` refuses stops being JSON. */
export const syntaxViolation = (text: string): JsonViolation => {
  const { expected, offset } = jsonSyntaxViolation(text)
  const before = text.slice(0, offset).split("\n")
  return { line: before.length, column: before.at(-1)!.length + 1, sentence: `this is not JSON: ${expected}` }
}

/** Makes the decoder of one schema; fields that the schema does not name are a problem, so that typing errors show. */
export const makeJsonDecoder = <A>(
  schema: Schema.ConstraintDecoder<A>
): (text: string) => Result.Result<A, JsonViolation> => {
  const decode = Schema.decodeUnknownResult(schema, { onExcessProperty: "error" })
  return (text) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return Result.fail(syntaxViolation(text))
    }
    return Result.mapError(decode(value), (error) => ({ sentence: schemaSentence(error) }))
  }
}
