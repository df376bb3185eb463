import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { invoiceLine, invoiceTotals, invoiceViolations, shippingLine, taxedLine } from "../src/Invoice.ts"
import type { InvoiceLine } from "../src/Invoice.ts"

const sound = (price: { readonly basis: "gross" | "net"; readonly minor: number }, vatRate: string, quantity = 1) => {
  const line = invoiceLine({ name: "Lamp", code: `L-${vatRate}` }, price, { vatRate, quantity, rounding: "half-up" })
  if (line === undefined) throw new Error("expected a line")
  return line
}

describe("VAT from decimals", () => {
  const rows = [
    // basis, minor, rate, net, vat, gross
    ["gross", 1210, "21", 1000, 210, 1210],
    ["gross", 999, "21", 826, 173, 999],
    ["gross", 500, "9", 459, 41, 500],
    ["gross", 1000, "5.5", 948, 52, 1000],
    ["net", 1000, "8.875", 1000, 89, 1089],
    ["net", 333, "0", 333, 0, 333],
    ["gross", -1210, "21", -1000, -210, -1210]
  ] as const
  it.each(rows)("%s %i at %s%%", (basis, minor, vatRate, net, vat, gross) => {
    expect(taxedLine({ basis, minor }, { vatRate, quantity: 1, rounding: "half-up" })?.piece).toEqual({
      net,
      vat,
      gross
    })
  })

  it("does not round when told not to", () => {
    const options = { vatRate: "21", quantity: 1, rounding: "exact" } as const
    expect(taxedLine({ basis: "gross", minor: 1210 }, options)).toBeDefined()
    expect(taxedLine({ basis: "gross", minor: 999 }, options)).toBeUndefined()
  })

  it.each(["-1", "21%", "1e1", "", " 21", "0x15"])("refuses the rate %j", (vatRate) => {
    expect(taxedLine({ basis: "net", minor: 1 }, { vatRate, quantity: 1, rounding: "half-up" })).toBeUndefined()
  })
})

describe("a bill", () => {
  it("has one VAT total per rate, however the rate is written", () => {
    const shipping = shippingLine({ basis: "gross", minor: 495 }, {
      vatRate: "21.0",
      rounding: "half-up",
      name: "Post"
    })
    const lines = [sound({ basis: "net", minor: 1000 }, "21", 2), sound({ basis: "net", minor: 200 }, "9"), shipping!]
    expect(invoiceViolations(lines)).toEqual([])
    expect(invoiceTotals(lines)).toEqual({
      net: 2609,
      vat: 524,
      gross: 3133,
      vatByRate: [{ rate: "21", vat: 506 }, { rate: "9", vat: 18 }]
    })
  })

  const damage: ReadonlyArray<readonly [string, (line: InvoiceLine) => InvoiceLine, string, string]> = [
    [
      "net and VAT that miss the gross",
      (l) => ({ ...l, piece: { ...l.piece, vat: 209 } }),
      "lines[0].piece.gross",
      "net-plus-vat"
    ],
    ["a rate that is not the VAT's", (l) => ({ ...l, vatRate: "9" }), "lines[0].piece.vat", "rate-contradicts-vat"],
    ["a fraction", (l) => ({ ...l, piece: { ...l.piece, net: 0.5 } }), "lines[0].piece.net", "integer"],
    ["a rate that is no rate", (l) => ({ ...l, vatRate: "21%" }), "lines[0].vatRate", "rate"]
  ]
  it.each(damage)("shows %s", (_, break_, path, rule) => {
    expect(invoiceViolations([break_(sound({ basis: "net", minor: 1000 }, "21", 2))])).toContainEqual(
      expect.objectContaining({ path, rule })
    )
  })

  it("takes two lines of the same code, and a line whose amounts were rounded or reduced as a whole", () => {
    const line = sound({ basis: "net", minor: 999 }, "21")
    const rounded = { ...line, quantity: 3, line: { net: 2997, vat: 629, gross: 3626 } }
    const reduced = { ...line, quantity: 3, line: { net: 2500, vat: 525, gross: 3025 } }
    expect(invoiceViolations([rounded, reduced])).toEqual([])
  })

  it("is sound whenever it was made from prices, in every rounding", () => {
    const price = fc.record({
      basis: fc.constantFrom("gross" as const, "net" as const),
      minor: fc.integer({ min: -10_000_000, max: 10_000_000 })
    })
    const rate = fc.tuple(fc.nat(100), fc.nat(999)).map(([whole, rest]) => `${whole}.${rest}`)
    const rounding = fc.constantFrom("half-up" as const, "half-even" as const, "down" as const, "up" as const)
    fc.assert(fc.property(price, rate, rounding, fc.integer({ min: 1, max: 50 }), (from, vatRate, mode, quantity) => {
      const line = invoiceLine({ name: "n", code: "c" }, from, { vatRate, quantity, rounding: mode })
      expect(line && invoiceViolations([line])).toEqual([])
    }))
  })
})
