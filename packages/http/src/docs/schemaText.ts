/**
 * A JSON Schema in words: what a value has to be, with links to the schemas that have names.
 */
import type { JsonSchema } from "@docdata/contract"
import { type Html, html, nothing, prose } from "./html.ts"

const joined = (parts: ReadonlyArray<Html>, word: string): Html =>
  parts.reduce((text, part, index) => index === 0 ? part : html`${text} ${word} ${part}`, nothing)

const isSafe = (limit: number | undefined): boolean => limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER

const range = ({ maximum, minimum }: JsonSchema): string =>
  isSafe(minimum) && isSafe(maximum)
    ? ` from ${minimum} to ${maximum}`
    : isSafe(minimum)
    ? ` from ${minimum}`
    : isSafe(maximum)
    ? ` up to ${maximum}`
    : ""

const formats: Readonly<Record<string, string>> = { "date-time": "moment, ISO 8601 in UTC", date: "day, ISO 8601" }

/** What every text of a request keeps; said once, at the top of the schemas. */
const oneLine = /^\^( \*)?\[\^\\x00/

const textRange = ({ maxLength, minLength, pattern }: JsonSchema): Html =>
  html`${maxLength === undefined ? "" : `, ${minLength ?? 0} to ${maxLength} characters`}${
    pattern === undefined || oneLine.test(pattern) ? nothing : html`, matching <code>${pattern}</code>`
  }`

/** In words. */
export const schemaText = (schema: JsonSchema): Html => {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/components/schemas/", "")
    return html`<a href="#schema-${name}">${name}</a>`
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return joined(choices.map(schemaText), "or")
  if (schema.allOf !== undefined) return joined(schema.allOf.map(schemaText), "and")
  if (schema.enum !== undefined) {
    return joined(schema.enum.map((word) => html`<code>${JSON.stringify(word)}</code>`), "or")
  }
  switch (schema.type) {
    case "array":
      return schema.items === undefined ? html`list` : html`list of ${schemaText(schema.items)}`
    case "integer":
      return html`whole number${range(schema)}`
    case "number":
      return html`number${range(schema)}`
    case "string":
      return schema.format === undefined
        ? html`text${textRange(schema)}`
        : html`${formats[schema.format] ?? schema.format}`
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

const fieldRow = (name: string, part: JsonSchema, isNeeded: boolean): Html =>
  html`<tr><th scope="row"><code>${name}</code></th><td>${schemaText(part)}</td><td>${
    isNeeded ? "yes" : "no"
  }</td><td>${prose(part.description ?? "")}</td></tr>`

/** The fields of a record. */
export const fieldsTable = ({ properties = {}, required = [] }: JsonSchema): Html =>
  html`<table><thead><tr><th scope="col">field</th><th scope="col">value</th><th scope="col">needed</th><th scope="col">meaning</th></tr></thead><tbody>${
    Object.entries(properties).map(([name, part]) => fieldRow(name, part, required.includes(name)))
  }</tbody></table>`
