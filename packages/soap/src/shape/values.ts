/**
 * The simple types of the schema: texts, numbers, booleans, amounts, each as an element or an attribute.
 */
import type { Money } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { isSpace } from "../xml/characters.ts"
import { type Leaf, leaf, type Site } from "./Shape.ts"

/** The text as sent, white space included; may be empty. */
export const text: Leaf<string> = leaf((written) => written)

/** Text that must not reach a log. */
export const secret: Leaf<Redacted.Redacted<string>> = leaf((written) => Redacted.make(written))

// The schema collapses white space around numbers and booleans, so it is no part of the value. Four characters:
// `trim` would also take a no-break space, which is not one of them. A loop, because an expression anchored at the end
// tries every run of blanks to its end from each of its characters.
const collapsed = (value: string): string => {
  let from = 0
  let to = value.length
  while (from < to && isSpace(value.charCodeAt(from))) from++
  while (to > from && isSpace(value.charCodeAt(to - 1))) to--
  return value.slice(from, to)
}

/** A whole number of any length as text: white space around it gone, otherwise as sent, even if it is none. */
export const numberText: Leaf<string> = leaf(collapsed)

const integerText = /^-?\d{1,10}$/

const integerOf = (written: string, site: Site, below?: string): number => {
  const value = collapsed(written)
  if (!integerText.test(value)) {
    site.note("not-an-integer", below)
    return 0
  }
  const integer = Number(value)
  if (integer > 0x7fff_ffff || integer < -0x8000_0000) site.note("integer-out-of-range", below)
  // Adding zero makes an ordinary zero of "-0".
  return integer + 0
}

/** An `xs:int`: minus and one to ten digits, within 32 bits. */
export const integer: Leaf<number> = leaf(integerOf)

/** An attribute that has to be there; may be empty. */
export const attributeOf = (site: Site, name: string): string => {
  const value = site.attributes.get(name)
  if (value === undefined) site.note("missing-attribute", `@${name}`)
  return value ?? ""
}

/** An `xs:int` in an attribute that has to be there. */
export const integerAttributeOf = (site: Site, name: string): number =>
  integerOf(attributeOf(site, name), site, `@${name}`)

const currencyCode = /^[A-Z]{3}$/

/** A currency in an attribute that has to be there. Problem: not three capitals. */
export const currencyOf = (site: Site, name: string): string => {
  const currency = attributeOf(site, name)
  if (!currencyCode.test(currency)) site.note("not-a-currency", `@${name}`)
  return currency
}

/** Minor units with their currency. */
export const amount: Leaf<Money> = leaf((written, site) => ({
  minor: integerOf(written, site),
  currency: currencyOf(site, "currency")
}))

const booleanOf = (written: string, site: Site, below?: string): boolean => {
  const value = collapsed(written)
  if (value === "true" || value === "1") return true
  if (value !== "false" && value !== "0") site.note("not-a-boolean", below)
  return false
}

/** An `xs:boolean`: `true`, `false`, `1` or `0`. */
export const boolean: Leaf<boolean> = leaf(booleanOf)

/** An `xs:boolean` in an attribute that may be missing. */
export const optionalBooleanOf = (site: Site, name: string): boolean | undefined => {
  const value = site.attributes.get(name)
  return value === undefined ? undefined : booleanOf(value, site, `@${name}`)
}
