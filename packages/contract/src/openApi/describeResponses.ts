/**
 * What an operation answers, in words: the codes that this operation can refuse with, and no others.
 */
import type { OpenAPISpecResponses } from "effect/http-api/OpenApi"
import { problem, problemCatalogue, type ProblemCode } from "../problemCatalogue.ts"
import { exampleOf } from "./exampleOf.ts"
import { type Components, type JsonSchema, nameOf, tidySchema } from "./tidySchema.ts"

/** A response of an operation. */
export interface DescribedResponse {
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema } & Readonly<Record<string, unknown>>>>
  /** What the operation can refuse with under this status. */
  readonly "x-problem-codes"?: ReadonlyArray<ProblemCode>
}

const problemType = "application/problem+json"

const isCode = (value: unknown): value is ProblemCode =>
  typeof value === "string" && Object.hasOwn(problemCatalogue, value)

// The middlewares' problems of a status stand beside the operation's own.
const codesOf = (schema: JsonSchema): ReadonlyArray<ProblemCode> => [
  ...new Set((schema.anyOf ?? [schema]).flatMap(({ properties }) => properties?.["code"]?.enum ?? []).filter(isCode))
]

const refused = (status: string, schema: JsonSchema): DescribedResponse => {
  const codes = codesOf(schema)
  return {
    description: codes.map((code) => `\`${code}\`: ${problemCatalogue[code].title}.`).join(" "),
    content: {
      [problemType]: {
        schema: { $ref: `#/components/schemas/Problem${status}` },
        examples: Object.fromEntries(
          codes.map((code) => [code, { value: problem(code, problemCatalogue[code].title) }])
        )
      }
    },
    "x-problem-codes": codes
  }
}

const answered = (schema: JsonSchema, components: Components): DescribedResponse => {
  const own = schema.$ref === undefined ? schema : components[nameOf(schema.$ref)]
  return {
    description: own?.description ?? "Done.",
    content: { "application/json": { schema, example: exampleOf(schema, components) } }
  }
}

/** The responses of one operation. */
export const describeResponses = (
  responses: OpenAPISpecResponses,
  components: Components
): Readonly<Record<string, DescribedResponse>> =>
  Object.fromEntries(
    Object.entries(responses).map(([status, { content }]) => {
      const [[type, media] = []] = Object.entries(content ?? {})
      if (media === undefined || !("schema" in media)) return [status, { description: "Done; there is no body." }]
      const schema = tidySchema(media.schema)
      return [status, type === problemType ? refused(status, schema) : answered(schema, components)]
    })
  )
