/** Arithmetic on the simulator's amounts: whole minor units, and conversion at a fixed rate. */
import type { Money } from "@docdata/domain"

// ISO 4217, the currencies a test is likely to use; every other one has two decimals.
const exponents: ReadonlyMap<string, number> = new Map([
  ...["CLP", "ISK", "JPY", "KRW", "VND", "XAF", "XOF", "XPF"].map((code) => [code, 0] as const),
  ...["BHD", "JOD", "KWD", "OMR", "TND"].map((code) => [code, 3] as const)
])

/** Decimals of a currency. */
export const exponentOf = (currency: string): number => exponents.get(currency) ?? 2

/** Major units with a point, for people: 3310 EUR is `33.10`. */
export const inMajorUnits = ({ currency, minor }: Money): string => {
  const exponent = exponentOf(currency)
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0")
  const whole = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
  return `${minor < 0 ? "-" : ""}${whole}`
}

export const sumOf = (amounts: ReadonlyArray<Money>): number => amounts.reduce((sum, { minor }) => sum + minor, 0)

/**
 * How many millionths of a euro one major unit of a currency is worth. Invented once and kept, so that every run
 * gives the same totals; only their order of magnitude is real.
 */
export type ExchangeRates = Readonly<Record<string, number>>

export const exchangeRatesDefault: ExchangeRates = {
  EUR: 1_000_000,
  USD: 920_000,
  GBP: 1_170_000,
  CHF: 1_040_000,
  SEK: 88_000,
  DKK: 134_000,
  NOK: 86_000,
  PLN: 230_000,
  JPY: 6_200
}

const rateOf = (rates: ExchangeRates, currency: string): bigint => BigInt(rates[currency] ?? 1_000_000)

/** The amount in another currency, a fraction of a minor unit cut off: the totals of a report are approximate. */
export const convert = (amount: Money, to: string, rates: ExchangeRates): number => {
  if (amount.currency === to) return amount.minor
  const scale = (exponent: number) => 10n ** BigInt(exponent)
  const upper = BigInt(amount.minor) * rateOf(rates, amount.currency) * scale(exponentOf(to))
  return Number(upper / (rateOf(rates, to) * scale(exponentOf(amount.currency))))
}
