/**
 * JSON Schemas as foreign tools read them best. The schemas say what they mean; how effect writes some of it down is legal
 * and unusual: annotations apart in `allOf`, unions of one, the bounds of safe integers, unions without discriminator.
 */

/** What this folder reads and writes of a JSON Schema. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<JsonSchema>
  readonly oneOf?: ReadonlyArray<JsonSchema>
  readonly allOf?: ReadonlyArray<JsonSchema>
  readonly discriminator?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: ReadonlyArray<string>
  readonly items?: JsonSchema
  readonly additionalProperties?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly pattern?: string
  readonly description?: string
  readonly examples?: ReadonlyArray<unknown>
  readonly "x-integer"?: { readonly minimum: number; readonly maximum: number; readonly example: number }
}

/** Schemas by name. */
export type Components = Readonly<Record<string, JsonSchema>>

const prefix = "#/components/schemas/"

/** The name that a reference leads to. */
export const nameOf = (ref: string): string => ref.replace(prefix, "")

const annotations = new Set(["description", "examples", "title", "format", "default"])

const mergeable = (schema: JsonSchema, part: JsonSchema): boolean =>
  Object.keys(part).every((key) => annotations.has(key) || !(key in schema))

/** What stands in `allOf` moves to where it belongs, unless it says something twice. */
const merged = ({ allOf, ...schema }: JsonSchema): JsonSchema => {
  if (allOf === undefined) return schema
  let whole: JsonSchema = schema
  const apart: Array<JsonSchema> = []
  for (const part of allOf) {
    if (mergeable(whole, part)) whole = Object.assign({}, whole, part)
    else apart.push(part)
  }
  return apart.length === 0 ? whole : { ...whole, allOf: apart }
}

const withoutUnionOfOne = ({ anyOf, ...schema }: JsonSchema): JsonSchema => {
  const [only, ...others] = anyOf ?? []
  if (only === undefined) return schema
  return others.length === 0 ? { ...only, ...schema } : { anyOf: anyOf!, ...schema }
}

/** A whole number that JavaScript keeps exact has no bounds worth telling but those of its format. */
const withTrueBounds = ({ maximum, minimum, ...schema }: JsonSchema): JsonSchema => {
  const isOpen = maximum === Number.MAX_SAFE_INTEGER
  return {
    ...schema,
    ...(isOpen && schema.type === "integer" ? { format: "int64" } : {}),
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || isOpen ? {} : { maximum })
  }
}

/** In an address every value is text; what is a number says so. */
const asNumber = ({ "x-integer": integer, pattern, ...schema }: JsonSchema): JsonSchema => {
  if (integer === undefined) return { ...schema, ...(pattern === undefined ? {} : { pattern }) }
  const { example, ...range } = integer
  return { ...schema, type: "integer", ...range, examples: [example] }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The schema and all that is in it. */
export const tidySchema = (schema: JsonSchema): JsonSchema => {
  const inner = Object.fromEntries(
    Object.entries(withoutUnionOfOne(merged(schema))).map(([key, part]) => {
      if (key === "properties" && isRecord(part)) {
        return [
          key,
          Object.fromEntries(Object.entries(part).map(([name, one]) => [name, tidySchema(one as JsonSchema)]))
        ]
      }
      if (key === "anyOf" || key === "allOf" || key === "oneOf") {
        return [key, (part as ReadonlyArray<JsonSchema>).map(tidySchema)]
      }
      return [key, (key === "items" || key === "additionalProperties") && isRecord(part) ? tidySchema(part) : part]
    })
  ) as JsonSchema
  return withTrueBounds(asNumber(inner))
}

/** The one value of a property that a schema asks for. */
const tagOf = (schema: JsonSchema | undefined, property: string): string | undefined => {
  const [value, ...others] = schema?.properties?.[property]?.enum ?? []
  return typeof value === "string" && others.length === 0 ? value : undefined
}

const tagProperties = ["type", "kind", "_tag"] as const

/** A union of named records that a property tells apart says which. */
export const withDiscriminator = (schema: JsonSchema, components: Components): JsonSchema => {
  const { anyOf, ...rest } = schema
  const refs = (anyOf ?? []).flatMap(({ $ref }) => $ref === undefined ? [] : [$ref])
  if (anyOf === undefined || refs.length !== anyOf.length) return schema
  for (const propertyName of tagProperties) {
    const mapping = refs.map((ref) => [tagOf(components[nameOf(ref)], propertyName), ref] as const)
    if (new Set(mapping.map(([tag]) => tag)).size === refs.length && mapping.every(([tag]) => tag !== undefined)) {
      return { ...rest, oneOf: anyOf, discriminator: { propertyName, mapping: Object.fromEntries(mapping) } }
    }
  }
  return schema
}
