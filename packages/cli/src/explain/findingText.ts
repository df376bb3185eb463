/**
 * A finding in one line of figures: the ids and amounts it speaks of.
 */
import { Amount, type Finding } from "@docdata/domain"
import { printable } from "@docdata/service/text"

// `paymentId` -> `payment id`
const inWords = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const valueText = (value: unknown, currency: string | undefined): string => {
  // In a finding, numbers that stand beside a currency are amounts, and others are counts.
  if (typeof value === "number") {
    return currency === undefined ? String(value) : Amount.format({ minor: value, currency })
  }
  if (Array.isArray(value)) return value.map((entry) => valueText(entry, currency)).join(", ")
  if (typeof value === "object" && value !== null) return detailsOf(value, currency)
  return printable(String(value))
}

const detailsOf = (fields: object, currency: string | undefined): string =>
  Object.entries(fields)
    .filter(([name]) => name !== "kind" && name !== "currency")
    .map(([name, value]) => `${inWords(name)} ${valueText(value, currency)}`)
    .join(", ")

/** `total captured, lines 3.60 EUR, reported 0.00 EUR`; empty if the finding has nothing but its kind. */
export const findingDetails = (finding: Finding): string =>
  detailsOf(finding, "currency" in finding ? finding.currency : undefined)
