/**
 * From text to a typed value through a schema, with the place of whatever is wrong: line and column of a syntax
 * error, the path of a field.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { printable } from "../text/printable.ts"
import { jsonSyntaxProblem } from "./jsonSyntaxProblem.ts"

/** What is wrong with a text. `line` and `column` count from 1 and stand with syntax errors only. */
export interface JsonProblem {
  readonly line?: number
  readonly column?: number
  readonly sentence: string
}

// Names of fields and what was expected, never the value that was found: it may be anything.
const format = SchemaIssue.makeFormatterStandardSchemaV1()

const pathText = (path: ReadonlyArray<unknown>): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === "number" ? `${text}[${step}]` : text === "" ? String(step) : `${text}.${String(step)}`,
    ""
  )

const schemaSentence = ({ issue }: Schema.SchemaError): string => {
  const first = format(issue).issues[0]
  if (first === undefined) return "it does not have the expected fields"
  const steps = (first.path ?? []).map((step) => typeof step === "object" ? step.key : step)
  const path = printable(pathText(steps))
  const message = printable(first.message)
  return path === "" ? message : `${path}: ${message}`
}

const syntaxProblem = (text: string): JsonProblem => {
  const { expected, offset } = jsonSyntaxProblem(text)
  const before = text.slice(0, offset).split("\n")
  return { line: before.length, column: before.at(-1)!.length + 1, sentence: `this is not JSON: ${expected}` }
}

/** Makes the decoder of one schema; fields that the schema does not name are a problem, so that typing errors show. */
export const makeJsonDecoder = <A>(
  schema: Schema.ConstraintDecoder<A>
): (text: string) => Result.Result<A, JsonProblem> => {
  const decode = Schema.decodeUnknownResult(schema, { onExcessProperty: "error" })
  return (text) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return Result.fail(syntaxProblem(text))
    }
    return Result.mapError(decode(value), (error) => ({ sentence: schemaSentence(error) }))
  }
}
