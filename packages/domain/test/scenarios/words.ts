/**
 * The smallest parts of a scenario: words and amounts.
 */
import { exponentOf } from "../../src/Currency.ts"

/** Words between blanks; a word with blanks in it, or an empty one, stands in quotes as in JSON. */
export const tokensOf = (text: string): ReadonlyArray<string> =>
  (text.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []).map((token) => token.startsWith("\"") ? JSON.parse(token) : token)

/** `100.00` in minor units: exactly the decimals of the currency, so that a slip is noticed. */
export const amountIn = (currency: string, text: string | undefined): number => {
  const decimals = exponentOf(currency)
  const [, whole, part = ""] = /^(-?\d+)(?:\.(\d+))?$/.exec(text ?? "") ?? []
  if (decimals === undefined || whole === undefined || part.length !== decimals) {
    throw new Error(`"${text}" is no amount in ${currency}`)
  }
  return Number(whole + part)
}

/** Minor units as text with the decimals of the currency. */
export const textIn = (currency: string, minor: number): string => {
  const decimals = exponentOf(currency)!
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0")
  const sign = minor < 0 ? "-" : ""
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
