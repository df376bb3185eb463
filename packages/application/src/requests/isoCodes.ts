/**
 * Countries of ISO 3166-1 and the currencies that they use now, of ISO 4217: a shopper lives in one and pays in one.
 */
import { countries } from "countries-list"

const codes = new Map(Object.entries(countries))
const currencies = new Set<string>([...codes.values()].flatMap(({ currency }) => currency))

/** True for two capitals that a country has. */
export const isCountry = (text: string): boolean => codes.has(text)

/** True for three capitals that a country pays in. */
export const isCurrencyInUse = (text: string): boolean => currencies.has(text)
