/**
 * A JSON Schema in words: what a value has to be, with links to the schemas that have names.
 */
import { type Html, html, nothing } from "./html.ts"

/** What the page reads of a JSON Schema. */
export interface SchemaPart {
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<SchemaPart>
  readonly oneOf?: ReadonlyArray<SchemaPart>
  readonly allOf?: ReadonlyArray<SchemaPart>
  readonly properties?: Readonly<Record<string, SchemaPart>>
  readonly required?: ReadonlyArray<string>
  readonly items?: SchemaPart
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly description?: string
}

const joined = (parts: ReadonlyArray<Html>, word: string): Html =>
  parts.reduce((text, part, index) => index === 0 ? part : html`${text} ${word} ${part}`, nothing)

const isSafe = (limit: number | undefined): boolean => limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER

const range = ({ maximum, minimum }: SchemaPart): string =>
  isSafe(minimum) && isSafe(maximum)
    ? ` from ${minimum} to ${maximum}`
    : isSafe(minimum)
    ? ` from ${minimum}`
    : isSafe(maximum)
    ? ` up to ${maximum}`
    : ""

const textRange = ({ maxLength, minLength, pattern }: SchemaPart): Html =>
  html`${maxLength === undefined ? "" : `, ${minLength ?? 0} to ${maxLength} characters`}${
    pattern === undefined ? nothing : html`, matching <code>${pattern}</code>`
  }`

/** In words. */
export const schemaText = (schema: SchemaPart): Html => {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/components/schemas/", "")
    return html`<a href="#schema-${name}">${name}</a>`
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return joined(choices.map(schemaText), "or")
  if (schema.allOf !== undefined) return joined(schema.allOf.map(schemaText), "and")
  const words = schema.const === undefined ? schema.enum : [schema.const]
  if (words !== undefined) return joined(words.map((word) => html`<code>${JSON.stringify(word)}</code>`), "or")
  switch (schema.type) {
    case "array":
      return schema.items === undefined ? html`list` : html`list of ${schemaText(schema.items)}`
    case "integer":
      return html`whole number${range(schema)}`
    case "number":
      return html`number${range(schema)}`
    case "string":
      return html`text${textRange(schema)}`
    case "boolean":
      return html`true or false`
    case "object":
      return schema.properties === undefined ? html`record` : fieldsTable(schema)
    case undefined:
      return html`anything`
    default:
      return html`${schema.type}`
  }
}

const fieldRow = (name: string, part: SchemaPart, isNeeded: boolean): Html =>
  html`<tr><th scope="row"><code>${name}</code></th><td>${schemaText(part)}</td><td>${
    isNeeded ? "yes" : "no"
  }</td><td>${part.description ?? ""}</td></tr>`

/** The fields of a record. */
export const fieldsTable = ({ properties = {}, required = [] }: SchemaPart): Html =>
  html`<table><thead><tr><th scope="col">field</th><th scope="col">value</th><th scope="col">needed</th><th scope="col">meaning</th></tr></thead><tbody>${
    Object.entries(properties).map(([name, part]) => fieldRow(name, part, required.includes(name)))
  }</tbody></table>`
