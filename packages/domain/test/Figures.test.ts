import { describe, expect, it } from "vitest"
import {
  type Comparison,
  describe as inWords,
  figure,
  type FigureName,
  type Figures,
  holds,
  missing
} from "../src/Figures.ts"

const figures: Figures = {
  currency: "EUR",
  registered: 30000,
  shopperPending: 1,
  acquirerPending: 2,
  acquirerApproved: 3,
  captured: 29900,
  refunded: 4,
  chargedBack: 5,
  reversed: 6,
  margin: 100,
  paidCover: 29900,
  shipCover: 7,
  kept: 8,
  net: 9
}

describe("a comparison of figures", () => {
  it.each<[Comparison["operator"], boolean, boolean, boolean]>([
    // below, equal, above
    [">=", false, true, true],
    [">", false, false, true],
    ["<", true, false, false],
    ["<=", true, true, false],
    ["=", false, true, false]
  ])("%s holds as it reads", (operator, below, equal, above) => {
    const compared = [4, 5, 6].map((refunded) =>
      holds({ left: "refunded", operator, right: "chargedBack" }, { ...figures, refunded, chargedBack: 5 })
    )
    expect(compared).toEqual([below, equal, above])
  })

  it("takes what is given up from the right side", () => {
    const comparison: Comparison = { left: "captured", operator: ">=", right: "registered", less: "margin" }
    expect(holds(comparison, figures)).toBe(true)
    expect(holds(comparison, { ...figures, captured: 29899 })).toBe(false)
    expect(missing(comparison, { ...figures, captured: 29899 })).toBe(1)
    expect(inWords(comparison, figures)).toBe("captured 29900 >= registered 30000 - margin 100")
  })

  it("may be with zero", () => {
    const comparison: Comparison = { left: "net", operator: ">", right: 0 }
    expect([holds(comparison, figures), missing(comparison, figures)]).toEqual([true, -9])
    expect(inWords(comparison, figures)).toBe("net 9 > 0")
  })

  it("says how much the left side lacks", () => {
    expect(missing({ left: "captured", operator: ">=", right: "registered" }, figures)).toBe(100)
  })

  it("never holds for an amount that nobody knows", () => {
    const { gross: _, ...unknown } = { ...figures, gross: 1 }
    expect(figure(unknown, "gross")).toBeNaN()
    expect(holds({ left: "gross", operator: "=", right: 0 }, unknown)).toBe(false)
    expect(missing({ left: "registered", operator: "<", right: "gross" }, unknown)).toBeNaN()
  })

  it.each<[FigureName, string]>([
    ["registered", "registered"],
    ["shopperPending", "shopper pending"],
    ["acquirerPending", "acquirer pending"],
    ["acquirerApproved", "approved"],
    ["captured", "captured"],
    ["refunded", "refunded"],
    ["chargedBack", "charged back"],
    ["reversed", "reversed"],
    ["gross", "order amount"],
    ["margin", "margin"],
    ["paidCover", "covered"],
    ["shipCover", "covered for shipping"],
    ["kept", "left after returns"],
    ["net", "net"]
  ])("calls %s %j", (name, words) => {
    expect(inWords({ left: name, operator: "=", right: 0 }, { ...figures, gross: 10 }))
      .toBe(`${words} ${figure({ ...figures, gross: 10 }, name)} = 0`)
  })
})
