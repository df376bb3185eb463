/**
 * The OpenAPI document as the tests read it: operations, their parameters and the schemas of bodies.
 */
import { openApiDocument } from "@docdata/contract"
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"

/** What the tests use of a JSON Schema. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: "object" | "array" | "integer" | "number" | "boolean" | "null" | "string"
  readonly const?: unknown
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<JsonSchema>
  readonly oneOf?: ReadonlyArray<JsonSchema>
  readonly allOf?: ReadonlyArray<JsonSchema>
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: ReadonlyArray<string>
  readonly items?: JsonSchema
  readonly prefixItems?: ReadonlyArray<JsonSchema>
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly description?: string
}

interface Parameter {
  readonly name: string
  readonly in: "path" | "query" | "header"
  readonly required: boolean
  readonly schema: JsonSchema
  readonly description?: string
}

interface Media {
  readonly schema?: JsonSchema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

type Content = Readonly<Record<string, Media>>

/** One operation of the document. */
export interface Operation {
  readonly method: string
  readonly path: string
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly parameters: ReadonlyArray<Parameter>
  readonly security: ReadonlyArray<unknown>
  readonly requestBody?: { readonly content: Content; readonly required: boolean }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}

/** The document as it is served. */
export const document = JSON.parse(JSON.stringify(openApiDocument()))

const isMethod = (name: string): boolean => /^(get|post|put|patch|delete)$/.test(name)

export const operations: ReadonlyArray<Operation> = Object.entries<Record<string, object>>(document.paths).flatMap((
  [path, item]
) =>
  Object.entries(item).filter(([name]) => isMethod(name)).map(([method, operation]) => ({
    ...operation as Operation,
    method: method.toUpperCase(),
    path
  }))
)

/** A schema with its reference followed. */
export const resolved = (schema: JsonSchema): JsonSchema => {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.replace("#/components/schemas/", "")
  return resolved(document.components.schemas[name])
}

const ajv = new Ajv2020({ strict: true, allErrors: true })
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/)
ajv.addFormat("date", /^\d{4}-\d\d-\d\d$/)
ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger })
// OpenAPI's own: which of the alternatives it is. They tell each other apart without it.
ajv.addVocabulary(["discriminator"])
const asDefinitions = (value: unknown) =>
  JSON.parse(JSON.stringify(value).replaceAll("#/components/schemas/", "#/$defs/"))
const $defs = asDefinitions(document.components.schemas)
const compiled = new Map<string, ValidateFunction>()

/** A check of values against a schema of the document, by software that knows nothing of ours. */
export const validatorOf = (schema: JsonSchema): ValidateFunction => {
  const key = JSON.stringify(schema)
  const known = compiled.get(key)
  if (known !== undefined) return known
  const validate = ajv.compile({ $defs, ...asDefinitions(schema) })
  compiled.set(key, validate)
  return validate
}
