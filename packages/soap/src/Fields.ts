/**
 * Reading typed values out of elements of the schema.
 *
 * A decoder asks for what it needs and always gets a value of the right type; the first problem is kept in the
 * `Fields` and the value is then a stand-in that nobody will see, because a reply with a problem is refused as a
 * whole. That keeps decoders as plain as the schema they follow, without a check after every line.
 */
import type { Money } from "@docdata/domain"
import { pathOf, type Problem } from "./envelope/refuseAt.ts"
import type { FieldReason } from "./ReplyFailure.ts"
import { childrenNamed, type XmlElement } from "./xml/XmlElement.ts"

/** One decoding: the namespace of the reply, and the first problem met. */
export interface Fields {
  /** Elements of any other namespace are invisible, whatever their name. */
  readonly namespace: string
  problem: Problem | undefined
}

export const makeFields = (namespace: string): Fields => ({ namespace, problem: undefined })

/** An element, or an attribute or missing child of it (`below`). */
interface Spot {
  readonly element: XmlElement
  readonly below?: string
}

const note = (fields: Fields, reason: FieldReason, { element, below }: Spot): void => {
  if (fields.problem !== undefined) return
  const path = pathOf(element)
  fields.problem = { reason, element, path: below === undefined ? path : `${path}/${below}` }
}

/** All children of that name; none, one or many. */
export const many = (fields: Fields, parent: XmlElement, name: string): ReadonlyArray<XmlElement> =>
  childrenNamed(parent, fields.namespace, name)

/** The child of that name, if it is there. Problem: it is there twice. */
export const optional = (fields: Fields, parent: XmlElement, name: string): XmlElement | undefined => {
  let found: XmlElement | undefined
  for (const child of parent.children) {
    if (child.name !== name || child.namespace !== fields.namespace) continue
    if (found !== undefined) note(fields, "repeated-element", { element: child })
    found = child
  }
  return found
}

/** The child of that name. Problems: it is missing, or there twice. */
export const required = (fields: Fields, parent: XmlElement, name: string): XmlElement => {
  const found = optional(fields, parent, name)
  if (found !== undefined) return found
  note(fields, "missing-element", { element: parent, below: name })
  return { ...parent, children: [], attributes: new Map(), text: "" }
}

/** The element's text as sent, white space included; may be empty. Problem: it has child elements. */
export const textOf = (fields: Fields, element: XmlElement): string => {
  if (element.children.length > 0) note(fields, "not-text", { element })
  return element.text
}

/** The text of a child that has to be there. */
export const text = (fields: Fields, parent: XmlElement, name: string): string =>
  textOf(fields, required(fields, parent, name))

/** The text of a child that may be missing. */
export const optionalText = (fields: Fields, parent: XmlElement, name: string): string | undefined => {
  const element = optional(fields, parent, name)
  return element === undefined ? undefined : textOf(fields, element)
}

const integerText = /^-?\d{1,10}$/

// The schema collapses white space around numbers and booleans, so it is no part of the value. Four characters:
// `trim` would also take a no-break space, which is not one of them.
const collapsed = (value: string): string => value.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")

const integerOf = (fields: Fields, written: string, spot: Spot): number => {
  const value = collapsed(written)
  if (!integerText.test(value)) {
    note(fields, "not-an-integer", spot)
    return 0
  }
  const integer = Number(value)
  if (integer > 0x7fff_ffff || integer < -0x8000_0000) note(fields, "integer-out-of-range", spot)
  // Adding zero makes an ordinary zero of "-0".
  return integer + 0
}

/** An `xs:int`: minus and one to ten digits, within 32 bits. */
export const integer = (fields: Fields, element: XmlElement): number =>
  integerOf(fields, textOf(fields, element), { element })

/** A whole number of any length as text: white space around it gone, otherwise as sent, even if it is none. */
export const numberText = (fields: Fields, parent: XmlElement, name: string): string =>
  collapsed(text(fields, parent, name))

/** An attribute that has to be there; may be empty. */
export const attribute = (fields: Fields, element: XmlElement, name: string): string => {
  const value = element.attributes.get(name)
  if (value === undefined) note(fields, "missing-attribute", { element, below: `@${name}` })
  return value ?? ""
}

/** An `xs:int` in an attribute that has to be there. */
export const integerAttribute = (fields: Fields, element: XmlElement, name: string): number =>
  integerOf(fields, attribute(fields, element, name), { element, below: `@${name}` })

const currencyCode = /^[A-Z]{3}$/

/** A currency in an attribute that has to be there. Problem: not three capitals. */
export const currencyAttribute = (fields: Fields, element: XmlElement, name: string): string => {
  const currency = attribute(fields, element, name)
  if (!currencyCode.test(currency)) note(fields, "not-a-currency", { element, below: `@${name}` })
  return currency
}

/** The child `amount`: minor units with their currency. */
export const amount = (fields: Fields, parent: XmlElement): Money => {
  const element = required(fields, parent, "amount")
  return { minor: integer(fields, element), currency: currencyAttribute(fields, element, "currency") }
}

const booleanOf = (fields: Fields, written: string, spot: Spot): boolean => {
  const value = collapsed(written)
  if (value === "true" || value === "1") return true
  if (value !== "false" && value !== "0") note(fields, "not-a-boolean", spot)
  return false
}

/** An `xs:boolean`: `true`, `false`, `1` or `0`. */
export const boolean = (fields: Fields, element: XmlElement): boolean =>
  booleanOf(fields, textOf(fields, element), { element })

/** An `xs:boolean` in an attribute that may be missing. */
export const optionalBooleanAttribute = (fields: Fields, element: XmlElement, name: string): boolean | undefined => {
  const value = element.attributes.get(name)
  return value === undefined ? undefined : booleanOf(fields, value, { element, below: `@${name}` })
}
