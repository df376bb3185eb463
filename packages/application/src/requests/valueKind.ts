/**
 * What was found where something else was expected, said without the value.
 */

/** `missing`, `empty text`, `text of 51 characters`, `fraction`, `number`, `list`, `object`, ... */
export const valueKind = (value: unknown): string => {
  if (value === undefined || value === null) return "missing"
  if (typeof value === "string") return value === "" ? "empty text" : `text of ${value.length} characters`
  if (typeof value === "number") return Number.isInteger(value) ? "number" : "number that is not whole"
  return Array.isArray(value) ? `list of ${value.length}` : typeof value
}
