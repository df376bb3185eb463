import { describe, expect, it } from "vitest"
import { exponentOf, isCurrencyCode } from "../src/Currency.ts"

describe("a currency", () => {
  // ISO 4217, list one: every code whose exponent is not 2.
  it.each([
    [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
    [3, "BHD IQD JOD KWD LYD OMR TND"],
    [4, "CLF UYW"],
    [2, "EUR USD GBP CHF ZZZ"]
  ])("has %i decimals: %s", (exponent, codes) => {
    expect(codes.split(" ").map(exponentOf)).toEqual(codes.split(" ").map(() => exponent))
  })

  it.each(["", "EU", "EURO", "eur", "EUR ", "1EUR", "E1R"])("is not %j", (text) => {
    expect([isCurrencyCode(text), exponentOf(text)]).toEqual([false, undefined])
  })

  it("is three capitals", () => {
    expect(isCurrencyCode("EUR")).toBe(true)
  })
})
