/**
 * Faults of the reference that no vector of 2016 shows: each test names its number in `docs/reference/quirks.md`.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { Amount, defaultPolicy, type Order, type PaymentLine, type Question, reconcile } from "../src/index.ts"
import { answerVector, questionOf } from "./vectors/answer.ts"
import { parseVector } from "./vectors/Vector.ts"

const vectors = new Map(
  readFileSync(join(import.meta.dirname, "vectors", "vectors-dev.jsonl"), "utf8").trim().split("\n")
    .map((line) => parseVector(line)).map((vector) => [vector.id, vector] as const)
)

const dayMs = 24 * 60 * 60 * 1000

const order: Order = {
  key: "A1B2C3D4E5F6",
  status: "new",
  fulfilment: "wait",
  createdAtMs: Date.UTC(2026, 2, 15),
  currency: "EUR",
  grossMinor: 4990
}

const line = (id: string, status: string): PaymentLine => ({
  id,
  paymentMethod: "VISA",
  authorization: {
    status,
    amount: { minor: 4990, currency: "EUR" },
    confidenceLevel: "ACQUIRER_APPROVED",
    captures: [],
    refunds: [],
    chargebacks: []
  }
})

const totals = {
  exchangedTo: "EUR",
  registered: 4990,
  shopperPending: 0,
  acquirerPending: 0,
  acquirerApproved: 0,
  captured: 0,
  refunded: 0,
  chargedBack: 0,
  reversed: 0
}

const ask = (changes: Partial<Question> = {}): Question => ({
  order,
  payments: [],
  report: { totals, payments: [] },
  nowMs: order.createdAtMs + dayMs,
  policy: defaultPolicy,
  ...changes
})

const strictOf = (id: string) => answerVector(vectors.get(id)!, "strict")

describe("faults of the older generation", () => {
  it("Q05: a chargeback without a reason is read", () => {
    expect(vectors.get("dev-0091")!.input.report.payments[0]!.authorization.chargebacks![0]!.reason).toBeUndefined()
    expect(strictOf("dev-0091").status).toBe("charged_back")
  })

  it.each([["a refund", "dev-0103"], ["a chargeback", "dev-0107"]])("Q09: %s in part is paid_refunded", (_, id) => {
    expect(strictOf(id).status).toBe("paid_refunded")
  })

  it("Q21: a cancelled order stays cancelled when a report lists no payment", () => {
    expect(strictOf("dev-0009").status).toBe("cancelled")
  })

  it("Q31: debited is what was captured, and nothing while no capture has succeeded", () => {
    const rows = (id: string) => strictOf(id).payments.map(({ amountDebited }) => amountDebited)
    const finished = (id: string) =>
      vectors.get(id)!.input.report.payments.map(({ authorization }) =>
        (authorization.captures ?? []).filter(({ status }) => status === "CAPTURED")
          .reduce((sum, { amount }) => sum + amount, 0)
      ).map((minor) => Amount.toMajor({ minor, currency: "EUR" }))
    for (const id of ["dev-0195", "dev-0197"]) expect(rows(id)).toEqual(finished(id))
  })
})

describe("faults that no vector can show", () => {
  it("Q28: rows, order and events come together, payments first, and every event follows from the answer", () => {
    const captured = { ...totals, acquirerApproved: 4990, captured: 4990 }
    const paid = line("1000000001", "AUTHORIZED")
    const { events, order: after } = reconcile(ask({
      report: { totals: captured, payments: [paid, line("999999999", "CANCELED")] }
    }))
    expect(events.map((event) => "paymentId" in event ? [event.type, event.paymentId] : [event.type, event.to]))
      .toEqual([
        ["payment.added", "999999999"],
        ["payment.added", "1000000001"],
        ["order.status_changed", after.status],
        ["order.fulfilment_changed", after.fulfilment]
      ])
    expect(events[2]).toMatchObject({ captured: after.totals!.captured })
  })

  it("Q35: the finding of an unknown word holds the word that was received", () => {
    const { findings } = reconcile(ask({ report: { totals, payments: [line("7", "SOMETHING_NEW")] } }))
    expect(findings).toEqual([{ kind: "unknown-status-word", paymentId: "7", word: "SOMETHING_NEW" }])
  })

  it("Q40: an amount is read from text and keeps every cent", () => {
    expect(Amount.fromMajor("19.99", "EUR", "exact")).toEqual({ minor: 1999, currency: "EUR" })
  })

  it("Q43: 21 days are 21 times 24 hours between two instants, also across a change of clocks, and only more expires", () => {
    // Clocks changed in Europe on 29 March 2026, within these 21 days.
    const at = (ageMs: number) => reconcile(ask({ nowMs: order.createdAtMs + ageMs })).decision.status
    expect([at(21 * dayMs), at(21 * dayMs + 1)]).toEqual(["new", "expired"])
  })

  it("Q44: blanks, line breaks and excess length of a word are cut, with a finding", () => {
    const { findings, payments } = reconcile(ask({
      report: { totals, payments: [{ ...line("7", " STARTED\r\n"), paymentMethod: `VI\nSA ${"x".repeat(90)}` }] }
    }))
    expect(payments.map(({ paymentMethod, status }) => [status, paymentMethod]))
      .toEqual([["STARTED", `VI SA ${"x".repeat(44)}`]])
    expect(findings).toEqual([{ kind: "text-trimmed", paymentId: "7" }])
  })

  it("Q45: a reversed authorisation is stored, shown and no longer open", () => {
    const whole = { amount: { minor: 4990, currency: "EUR" } }
    const given = line("7", "AUTHORIZED")
    const { decision, findings, payments } = reconcile(ask({
      report: {
        totals: { ...totals, acquirerApproved: 4990, reversed: 4990 },
        payments: [{ ...given, authorization: { ...given.authorization, reversal: whole } }]
      }
    }))
    expect([decision.status, decision.figures.reversed, payments[0]!.reversedMinor]).toEqual(["cancelled", 4990, 4990])
    expect(findings).toContainEqual({ kind: "voided", paymentId: "7" })
  })

  it("Q46: a missing confidence level is an empty one, and decides", () => {
    const vector = parseVector(JSON.stringify({
      ...vectors.get("dev-0001")!,
      input: {
        ...vectors.get("dev-0001")!.input,
        report: {
          approximateTotals: vectors.get("dev-0001")!.input.report.approximateTotals,
          payments: [{
            id: 7,
            paymentMethod: "VISA",
            authorization: { status: "AUTHORIZED", amount: 3310, currency: "EUR" }
          }]
        }
      }
    }))
    const { decision, findings, payments } = reconcile(questionOf(vector, "strict"))
    expect([decision.status, payments[0]!.confidenceLevel, findings]).toEqual(["pending", "", []])
  })

  it("Q47: totals in a currency that the order does not have pay nothing", () => {
    const { decision, findings } = reconcile(ask({
      report: {
        totals: { ...totals, exchangedTo: "JPY", acquirerApproved: 4990, captured: 4990 },
        payments: [line("7", "AUTHORIZED")]
      }
    }))
    expect([decision.status, decision.fulfilment]).toEqual(["unknown", "wait"])
    expect(findings).toContainEqual({ kind: "wrong-currency", currency: "JPY", orderCurrency: "EUR" })
  })
})
