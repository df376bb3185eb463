/**
 * Where a sound bill ends: rates, ranges and how far rounding may move an amount.
 */
import { describe, expect, it } from "vitest"
import {
  canonicalVatRate,
  type InvoiceLine,
  invoiceLine,
  invoiceTotals,
  type InvoiceViolation,
  invoiceViolations,
  isVatRate,
  shippingLine,
  type TaxedAmount,
  taxedLine
} from "../src/Invoice.ts"
import type { Rounding } from "../src/Money.ts"

const taxed = (net: number, vat: number, gross = net + vat): TaxedAmount => ({ net, vat, gross })

const bill = (quantity: number, vatRate: string, piece: TaxedAmount, line: TaxedAmount): InvoiceLine => ({
  name: "Lamp",
  code: "L",
  quantity,
  vatRate,
  piece,
  line
})

const problem = (path: string, rule: InvoiceViolation["rule"], message: string): InvoiceViolation => ({
  path: `lines[0].${path}`,
  rule,
  message
})

const wholeUnits = "amounts are whole minor units"
const addsUp = "net and VAT have to add up to gross"
const share = "the VAT is not the rate's share of the net, even allowing for rounding"
const rateText = "a VAT rate is decimal text such as 21 or 8.5"

describe("a VAT rate", () => {
  it.each(["0", "21", "8.5", "021", "123456", "0.123456", "123456.123456"])("may be %j", (text) => {
    expect(isVatRate(text)).toBe(true)
  })

  it.each(["", ".5", "5.", "1234567", "1.1234567", "-1", "1,5", "x1", "1x", "1\n", "1.x"])("is not %j", (text) => {
    expect(isVatRate(text)).toBe(false)
  })

  it.each([["21", "21"], ["21.0", "21"], ["021", "21"], ["8.50", "8.5"], ["0.000001", "0.000001"]])(
    "%j is written %j",
    (text, shortest) => {
      expect(canonicalVatRate(text)).toBe(shortest)
    }
  )
})

describe("a price split into net and VAT", () => {
  // 12.5 % of 100 is 12.5, of 300 is 37.5, and of 101 is 12.625.
  it.each<[Rounding, number, number]>([
    ["half-up", 100, 13],
    ["half-up", -100, -13],
    ["half-even", 100, 12],
    ["half-even", 300, 38],
    ["down", 101, 12],
    ["down", -101, -12],
    ["up", 101, 13],
    ["up", -101, -13],
    ["exact", 200, 25]
  ])("is rounded %s: the VAT of %i is %i", (rounding, minor, vat) => {
    expect(taxedLine({ basis: "net", minor }, { vatRate: "12.5", quantity: 1, rounding })?.piece)
      .toEqual(taxed(minor, vat))
  })

  it("has a line of exactly as many pieces", () => {
    expect(taxedLine({ basis: "gross", minor: 999 }, { vatRate: "21", quantity: 3, rounding: "half-up" }))
      .toEqual({ piece: taxed(826, 173), line: taxed(2478, 519) })
  })

  it("has no negative zero", () => {
    const cent = taxedLine({ basis: "net", minor: -1 }, { vatRate: "1", quantity: 0, rounding: "half-up" })!
    const { line } = taxedLine({ basis: "net", minor: -100 }, { vatRate: "1", quantity: 0, rounding: "half-up" })!
    const amounts = [cent.piece.vat, line.net, line.vat, line.gross]
    expect(amounts.map((amount) => Object.is(amount, 0))).toEqual([true, true, true, true])
  })

  it.each([
    ["a rate that is none", 100, "21%", 1],
    ["a part of a piece", 100, "21", 1.5],
    ["a part of a minor unit", 100.5, "21", 1],
    ["a gross beyond exact numbers", Number.MAX_SAFE_INTEGER, "21", 1],
    ["a net of the line beyond exact numbers", Number.MAX_SAFE_INTEGER, "0", 2]
  ])("is refused for %s", (_, minor, vatRate, quantity) => {
    expect(taxedLine({ basis: "net", minor }, { vatRate, quantity, rounding: "half-up" })).toBeUndefined()
    expect(invoiceLine({ name: "n", code: "c" }, { basis: "net", minor }, { vatRate, quantity, rounding: "half-up" }))
      .toBeUndefined()
  })

  it("is not exact when the fraction is lost in a number so large", () => {
    const options = { vatRate: "0.000001", quantity: 1, rounding: "exact" } as const
    expect(taxedLine({ basis: "gross", minor: Number.MAX_SAFE_INTEGER }, options)).toBeUndefined()
  })

  it("reaches to the last exact number", () => {
    const options = { vatRate: "0", quantity: 1, rounding: "exact" } as const
    expect(taxedLine({ basis: "gross", minor: Number.MAX_SAFE_INTEGER }, options)?.line.gross)
      .toBe(Number.MAX_SAFE_INTEGER)
  })
})

describe("a line of a bill", () => {
  it("keeps its text", () => {
    const text = { name: "Lamp", code: "L", unit: "PCS", description: "d", imageUrl: "u" } as const
    expect(invoiceLine(text, { basis: "net", minor: 100 }, { vatRate: "21", quantity: 2, rounding: "exact" }))
      .toEqual({ ...text, quantity: 2, vatRate: "21", piece: taxed(100, 21), line: taxed(200, 42) })
  })

  it("for delivery is one piece, called SHIPPING unless told otherwise", () => {
    const options = { vatRate: "21", rounding: "exact", name: "Post" } as const
    const shipping = { name: "Post", code: "SHIPPING", quantity: 1, vatRate: "21" }
    const amounts = { piece: taxed(100, 21), line: taxed(100, 21) }
    expect(shippingLine({ basis: "net", minor: 100 }, options)).toEqual({ ...shipping, ...amounts })
    expect(shippingLine({ basis: "net", minor: 100 }, { ...options, code: "POST" })?.code).toBe("POST")
  })
})

describe("the totals of a bill", () => {
  it("of nothing are nothing", () => {
    expect(invoiceTotals([])).toEqual({ net: 0, vat: 0, gross: 0, vatByRate: [] })
  })
})

describe("a bill", () => {
  it.each<[string, InvoiceLine]>([
    ["whose VAT is off by as much as one rounding allows", bill(1, "100", taxed(1000, 1002), taxed(1000, 1002))],
    ["whose line is off by one rounding per piece", bill(2, "21", taxed(1000, 210), taxed(1998, 422))],
    ["of a credit of two pieces, off by as much", bill(-2, "21", taxed(1000, 210), taxed(-1998, -422))],
    ["of no piece at all, off by one rounding", bill(0, "21", taxed(1000, 210), taxed(1, -1))],
    ["of nothing", bill(1, "0", taxed(0, 0), taxed(0, 0))]
  ])("%s is sound", (_, line) => {
    expect(invoiceViolations([line])).toEqual([])
  })

  it.each<[string, InvoiceLine, ReadonlyArray<InvoiceViolation>]>([
    ["VAT off by more than one rounding", bill(1, "100", taxed(1000, 1003), taxed(1000, 1003)), [
      problem("piece.vat", "rate-contradicts-vat", share),
      problem("line.vat", "rate-contradicts-vat", share)
    ]],
    ["VAT too low by more than one rounding", bill(1, "100", taxed(1000, 997), taxed(1000, 997)), [
      problem("piece.vat", "rate-contradicts-vat", share),
      problem("line.vat", "rate-contradicts-vat", share)
    ]],
    ["a line off by more than one rounding per piece", bill(2, "21", taxed(1000, 210), taxed(1997, 423)), [
      problem("line.vat", "rate-contradicts-vat", share)
    ]],
    ["parts of minor units", bill(1, "21", { net: 0.5, vat: 0.5, gross: 1 }, { net: 1, vat: 1, gross: 2.5 }), [
      problem("piece.net", "integer", wholeUnits),
      problem("piece.vat", "integer", wholeUnits),
      problem("line.gross", "integer", wholeUnits)
    ]],
    ["sums that miss the gross", bill(1, "21", taxed(1000, 210, 1211), taxed(1000, 210, 1209)), [
      problem("piece.gross", "net-plus-vat", addsUp),
      problem("line.gross", "net-plus-vat", addsUp)
    ]],
    ["a part of a piece", bill(1.5, "21", taxed(1000, 210), taxed(1000, 210)), [
      problem("quantity", "integer", "a quantity is a whole number")
    ]],
    ["a rate that is none", bill(1, "21%", taxed(1000, 210), taxed(1000, 210)), [
      problem("vatRate", "rate", rateText)
    ]],
    ["a rate that is no text", bill(1, 21 as never, taxed(1000, 210), taxed(1000, 210)), [
      problem("vatRate", "rate", rateText)
    ]]
  ])("with %s is not", (_, line, problems) => {
    expect(invoiceViolations([line])).toEqual(problems)
  })

  it("names the line of each problem", () => {
    const sound = bill(1, "21", taxed(1000, 210), taxed(1000, 210))
    const other = { ...sound, code: "M" }
    expect(invoiceViolations([sound, other, { ...sound, vatRate: "x" }])).toEqual([
      { path: "lines[2].vatRate", rule: "rate", message: rateText }
    ])
  })
})
