/**
 * Amounts of money as integers in the smallest unit of their currency.
 *
 * Docdata speaks of minor units (cents for the euro, yen for the yen) and so does everything inside this
 * product: a sum of safe integers is exact. Major units exist only where people type or read them; text
 * enters through {@link fromMajor} and leaves through {@link toMajor}, both on `decimal.js`, so that no
 * amount ever passes through a binary fraction.
 */
import { Decimal } from "decimal.js"
import { exponentOf } from "./Currency.ts"

/**
 * An amount in the smallest unit of `currency`.
 *
 * `minor` is a safe integer (-2^53 + 1 to 2^53 - 1). Docdata itself carries 32-bit integers only.
 * `currency` is an ISO 4217 code, three capitals.
 *
 * Source: Docdata XSD 1.3, type `amount`.
 */
export interface Money {
  readonly minor: number
  readonly currency: string
}

/**
 * How a fraction of a minor unit is settled, by name and never by default.
 *
 * - `half-up`: to the nearest, a half away from zero (what an invoice usually means).
 * - `half-even`: to the nearest, a half to the even neighbour (no drift over many roundings).
 * - `down`: towards zero. `up`: away from zero.
 * - `exact`: no rounding; a fraction is refused.
 */
export type Rounding = "half-up" | "half-even" | "down" | "up" | "exact"

/**
 * Why an amount was not understood. `text` is the rejected input, cut to 40 characters; amounts are not
 * personal data, so it may be shown.
 */
export interface MoneyFailure {
  readonly _tag: "MoneyFailure"
  readonly reason: "not-a-decimal" | "unknown-currency" | "too-many-decimals" | "out-of-range"
  readonly text: string
  readonly currency: string
  readonly message: string
}

// A clone, because settings of the shared constructor belong to the embedding application. 40 digits hold
// every safe integer at every exponent with room for the decimals that rounding looks at.
const Exact = Decimal.clone({ precision: 40, defaults: true })

// Plain decimals only: no exponent, no hexadecimal, no blanks, no leading plus. 40 characters are more
// than any safe integer with four decimals needs and keep hostile input cheap.
const decimalText = /^-?\d+(\.\d+)?$/
const textLengthMax = 40

const roundingModes: Record<Rounding, Decimal.Rounding> = {
  "half-up": Decimal.ROUND_HALF_UP,
  "half-even": Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
  // Where a fraction is refused, nothing is left to round.
  exact: Decimal.ROUND_DOWN
}

const shown = (text: string): string => text.slice(0, textLengthMax)

/** True if the value is a refusal and not an amount. */
export const isRefused = (value: Money | MoneyFailure): value is MoneyFailure => "_tag" in value

/**
 * Reads an amount in major units (`"33.10"`, `"-0.5"`) into minor units of `currency`.
 *
 * Refused, as a value: text that is no plain decimal or longer than 40 characters, a currency without an
 * ISO 4217 exponent, more decimals than the currency has when `rounding` is `"exact"`, and results
 * outside the safe integers. Numbers are not accepted at all: 19.99 as a binary fraction is not 19.99.
 */
export const fromMajor = (text: string, currency: string, rounding: Rounding): Money | MoneyFailure => {
  const refused = { _tag: "MoneyFailure", text: shown(text), currency: shown(currency) } as const
  if (text.length > textLengthMax || !decimalText.test(text)) {
    return { ...refused, reason: "not-a-decimal", message: "an amount is a plain decimal such as 33.10" }
  }
  const exponent = exponentOf(currency)
  if (exponent === undefined) {
    return { ...refused, reason: "unknown-currency", message: "a currency is an ISO 4217 code such as EUR" }
  }
  const scaled = new Exact(text).times(new Exact(10).pow(exponent))
  if (rounding === "exact" && !scaled.isInteger()) {
    return { ...refused, reason: "too-many-decimals", message: `${currency} has ${exponent} decimals` }
  }
  const minor = scaled.toDecimalPlaces(0, roundingModes[rounding]).toNumber()
  if (!Number.isSafeInteger(minor)) {
    return {
      ...refused,
      reason: "out-of-range",
      message: "an amount lies between -(2^53 - 1) and 2^53 - 1 minor units"
    }
  }
  // Adding zero turns the negative zero of "-0.00" into an ordinary one.
  return { minor: minor + 0, currency }
}

/**
 * Writes an amount in major units with all decimals of its currency: 3310 EUR is `"33.10"`, 3310 JPY is
 * `"3310"`. A currency without an ISO 4217 exponent is written with two decimals, as the reference does.
 */
export const toMajor = (money: Money): string => {
  const exponent = exponentOf(money.currency) ?? 2
  return new Exact(money.minor).div(new Exact(10).pow(exponent)).toFixed(exponent)
}

/** Amount and currency as people read them: `"33.10 EUR"`. */
export const format = (money: Money): string => `${toMajor(money)} ${money.currency}`
