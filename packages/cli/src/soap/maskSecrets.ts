/**
 * An envelope without its secrets: whatever the input marks as one, wherever it stands as a whole value.
 *
 * By value and not by name, so that no list of names can forget one.
 */
import * as Redacted from "effect/Redacted"

export const mask = "***"

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

/** Every redacted text within a value. */
const secretsIn = (value: unknown): ReadonlyArray<string> => {
  if (Redacted.isRedacted(value)) return [String(Redacted.value(value))]
  return isObject(value) ? Object.values(value).flatMap(secretsIn) : []
}

// As the writer does with white space, so that the two can be compared.
const normalised = (text: string): string => text.replaceAll(/[\t\n\r]/g, " ")

const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: "\"", apos: "'", amp: "&" }

// The writer makes no other references than these names and decimal numbers.
const unescaped = (raw: string): string =>
  raw.replaceAll(
    /&(?:#(\d+)|(\w+));/g,
    (whole, number?: string, name = "") =>
      number === undefined ? characters[name] ?? whole : String.fromCodePoint(Number(number))
  )

const wholeValue = /(?<=>)[^<>]+(?=<)|(?<==")[^"]*(?=")/g

/** The envelope as it may be shown. */
export const maskSecrets = (xml: string, input: object): string => {
  const secrets = new Set(secretsIn(input).map(normalised))
  return xml.replaceAll(wholeValue, (raw) => secrets.has(normalised(unescaped(raw))) ? mask : raw)
}
