/**
 * What a single value of a request has to look like, as data: the simple types of Docdata's 1.3 schema.
 *
 * A rule turns a value into the text to write or refuses it. What is checked is what is written: tab, carriage
 * return and line feed become blanks first wherever the schema would do that on the other side.
 */
import { canonicalVatRate, isCalendarDay, isVatRate, isWireText } from "@docdata/domain"
import { isIpAddress } from "./isIpAddress.ts"
import { isCountry, isCurrencyInUse } from "./isoCodes.ts"

export interface Rule {
  /** For machines: `text-35`, `country`, `int32`. */
  readonly limit: string
  /** For people, without the value. */
  readonly message: string
  /** The text to write, not yet escaped. `undefined` refuses the value. Never the empty text. */
  readonly write: (value: unknown) => string | undefined
  /** For text that people read and nobody looks up: at this length it may be cut. */
  readonly cutAt?: number
  /** For what helps and decides nothing: true of a value that is right and does not fit, and better absent than refused. */
  readonly mayLeaveOut?: (value: string) => boolean
}

// Values without a limit in the schema (3-D Secure responses, encrypted card data) are a few thousand characters;
// this keeps a mistake from becoming a request of megabytes.
const openTextLengthMax = 65_536
// Docdata's numbers have ten digits and the schema no bound; a longer one is no number of theirs.
const paymentIdDigitsMax = 30
const int32Min = -2_147_483_648
const int32Max = 2_147_483_647

/** What the schema's `normalizedString` does to white space. */
const normalised = (text: string): string => text.replaceAll(/[\t\n\r]/g, " ")

interface TextShape {
  readonly limit: string
  readonly message: string
  readonly lengthMax: number
  readonly pattern?: RegExp
  readonly accept?: (text: string) => boolean
}

// Length first: patterns then run on short text only, whatever their backtracking costs. UTF-16 units are
// counted, as Docdata's parser does; by code points more would fit, but might not arrive.
const textRule = ({ limit, message, lengthMax, pattern, accept }: TextShape): Rule => ({
  limit,
  message,
  write: (value) => {
    if (typeof value !== "string" || value.length === 0 || value.length > lengthMax || !isWireText(value)) {
      return undefined
    }
    const text = normalised(value)
    return (pattern === undefined || pattern.test(text)) && (accept === undefined || accept(text)) ? text : undefined
  }
})

/** 1 to `lengthMax` characters that are looked up or compared: never shortened. */
export const text = (lengthMax: number): Rule =>
  textRule({ limit: `text-${lengthMax}`, message: `1 to ${lengthMax} characters that XML can carry`, lengthMax })

/** As {@link text}, and not all of it blank: it identifies something. */
export const reference = (lengthMax: number): Rule =>
  textRule({
    limit: `reference-${lengthMax}`,
    message: `1 to ${lengthMax} characters that XML can carry, not all of them blank`,
    lengthMax,
    accept: (text) => text.trim() !== ""
  })

/** 1 to `lengthMax` characters for people to read: may be shortened. */
export const prose = (lengthMax: number): Rule => ({ ...text(lengthMax), cutAt: lengthMax })

/** As {@link text}, and better absent than too long. */
export const extra = (lengthMax: number): Rule => ({
  ...text(lengthMax),
  mayLeaveOut: (value) => value.length > lengthMax
})

/** Text whose white space counts and that the schema does not bound. */
export const openText: Rule = {
  limit: `text-${openTextLengthMax}`,
  message: `1 to ${openTextLengthMax} characters that XML can carry`,
  write: (value) =>
    typeof value === "string" && value.length > 0 && value.length <= openTextLengthMax && isWireText(value)
      ? value
      : undefined
}

const nmtoken = (limit: string, lengthMin: number, lengthMax: number): Rule =>
  textRule({
    limit,
    message: `${lengthMin} to ${lengthMax} characters out of letters, digits and . _ : -, no blanks`,
    lengthMax,
    // The schema's NMTOKEN also allows letters of other alphabets; no bank code or token has them.
    pattern: /^[A-Za-z0-9._:-]+$/,
    accept: ({ length }) => length >= lengthMin
  })

export const bic = nmtoken("bic", 8, 11)
export const iban = nmtoken("iban", 15, 34)
export const issuerId = nmtoken("issuer-id", 1, 50)
export const securityToken = nmtoken("token-128", 1, 128)

const shaped = (limit: string, message: string, pattern: RegExp): Rule =>
  textRule({ limit, message, lengthMax: 100, pattern })

export const country = shaped("country", "two capitals of ISO 3166-1", /^[A-Z]{2}$/)
export const language = shaped("language", "two small letters of ISO 639-1, no locale", /^[a-z]{2}$/)
export const currency = shaped("currency", "three capitals of ISO 4217", /^[A-Z]{3}$/)

const known = (limit: string, message: string, isKnown: (text: string) => boolean): Rule =>
  textRule({ limit, message, lengthMax: 3, accept: isKnown })

/** Where a shopper lives: codes that no country has are mistakes, `UK` among them. */
export const countryInUse = known("country", "two capitals of a country, ISO 3166-1", isCountry)
/** What a new order is paid in. Orders of before may have others. */
export const currencyInUse = known("currency", "three capitals of a currency in use, ISO 4217", isCurrencyInUse)

const ipAddressLengthMax = 35
/** One address. An address of version 6 that is longer than Docdata takes is left out. */
export const ipAddress: Rule = {
  ...textRule({
    limit: "ip-address",
    message: "one IP address of version 4 or 6",
    lengthMax: ipAddressLengthMax,
    accept: isIpAddress
  }),
  mayLeaveOut: (value) => value.length > ipAddressLengthMax && isIpAddress(value)
}
export const orderKey = shaped("order-key", "32 capitals and digits", /^[A-Z0-9]{32}$/)
export const twelveDigits = shaped("digits-12", "exactly 12 digits", /^[0-9]{12}$/)
export const fortyHexDigits = shaped("hex-40", "exactly 40 hexadecimal digits", /^[0-9a-fA-F]{40}$/)
export const email = shaped(
  "email",
  "at most 100 characters, one @ or more, no white space and no quotes",
  /^[^\s'"]+@[^\s'".@]+(\.[^\s'".@]+)*$/
)
export const uuid4 = shaped(
  "uuid-4",
  "a UUID of version 4",
  /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89aAbB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/
)
/** Where a shopper's browser goes: scripts and files are no pages. */
export const webAddress = textRule({
  limit: "web-address",
  message: "an absolute http(s) URL of at most 2048 characters",
  lengthMax: 2048,
  pattern: /^https?:\/\/[^\s/?#]+/
})
export const paymentId = textRule({
  limit: "payment-id",
  message: `1 to ${paymentIdDigitsMax} digits, not starting with 0`,
  lengthMax: paymentIdDigitsMax,
  pattern: /^[1-9][0-9]*$/
})

const day = (limit: string, message: string, pattern: RegExp): Rule =>
  textRule({ limit, message, lengthMax: 10, pattern, accept: isCalendarDay })

/** The schema would let 30 February pass. */
export const birthDate = day("birth-date", "an existing day 1800 to 2199 as yyyy-MM-dd", /^(18|19|20|21)\d\d-/)
export const date = day("date", "an existing day as yyyy-MM-dd, without a time", /^(?!0000)\d{4}-/)

const integer = (limit: string, min: number, max: number): Rule => ({
  limit,
  message: `a whole number from ${min} to ${max}`,
  write: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max ? String(value + 0) : undefined
})

/** Amounts, quantities, days. */
export const int32 = integer("int32", int32Min, int32Max)
export const zeroOrMinusOne = integer("zero-or-minus-one", -1, 0)

export const boolean: Rule = {
  limit: "boolean",
  message: "true or false",
  write: (value) => typeof value === "boolean" ? String(value) : undefined
}

/** A percentage as decimal text; written as short as it goes, never rounded. */
export const vatRate: Rule = {
  limit: "vat-rate",
  message: "a percentage as decimal text such as 21 or 8.5, zero or more",
  write: (value) => typeof value === "string" && isVatRate(value) ? canonicalVatRate(value) : undefined
}

/** Our word on the left, the wire's on the right. */
export const oneOf = (statusByOurs: Readonly<Record<string, string>>): Rule => ({
  limit: "one-of",
  message: `one of ${Object.keys(statusByOurs).join(", ")}`,
  write: (value) => typeof value === "string" && Object.hasOwn(statusByOurs, value) ? statusByOurs[value] : undefined
})
