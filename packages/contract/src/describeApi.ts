/**
 * Completes the OpenAPI document that the definition alone gives: what operations do, what names mean, examples.
 */
import type { OpenAPISpec, OpenAPISpecOperation, OpenAPISpecResponses } from "effect/http-api/OpenApi"
import { fieldTexts, wholeNumbers } from "./fieldTexts.ts"
import { operationTexts } from "./operationTexts.ts"

const about = `Orders at Docdata Payments, and why they have the status they have.

Amounts are minor units of the currency beside them; times are milliseconds since 1970. Unknown fields of a body are refused.
Refusals are problem details (RFC 9457) with a \`code\` that keeps its meaning.`

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Descriptions for properties that have none, however deep. */
const withFieldTexts = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withFieldTexts)
  if (!isRecord(schema)) return schema
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, withFieldTexts(part)]))
  const { properties } = parts
  if (!isRecord(properties)) return parts
  const described = Object.entries(properties).map(([name, part]) => {
    const description = fieldTexts[name]
    return [name, description !== undefined && isRecord(part) ? { description, ...part } : part] as const
  })
  return { ...parts, properties: Object.fromEntries(described) }
}

// Which codes of a status an operation has, its definition does not know; the problem's schema names them all.
const describeResponses = (responses: OpenAPISpecResponses): OpenAPISpecResponses =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      { ...response, description: Number(status) < 400 ? "Done" : `Refused, with a code of ${status}` }
    ])
  )

const describeOperation = (operation: OpenAPISpecOperation): OpenAPISpecOperation => {
  const { example, ...words } = operationTexts[operation.operationId] ?? {}
  const { requestBody } = operation
  const json = requestBody?.content["application/json"]
  return {
    ...operation,
    ...words,
    parameters: operation.parameters.map((parameter) => {
      const description = fieldTexts[parameter.name]
      const range = wholeNumbers[parameter.name]
      return {
        ...(description === undefined ? {} : { description }),
        ...parameter,
        ...(range === undefined ? {} : { schema: { type: "integer", ...range } })
      }
    }),
    responses: describeResponses(operation.responses),
    ...(requestBody === undefined || json === undefined || example === undefined ? {} : {
      requestBody: { ...requestBody, content: { "application/json": Object.assign({}, json, { example }) } }
    })
  }
}

const isOperation = (value: unknown): value is OpenAPISpecOperation => isRecord(value) && "operationId" in value

// The annotation's own type says no more than that it is a document.
const described = ({ components, info, paths, tags, ...rest }: OpenAPISpec) => ({
  ...rest,
  info: { ...info, description: about },
  paths: Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([method, part]) => [method, isOperation(part) ? describeOperation(part) : part])
      )
    ])
  ),
  components: { ...components, schemas: withFieldTexts(components.schemas) },
  tags
})

/** The document with all of it. What an operation or field says of itself wins. */
export const describeApi = (document: object): Record<string, unknown> => described(document as OpenAPISpec)
