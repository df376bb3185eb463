/**
 * ISO 4217: how many decimals a currency has.
 *
 * Docdata's schema takes any three capitals and does not state decimals; "minor unit" is all it says.
 * The exponents here are those of ISO 4217, so that yen are not read a hundred times too small.
 */

// Only the exceptions are listed; every other current ISO 4217 currency has two decimals.
const exponents: ReadonlyMap<string, number> = new Map([
  ...["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"].map(
    (code) => [code, 0] as const
  ),
  ...["XAF", "XOF", "XPF"].map((code) => [code, 0] as const),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3] as const),
  ...["CLF", "UYW"].map((code) => [code, 4] as const)
])

const code = /^[A-Z]{3}$/

/** True for three capitals, all that Docdata asks of a currency. */
export const isCurrencyCode = (text: string): boolean => code.test(text)

/**
 * Decimals of a currency: 0, 2, 3 or 4. Any three capitals that are no listed exception have two, so that
 * a currency introduced after this release works; anything else is `undefined`.
 *
 * Source: ISO 4217, list one.
 */
export const exponentOf = (currency: string): number | undefined =>
  isCurrencyCode(currency) ? exponents.get(currency) ?? 2 : undefined
