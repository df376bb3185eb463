/**
 * What no scenario can say: currencies of stored rows, words at the limits of their length, and what stays untouched.
 */
import { describe, expect, it } from "vitest"
import { defaultPolicy } from "../../src/defaultPolicy.ts"
import type { PaymentLine } from "../../src/PaymentLine.ts"
import { type Question, reconcile } from "../../src/reconcile.ts"

const line = (id: string, paymentMethod = "VISA", status = "NEW", confidenceLevel = ""): PaymentLine => ({
  id,
  paymentMethod,
  authorization: {
    status,
    amount: { minor: 10000, currency: "EUR" },
    confidenceLevel,
    captures: [],
    refunds: [],
    chargebacks: []
  }
})

const question = (...payments: ReadonlyArray<PaymentLine>): Question => ({
  order: { key: "A", status: "new", fulfilment: "wait", createdAtMs: 0, currency: "EUR", grossMinor: 10000 },
  payments: [],
  report: {
    totals: {
      registered: 10000,
      shopperPending: 0,
      acquirerPending: 0,
      acquirerApproved: 0,
      captured: 0,
      refunded: 0,
      chargedBack: 0
    },
    payments
  },
  nowMs: 0,
  policy: defaultPolicy
})

describe("a stored payment without its currency", () => {
  it("learns it, and nobody is told", () => {
    const first = reconcile(question(line("1")))
    const { currency: _, ...imported } = first.payments[0]!
    const again = reconcile({ ...question(line("1")), order: first.order, payments: [imported] })
    expect(again.payments).toEqual(first.payments)
    expect(again.events).toEqual([])
  })
})

describe("an answer that changes nothing", () => {
  it("holds the very rows and the very order that were there", () => {
    const first = reconcile(question(line("1"), line("2")))
    const again = reconcile({ ...question(line("1"), line("2")), order: first.order, payments: first.payments })
    expect(again.order).toBe(first.order)
    expect(again.payments.map((row, index) => row === first.payments[index])).toEqual([true, true])
  })
})

describe("the words of a payment", () => {
  it("are kept up to the lengths of the schema, and cut beyond with a finding", () => {
    const longest = [line("1", "M".repeat(50), "S".repeat(50), "C".repeat(35))]
    const longer = [line("1", "M".repeat(51), "S".repeat(51), "C".repeat(36))]
    const kinds = (asked: Question) => reconcile(asked).findings.map(({ kind }) => kind)
    expect(kinds(question(...longest))).toEqual(["unknown-status-word"])
    expect(kinds(question(...longer))).toEqual(["unknown-status-word", "text-trimmed"])
    expect(reconcile(question(...longer)).payments).toEqual(reconcile(question(...longest)).payments)
  })

  it("of a capture that nobody knows is cut to 50 characters", () => {
    const odd = line("1", "VISA", "AUTHORIZED", "ACQUIRER_APPROVED")
    const captures = [{ status: "O".repeat(51), amount: { minor: 1, currency: "EUR" } }]
    const { findings } = reconcile(question({ ...odd, authorization: { ...odd.authorization, captures } }))
    expect(findings).toEqual([{ kind: "unknown-capture-word", paymentId: "1", word: "O".repeat(50) }])
  })
})

describe("a refused report", () => {
  it("answers with the order and the rows that were asked about, and totals of nothing", () => {
    const asked = question(line("x"))
    const { decision, events, order, payments } = reconcile(asked)
    expect(order).toBe(asked.order)
    expect(payments).toBe(asked.payments)
    expect(events).toEqual([])
    expect(decision.figures).toMatchObject({ registered: 0, captured: 0, paidCover: 0 })
  })
})

describe("a refused report on a cancelled order that is held", () => {
  it("leaves the very order", () => {
    const { order, ...asked } = question(line("x"))
    const held = { ...order, status: "cancelled", fulfilment: "stop", hold: "cancel-not-confirmed" } as const
    expect(reconcile({ ...asked, order: held }).order).toBe(held)
  })
})

describe("a decision", () => {
  it("that was not made after a lost promise names no second rule", () => {
    expect(reconcile(question(line("1"))).decision).not.toHaveProperty("afterwards")
  })

  it("leaves out of the order what it does not know", () => {
    const asked = question(line("1"))
    const { grossMinor: _, ...order } = asked.order
    const after = reconcile({ ...asked, order }).order
    expect(Object.keys(after).toSorted()).toEqual(["createdAtMs", "currency", "fulfilment", "key", "status", "totals"])
  })
})

describe("an order is stored anew", () => {
  const totals = {
    registered: 10000,
    shopperPending: 5,
    acquirerPending: 5,
    acquirerApproved: 5,
    captured: 5,
    refunded: 5,
    chargedBack: 5,
    reversed: 5
  }
  const asked = (given: typeof totals): Question => ({
    ...question(line("1")),
    report: { totals: given, payments: [] }
  })

  it.each(Object.keys(totals) as ReadonlyArray<keyof typeof totals>)("when only the total %s is another", (name) => {
    const first = reconcile(asked(totals)).order
    const other = { ...totals, [name]: totals[name] + 1 }
    const again = reconcile({ ...asked(other), order: first })
    expect([again.order.status, again.order.fulfilment]).toEqual([first.status, first.fulfilment])
    expect(again.order.totals).toEqual(other)
  })

  it("when only the hold is new", () => {
    const first = reconcile(question(line("1"))).order
    const intent = { wanted: "cancelled", cancelResult: "FAILED" } as const
    const { order } = reconcile({ ...question(line("1")), order: first, intent })
    expect(order).toEqual({ ...first, hold: "cancel-not-confirmed" })
  })

  it("when only now captured money covers it", () => {
    const paid = question(line("1", "VISA", "AUTHORIZED"))
    const captured = { ...paid, report: { ...paid.report, totals: { ...paid.report.totals, captured: 10000 } } }
    const first = reconcile(captured).order
    const { order } = reconcile({ ...captured, order: { ...first, coveredByCapture: false } })
    expect(first).toMatchObject({ status: "paid", coveredByCapture: true })
    expect(order).toEqual(first)
  })

  it("when only the fulfilment is another", () => {
    const first = reconcile(question(line("1"))).order
    const { order } = reconcile({ ...question(line("1")), order: { ...first, fulfilment: "ship" } })
    expect(order).toEqual(first)
  })
})

describe("an order whose amount nobody knows", () => {
  it.each(["strict", "legacy-2016", "legacy-2013"] as const)("has no such figure under %s", (rules) => {
    const { order, ...asked } = question(line("1"))
    const { grossMinor: _, ...unknown } = order
    const { decision } = reconcile({ ...asked, order: unknown, policy: { ...defaultPolicy, rules } })
    expect(decision.figures).not.toHaveProperty("gross")
  })
})
