import { Decimal } from "decimal.js"
import { afterEach, describe, expect, it, vi } from "vitest"
import { format, fromMajor, isRefused, type Rounding, toMajor } from "../src/Money.ts"

describe("an amount in major units", () => {
  it.each([
    ["33.10", "EUR", 3310],
    ["0.01", "EUR", 1],
    ["-0.5", "EUR", -50],
    ["007", "EUR", 700],
    ["19.99", "EUR", 1999],
    ["3310", "JPY", 3310],
    ["1.234", "BHD", 1234],
    ["1.2345", "CLF", 12345],
    ["90071992547409.91", "EUR", 9007199254740991],
    ["-90071992547409.91", "EUR", -9007199254740991]
  ])("%s %s is %i minor units", (text, currency, minor) => {
    expect(fromMajor(text, currency, "exact")).toEqual({ minor, currency })
  })

  it("has no negative zero", () => {
    const zero = fromMajor("-0.00", "EUR", "exact")
    expect(!isRefused(zero) && Object.is(zero.minor, 0)).toBe(true)
  })

  it.each<[Rounding, string, number]>([
    ["half-up", "0.125", 13],
    ["half-up", "-0.125", -13],
    ["half-up", "0.1249", 12],
    ["half-even", "0.125", 12],
    ["half-even", "0.135", 14],
    ["down", "0.129", 12],
    ["down", "-0.129", -12],
    ["up", "0.121", 13],
    ["up", "-0.121", -13]
  ])("is rounded %s: %s becomes %i", (rounding, text, minor) => {
    expect(fromMajor(text, "EUR", rounding)).toEqual({ minor, currency: "EUR" })
  })

  const plain = "an amount is a plain decimal such as 33.10"
  it.each([
    ["", "EUR", "not-a-decimal", plain],
    ["1e3", "EUR", "not-a-decimal", plain],
    ["+1", "EUR", "not-a-decimal", plain],
    ["1.", "EUR", "not-a-decimal", plain],
    [".5", "EUR", "not-a-decimal", plain],
    [" 1", "EUR", "not-a-decimal", plain],
    ["1\n", "EUR", "not-a-decimal", plain],
    ["1,5", "EUR", "not-a-decimal", plain],
    ["0x10", "EUR", "not-a-decimal", plain],
    ["Infinity", "EUR", "not-a-decimal", plain],
    ["1.00", "eur", "unknown-currency", "a currency is an ISO 4217 code such as EUR"],
    ["1.005", "EUR", "too-many-decimals", "EUR has 2 decimals"],
    ["1.5", "JPY", "too-many-decimals", "JPY has 0 decimals"],
    ["90071992547409.92", "EUR", "out-of-range", "an amount lies between -(2^53 - 1) and 2^53 - 1 minor units"]
  ])("refuses %j %s: %s", (text, currency, reason, message) => {
    const refused = fromMajor(text, currency, "exact")
    expect(refused).toEqual({ _tag: "MoneyFailure", reason, text, currency, message })
    expect(isRefused(refused)).toBe(true)
  })

  it("is at most 40 characters long, and a refusal shows no more than that", () => {
    const longest = `0.${"0".repeat(38)}`
    expect(fromMajor(longest, "EUR", "exact")).toEqual({ minor: 0, currency: "EUR" })
    expect(fromMajor(`${longest}0`, "EUR", "exact")).toMatchObject({ reason: "not-a-decimal", text: longest })
    expect(fromMajor("1", "E".repeat(50), "exact")).toMatchObject({ currency: "E".repeat(40) })
  })

  it("rounds before it looks at the range, and keeps every digit while it does", () => {
    expect(fromMajor("90071992547409.914", "EUR", "half-up")).toEqual({ minor: 9007199254740991, currency: "EUR" })
    expect(fromMajor(`0.${"0".repeat(36)}50`, "EUR", "half-up")).toEqual({ minor: 0, currency: "EUR" })
    expect(fromMajor("123456789.99499999999999999999999", "EUR", "half-up")).toMatchObject({ minor: 12345678999 })
  })
})

describe("an amount in minor units", () => {
  it.each([
    [3310, "EUR", "33.10"],
    [-5, "EUR", "-0.05"],
    [3310, "JPY", "3310"],
    [1234, "BHD", "1.234"],
    [12345, "CLF", "1.2345"],
    [9007199254740991, "EUR", "90071992547409.91"],
    [3310, "no code", "33.10"]
  ])("%i %s is written %s", (minor, currency, text) => {
    expect(toMajor({ minor, currency })).toBe(text)
  })

  it("is shown with its currency", () => {
    expect(format({ minor: 3310, currency: "EUR" })).toBe("33.10 EUR")
  })
})

describe("settings of decimal.js in the embedding application", () => {
  afterEach(() => {
    Decimal.set({ defaults: true })
  })

  it("do not reach the amounts", async () => {
    Decimal.set({ precision: 1, maxE: 3, rounding: Decimal.ROUND_UP })
    vi.resetModules()
    const money = await import("../src/Money.ts")
    const invoice = await import("../src/Invoice.ts")
    expect(money.fromMajor("1234567.89", "EUR", "exact")).toEqual({ minor: 123456789, currency: "EUR" })
    const options = { vatRate: "21", quantity: 1, rounding: "half-up" } as const
    expect(invoice.taxedLine({ basis: "net", minor: 123456789 }, options)?.piece.vat).toBe(25925926)
  })
})
