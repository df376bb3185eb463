import { describe, expect, it } from "vitest"
import { defaultPolicy } from "../src/defaultPolicy.ts"
import { explain } from "../src/explain.ts"
import type { RuleSetName } from "../src/Policy.ts"
import type { Question } from "../src/reconcile.ts"

const question = (rules: RuleSetName, status: string, totals: Question["report"]["totals"] = {}): Question => ({
  order: { key: "A", status: "new", fulfilment: "wait", createdAtMs: 0, currency: "EUR", grossMinor: 10000 },
  payments: [],
  report: {
    totals: {
      exchangedTo: "EUR",
      registered: 10000,
      shopperPending: 0,
      acquirerPending: 0,
      acquirerApproved: 10000,
      captured: 0,
      refunded: 0,
      chargedBack: 0,
      ...totals
    },
    payments: [{
      id: "1",
      paymentMethod: "VISA",
      authorization: {
        status,
        amount: { minor: 10000, currency: "EUR" },
        confidenceLevel: "ACQUIRER_APPROVED",
        captures: [],
        refunds: [],
        chargebacks: []
      }
    }]
  },
  nowMs: 0,
  policy: { ...defaultPolicy, rules }
})

describe("an explanation by the strict rules", () => {
  it("says in words and figures why an order is paid", () => {
    const { because, meaning } = explain(question("strict", "AUTHORIZED", { captured: 10000 }))
    expect(meaning).toBe("Covered, and nothing was returned, or no more than the surplus.")
    expect(because).toEqual(["registered 10000 > 0", "covered 10000 >= registered 10000 - margin 0"])
  })

  it("says what a pending order lacks, nearest rule first", () => {
    const { alternatives, because } = explain(question("strict", "AUTHORIZED", { captured: 9000 }))
    expect(because).toEqual([])
    expect(alternatives.slice(0, 4).map(({ missing, outcome, rule }) => [rule, outcome, missing])).toEqual([
      ["report-refused", "keep", [{ words: "the report is refused" }]],
      ["wrong-currency", "unknown-unless-money-state", [{
        words: "the totals are in a currency that the order does not have"
      }]],
      ["paid-in-full", "paid", [{
        words: "the order is covered as the paid policy asks",
        comparison: "covered 9000 >= registered 10000 - margin 0",
        byMinor: 1000
      }]],
      ["all-returned-refunded", "refunded", [{
        words:
          "the order is covered as the paid policy asks, or a part was captured, all of it went back and nothing more may come"
      }]]
    ])
    const counts = alternatives.map(({ missing }) => missing.length)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(alternatives.map(({ rule }) => rule)).not.toContain("money-may-be-held")
    expect(alternatives.map(({ rule }) => rule)).not.toContain("no-attempt-new")
  })

  it("leaves out a rule that lacks all that one above it lacks", () => {
    const { alternatives } = explain(question("strict", "AUTHORIZED", { captured: 9000 }))
    const named = alternatives.map(({ rule }) => rule)
    expect(named).toContain("zero-order-paid")
    expect(named).not.toContain("paid-partly-returned")
    // A part that is paid and given back leads there, too, whatever covers the order.
    expect(named).toContain("all-returned-refunded")
  })

  it("says what other amounts would lead to", () => {
    const { otherwise } = explain(question("strict", "AUTHORIZED", { captured: 10000, refunded: 4000 }))
    expect(otherwise).toEqual({
      rule: "all-returned-refunded",
      meaning: "Covered once, or paid in part with nothing more to come: all of it was refunded.",
      outcome: "refunded",
      unless: ["the order is covered as the paid policy asks", "something is left after refunds and chargebacks"]
    })
  })

  it("says nothing of other amounts when more than amounts makes the difference", () => {
    expect(explain(question("strict", "AUTHORIZED", { captured: 10000 }))).not.toHaveProperty("otherwise")
    expect(explain(question("strict", "NEW"))).not.toHaveProperty("otherwise")
  })

  it("says nothing of other amounts when words would have to change as well", () => {
    const asked = question("strict", "AUTHORIZED", { registered: 0, acquirerApproved: 0 })
    const [line] = asked.report.payments
    const authorization = { ...line!.authorization, amount: { minor: 0, currency: "EUR" } }
    const report = { ...asked.report, payments: [{ ...line!, authorization }] }
    const explained = explain({ ...asked, order: { ...asked.order, grossMinor: 0 }, report })
    expect(explained.decision.rule).toBe("zero-order-paid")
    expect(explained).not.toHaveProperty("otherwise")
  })

  it("says nothing about the distance to an amount that nobody knows", () => {
    const asked = question("strict", "NEW")
    const { grossMinor: _, ...order } = asked.order
    const { alternatives } = explain({ ...asked, order })
    const below = alternatives.find(({ rule }) => rule === "registered-below-gross")
    expect(below?.missing[0]).toEqual({
      words: "the registered amount is below what the order costs"
    })
  })

  it("knows no better rule for a report that is refused", () => {
    const { alternatives, decision } = explain(question("strict", "NEW", { captured: -1 }))
    expect([decision.rule, alternatives]).toEqual(["report-refused", []])
  })
})

describe("an explanation by a legacy rule set", () => {
  it.each(["legacy-2016", "legacy-2013"] as const)("of %s says what its rules ask", (rules) => {
    const { alternatives, because, meaning } = explain(question(rules, "AUTHORIZED", { captured: 10000, refunded: 1 }))
    expect(meaning).toBe("A part of what was captured was returned.")
    expect(because).toEqual(["captured 10000 >= registered 10000 - margin 0", "net 9999 > 0"])
    const paid = alternatives.find(({ rule }) => rule === "legacy-totals-paid")
    expect(paid).toEqual({
      rule: "legacy-totals-paid",
      meaning: "Captured, and enough of it is left.",
      outcome: "paid",
      missing: [{ words: "enough is left", comparison: "net 9999 >= registered 10000 - margin 0", byMinor: 1 }]
    })
    const withoutLines = rules === "legacy-2016" ? "legacy-unclear-new" : "legacy-empty-new"
    expect(alternatives).toContainEqual(expect.objectContaining({
      rule: withoutLines,
      outcome: "new",
      missing: [{ words: "no payment is listed" }]
    }))
  })

  it.each(
    [
      ["legacy-2016", ["enough is captured", "enough is left"]],
      ["legacy-2013", ["an authorised payment lets the totals speak", "enough is captured", "enough is left"]]
    ] as const
  )("of %s knows which payments let the totals speak", (rules, words) => {
    const asked = question(rules, "AUTHORIZED")
    const [line] = asked.report.payments
    const later = { ...line!, id: "2", authorization: { ...line!.authorization, status: "NEW" } }
    const { alternatives } = explain({ ...asked, report: { ...asked.report, payments: [line!, later] } })
    const paid = alternatives.find(({ rule }) => rule === "legacy-totals-paid")
    expect(paid?.missing.map((missing) => missing.words)).toEqual(words)
  })

  it("of a report that is refused has a meaning and no better rule", () => {
    const asked = question("legacy-2016", "NEW")
    const { captured: _, ...totals } = asked.report.totals
    const { alternatives, meaning } = explain({ ...asked, report: { ...asked.report, totals } })
    expect(meaning).toBe("The report lacks what that generation could not do without: the order stays.")
    expect(alternatives).toEqual([])
  })
})
