/**
 * From a schema to values that fit it, and to values in which one thing is wrong.
 */
import * as fc from "fast-check"
import { type JsonSchema, resolved } from "./apiDocument.ts"

/** A value with one thing wrong, as JSON text: some of what is wrong cannot be said in a value. */
export interface Wrong {
  readonly what: string
  readonly json: string
}

const textOf = ({ format, minLength = 1, pattern }: JsonSchema): string | undefined => {
  if (format === "date-time") return "2026-11-30T20:15:00.000Z"
  if (format === "date") return "2026-11-30"
  const simple = "x".repeat(Math.max(1, minLength))
  if (pattern === undefined) return simple
  const form = new RegExp(pattern, "u")
  return form.test(simple) ? simple : fc.sample(fc.stringMatching(form), { numRuns: 1, seed: 1 })[0]
}

const choiceOf = (schema: JsonSchema): JsonSchema => {
  const plain = resolved(schema)
  const [first] = plain.anyOf ?? plain.oneOf ?? []
  return first === undefined ? plain : choiceOf(first)
}

/** A value with every property; of several kinds the first. */
export const sampleOf = (schema: JsonSchema): unknown => {
  const plain = choiceOf(schema)
  if (plain.const !== undefined) return plain.const
  if (plain.enum !== undefined) return plain.enum[0]
  switch (plain.type ?? "string") {
    case "object":
      return Object.fromEntries(Object.entries(plain.properties ?? {}).map(([name, part]) => [name, sampleOf(part)]))
    case "array":
      return plain.prefixItems?.map(sampleOf) ?? (plain.items === undefined ? [] : [sampleOf(plain.items)])
    case "integer":
    case "number":
      return Math.max(1, plain.minimum ?? 1)
    case "boolean":
      return true
    case "null":
      return null
    case "string":
      return textOf(plain)
  }
}

type Fields = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/**
 * Every field of the document, and where `sound` says a value that value: names that exist, so that a request comes as
 * far as to what stores it. Of another kind of the same thing it says nothing.
 */
export const completed = (sample: unknown, sound: unknown): unknown => {
  if (!isRecord(sample) || !isRecord(sound)) return sound ?? sample
  if (sample["_tag"] !== sound["_tag"]) return sample
  const parts = Object.entries(sound).map(([name, part]) => [name, completed(sample[name], part)])
  return { ...sample, ...Object.fromEntries(parts) }
}

/** Written as the number itself, because JSON.stringify knows no infinity. */
const infinite = "@@1e400@@"

const ofAnyType = [["null", null], ["a list", []], ["a record", {}], ["a truth value", true]] as const

const wrongText = (
  { enum: words, maxLength, minLength = 0, pattern }: JsonSchema
): ReadonlyArray<readonly [string, unknown]> => [
  ...ofAnyType,
  ["a number", 7],
  // What PostgreSQL cannot store, and a line feed, which has a meaning in a person's own words only.
  ["with a zero byte", "a\u0000b"],
  ["with half of a character", "a\ud800b"],
  ["with a line feed", "a\nb"],
  ...(minLength > 0 ? [["empty", ""]] as const : []),
  ...(pattern === undefined ? [] : [["of another form", "☃"]] as const),
  ["too long", "x".repeat((maxLength ?? 9_999) + 1)],
  ...(words === undefined
    ? []
    : [["another word", "☃"], [
      "another case",
      String(words[0]).toLowerCase().replace(/^[a-z]/, (first) => first.toUpperCase())
    ]] as const)
]

const wrongNumber = ({ maximum, minimum }: JsonSchema): ReadonlyArray<readonly [string, unknown]> => [
  ...ofAnyType,
  ["a number as text", "1"],
  ["a fraction", 1.5],
  ["beyond all numbers", infinite],
  ...(minimum === undefined ? [] : [["too small", minimum - 1]] as const),
  ...(maximum === undefined ? [] : [["too large", maximum + 1]] as const)
]

const replacements = (schema: JsonSchema): ReadonlyArray<readonly [string, unknown]> => {
  const plain = choiceOf(schema)
  switch (plain.type ?? "string") {
    case "object":
      return [["null", null], ["a list", []], ["text", "x"], ["a number", 7]]
    case "array":
      return [["null", null], ["a record", {}], ["text", "x"], ["a list of null", [null]]]
    case "integer":
    case "number":
      return wrongNumber(plain)
    case "boolean":
      return [["null", null], ["text", "true"], ["a number", 1]]
    case "null":
    case "string":
      return wrongText(plain)
  }
}

type Put = (value: unknown) => unknown

const within = (schema: JsonSchema, value: unknown, at: { readonly path: string; readonly put: Put }): Array<Wrong> => {
  const { path, put } = at
  const wrong = (what: string, changed: unknown): Wrong => ({
    what: `${path} ${what}`,
    json: JSON.stringify(put(changed))?.replaceAll(`"${infinite}"`, "1e400") ?? ""
  })
  const plain = choiceOf(schema)
  const found = replacements(schema).map(([what, changed]) => wrong(`is ${what}`, changed))
  if (plain.type === "array" && Array.isArray(value) && plain.items !== undefined) {
    found.push(...within(plain.items, value[0], { path: `${path}[0]`, put: (part) => put([part]) }))
  }
  if (plain.type !== "object") return found
  const record = value as Readonly<Record<string, unknown>>
  found.push(wrong("has a field that is not known", { ...record, surprise: 1 }))
  for (const [name, part] of Object.entries(plain.properties ?? {})) {
    const inside = { path: `${path}.${name}`, put: (changed: unknown) => put({ ...record, [name]: changed }) }
    if (plain.required?.includes(name) === true) found.push({ ...wrong("", {}), ...missing(record, name, at) })
    found.push(...within(part, record[name], inside))
  }
  return found
}

const missing = (
  record: Readonly<Record<string, unknown>>,
  name: string,
  { path, put }: { readonly path: string; readonly put: Put }
): Wrong => {
  const { [name]: _, ...rest } = record
  return { what: `${path}.${name} is missing`, json: JSON.stringify(put(rest)) }
}

/** `sample` itself, and bodies like it in which one thing is not what the schema says. */
export const wrongBodies = (schema: JsonSchema, sample: unknown): ReadonlyArray<Wrong> => [
  { what: "body: every field of the document", json: JSON.stringify(sample) },
  ...within(schema, sample, { path: "body", put: (value) => value })
]
