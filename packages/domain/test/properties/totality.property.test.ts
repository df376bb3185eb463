/**
 * Laws of any input whatever, for all three rule sets: an answer, never a throw, and one that agrees with itself.
 */
import fc from "fast-check"
import { describe, expect } from "vitest"
import { explain } from "../../src/explain.ts"
import { fulfilments } from "../../src/OrderStatus.ts"
import { reconcile } from "../../src/reconcile.ts"
import { ruleSetNames } from "../../src/Policy.ts"
import { hostileQuestion, isStatus } from "../generators/hostile.ts"
import { question } from "../generators/questions.ts"
import { withLines } from "../generators/transform.ts"
import { orderWhileRefused } from "../oracle/expectation.ts"
import { law } from "./law.ts"

describe("any input", () => {
  for (const rules of ruleSetNames) {
    law(`gets an answer by ${rules}, never a throw`, hostileQuestion, (asked) => {
      const { decision, order } = reconcile({ ...asked, policy: { ...asked.policy, rules } })
      expect(isStatus(order.status)).toBe(true)
      expect(fulfilments).toContain(order.fulfilment)
      expect(decision.status).toBe(order.status)
      expect(decision.fulfilment).toBe(order.fulfilment)
    })
  }

  law("is explained without a throw, and the explanation says what the decision says", hostileQuestion, (asked) => {
    const outcome = reconcile(asked)
    const explanation = explain(asked)
    expect(explanation).toMatchObject({ order: outcome.order, events: outcome.events, findings: outcome.findings })
    expect(explanation.decision).toEqual(outcome.decision)
    expect(explanation.payments).toEqual(outcome.payments)
  })

  law("tells of a status or a fulfilment only when it is another one", hostileQuestion, (asked) => {
    const { events, order } = reconcile(asked)
    const types = new Set(events.map(({ type }) => type))
    expect(types.has("order.status_changed")).toBe(order.status !== asked.order.status)
    expect(types.has("order.fulfilment_changed")).toBe(order.fulfilment !== asked.order.fulfilment)
  })
})

describe("a report that cannot be right", () => {
  const impossible = fc.constantFrom(-1, Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53)
  const totalName = fc.constantFrom(
    "registered" as const,
    "captured" as const,
    "refunded" as const,
    "chargedBack" as const,
    "acquirerApproved" as const,
    "acquirerPending" as const,
    "shopperPending" as const,
    "reversed" as const
  )

  const staysAsItIs = (asked: Parameters<typeof reconcile>[0]): void => {
    const outcome = reconcile(asked)
    const held = orderWhileRefused(asked)
    expect(outcome.order).toEqual(held)
    if (held === asked.order) expect(outcome.order).toBe(asked.order)
    expect(outcome.payments).toBe(asked.payments)
    const { fulfilment } = asked.order
    expect(outcome.events).toEqual(
      held.fulfilment === fulfilment ? [] : [{ type: "order.fulfilment_changed", from: fulfilment, to: "wait" }]
    )
    expect(outcome.decision.rule).toBe("report-refused")
    expect(outcome.findings.map(({ kind }) => kind)).toContain("report-refused")
  }

  law(
    "by a total changes nothing and is a finding",
    fc.tuple(question, totalName, impossible),
    ([asked, name, value]) => {
      const totals = { ...asked.report.totals, [name]: value }
      staysAsItIs({ ...asked, report: { ...asked.report, totals } })
    }
  )

  law("for want of any total changes nothing and is a finding", question, (asked) => {
    staysAsItIs({ ...asked, report: { ...asked.report, totals: { exchangedTo: "EUR" } } })
  })

  law(
    "by a payment id changes nothing and is a finding",
    fc.tuple(
      question,
      fc.constantFrom("", "0", "000", "-7", "7.0", "7a", " 7", "0x7")
    ),
    ([asked, id]) => {
      const [first, ...rest] = asked.report.payments
      fc.pre(first !== undefined)
      staysAsItIs(withLines(asked, [...rest, { ...first, id }]))
    }
  )
})
