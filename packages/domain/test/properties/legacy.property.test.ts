/**
 * Laws of the two legacy rule sets. Their status rules are proven by the reference's vectors; these hold besides.
 */
import fc from "fast-check"
import { describe, expect } from "vitest"
import { type Question, reconcile } from "../../src/reconcile.ts"
import { question } from "../generators/questions.ts"
import { changeMoney, shuffledReport } from "../generators/transform.ts"
import { applyEvents, comparisonsHold } from "../oracle/laws.ts"
import { law } from "./law.ts"

const legacySets = ["legacy-2016", "legacy-2013"] as const

for (const rules of legacySets) {
  const asked: fc.Arbitrary<Question> = fc.tuple(question, fc.constantFrom("text" as const, "number" as const))
    .map(([one, legacyIdOrder]) => ({ ...one, policy: { ...one.policy, rules, legacyIdOrder } }))

  describe(rules, () => {
    law("never speaks of fulfilment and leaves it, and the hold, alone", asked, (one) => {
      const { events, order } = reconcile(one)
      expect(events.map(({ type }) => type)).not.toContain("order.fulfilment_changed")
      expect(order.fulfilment).toBe(one.order.fulfilment)
      expect(order.hold).toBe(one.order.hold)
      expect(order.coveredByCapture).toBe(one.order.coveredByCapture)
    })

    law("changes nothing and tells nothing the second time", asked, (one) => {
      const first = reconcile(one)
      const second = reconcile({ ...one, order: first.order, payments: first.payments })
      expect(second.events).toEqual([])
      expect(second.order).toEqual(first.order)
      expect(second.payments).toEqual(first.payments)
    })

    law("tells exactly what changed", asked, (one) => {
      const { decision, events, order, payments } = reconcile(one)
      fc.pre(decision.rule !== "legacy-report-refused")
      const published = applyEvents(events, { order: one.order, stored: one.payments })
      expect(published.status).toBe(order.status)
      expect(published.rows).toEqual(payments)
    })

    law("rests on comparisons that hold", asked, (one) => comparisonsHold(reconcile(one).decision))

    law("never asks about policies", asked, (one) => {
      const loose = { default: "promised" as const, rules: [] }
      const { decision, events } = reconcile(one)
      const other = reconcile({ ...one, policy: { ...one.policy, paidWhen: loose, shipWhen: loose } })
      expect(other.decision).toEqual(decision)
      expect(other.events).toEqual(events)
    })

    law("scales with its amounts while there is no margin", asked, (one) => {
      const [small, large] = [reconcile(changeMoney(one, {})), reconcile(changeMoney(one, { minor: (m) => m * 7 }))]
      expect(large.order.status).toBe(small.order.status)
      expect(large.decision.rule).toBe(small.decision.rule)
      expect(large.decision.figures.net).toBe(small.decision.figures.net * 7)
    })
  })
}

describe("legacy status", () => {
  law(
    "does not depend on the order of payments",
    question.chain((one) => fc.tuple(fc.constant(one), shuffledReport(one))),
    ([
      one,
      other
    ]) => {
      for (const rules of legacySets) {
        const by = (asked: Question) => reconcile({ ...asked, policy: { ...asked.policy, rules } })
        expect(by(other).order.status).toBe(by(one).order.status)
      }
    }
  )
})
