/**
 * Schemas accept what the kernel says and refuse what it could not trust.
 */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { defaultPolicy, explain, type Question, reconcile, ruleSetNames } from "../../src/index.ts"
import * as Schemas from "../../src/schema/index.ts"
import { questionOf } from "../vectors/answer.ts"
import { parseVector } from "../vectors/Vector.ts"

const vectors = readFileSync(new URL("../vectors/vectors-dev.jsonl", import.meta.url), "utf8")
  .trim().split("\n").map(parseVector)

const questions: ReadonlyArray<Question> = vectors.flatMap((vector) =>
  ruleSetNames.map((rules) => questionOf(vector, rules))
)

describe("every vector under every rule set", () => {
  it("asks a question that decodes to itself", () => {
    const report = Schema.decodeUnknownSync(Schemas.StatusReport)
    const policy = Schema.decodeUnknownSync(Schemas.Policy)
    const rows = Schema.decodeUnknownSync(Schema.Array(Schemas.PaymentRow))
    for (const question of questions) {
      expect(report(question.report)).toEqual(question.report)
      expect(policy(question.policy)).toEqual(question.policy)
      expect(rows(question.payments)).toEqual(question.payments)
    }
  })

  it("gets an answer that decodes to itself", () => {
    const decode = Schema.decodeUnknownSync(Schemas.Outcome)
    for (const question of questions) {
      // One vector starts from a word that is no status; only the legacy sets carry such words.
      if (!Schema.is(Schemas.OrderStatus)(question.order.status)) continue
      const outcome = reconcile(question)
      expect(decode(outcome)).toEqual(outcome)
      expect(explain(question)).toMatchObject(outcome)
    }
  })
})

const order = {
  key: "K1",
  status: "new",
  fulfilment: "wait",
  createdAtMs: 0,
  currency: "EUR",
  grossMinor: 100,
  totals: {
    registered: 1,
    shopperPending: 2,
    acquirerPending: 3,
    acquirerApproved: 4,
    captured: 5,
    refunded: 6,
    chargedBack: 7,
    reversed: 8
  }
}

const refused: ReadonlyArray<readonly [what: string, schema: Schema.Codec<unknown, unknown>, value: unknown]> = [
  ["a fraction of a minor unit", Schemas.Money, { minor: 0.5, currency: "EUR" }],
  ["an amount as text", Schemas.Money, { minor: "100", currency: "EUR" }],
  ["an amount above the safe integers", Schemas.Money, { minor: Number.MAX_SAFE_INTEGER + 1, currency: "EUR" }],
  ["an amount below the safe integers", Schemas.Money, { minor: Number.MIN_SAFE_INTEGER - 1, currency: "EUR" }],
  ["an infinite amount", Schemas.Money, { minor: Number.POSITIVE_INFINITY, currency: "EUR" }],
  ["a currency in small letters", Schemas.Money, { minor: 1, currency: "eur" }],
  ["a currency of four letters", Schemas.Money, { minor: 1, currency: "EURO" }],
  ["a currency with a letter before", Schemas.Money, { minor: 1, currency: "1EUR" }],
  ["an amount without currency", Schemas.Money, { minor: 1 }],
  ["a status nobody knows", Schemas.Order, { ...order, status: "bogus" }],
  ["a fulfilment nobody knows", Schemas.Order, { ...order, fulfilment: "maybe" }],
  ["a hold nobody knows", Schemas.Order, { ...order, hold: "bogus" }],
  ["a negative order amount", Schemas.Order, { ...order, grossMinor: -1 }],
  ["a time with a fraction", Schemas.Order, { ...order, createdAtMs: 0.5 }],
  ["a stored total with a fraction", Schemas.Order, { ...order, totals: { ...order.totals, captured: 0.5 } }],
  ["a report without totals", Schemas.StatusReport, { payments: [] }],
  ["a report without its list of payments", Schemas.StatusReport, { totals: {} }],
  ["a total as text", Schemas.StatusReport, { totals: { captured: "1" }, payments: [] }],
  ["an unknown rule set", Schemas.Policy, { ...defaultPolicy, rules: "lenient" }],
  ["an unknown paid policy", Schemas.Policy, { ...defaultPolicy, paidWhen: { default: "always", rules: [] } }],
  ["a negative margin", Schemas.Policy, { ...defaultPolicy, marginMinor: { EUR: -1 } }],
  ["an expiry after no day at all", Schemas.Policy, { ...defaultPolicy, expireAfterDays: 0 }],
  ["an expiry after more than ten years", Schemas.Policy, { ...defaultPolicy, expireAfterDays: 3651 }],
  ["an id order nobody knows", Schemas.Policy, { ...defaultPolicy, legacyIdOrder: "length" }],
  ["an intent nobody knows", Schemas.Intent, { wanted: "paid" }],
  ["a legacy intent without its status", Schemas.Intent, { wanted: "legacy" }],
  ["a finding nobody knows", Schemas.Finding, { kind: "bogus" }],
  ["a finding without its amount", Schemas.Finding, { kind: "overpaid", currency: "EUR" }],
  ["an event nobody knows", Schemas.OrderEvent, { type: "order.lost" }],
  ["a refusal nobody knows", Schemas.ReportViolation, { reason: "bogus" }],
  ["a comparison with an unknown figure", Schemas.Comparison, { left: "luck", operator: ">=", right: 0 }],
  ["a comparison by an unknown operator", Schemas.Comparison, { left: "net", operator: "~", right: 0 }],
  ["a rule nobody knows", Schemas.RuleId, "bogus"]
]

describe("refuses", () => {
  it.each(refused)("%s", (_, schema, value) => {
    expect(Schema.is(schema)(value)).toBe(false)
  })
})

const accepted: ReadonlyArray<readonly [what: string, schema: Schema.Codec<unknown, unknown>, value: unknown]> = [
  ["the largest safe amount", Schemas.Money, { minor: Number.MAX_SAFE_INTEGER, currency: "EUR" }],
  ["the smallest safe amount", Schemas.Money, { minor: Number.MIN_SAFE_INTEGER, currency: "JPY" }],
  ["an order with all it can hold", Schemas.Order, { ...order, hold: "paid-after-close", coveredByCapture: true }],
  ["the other hold", Schemas.Order, { ...order, hold: "cancel-not-confirmed" }],
  ["an order of nothing", Schemas.Order, { ...order, grossMinor: 0 }],
  ["expiry after one day", Schemas.Policy, { ...defaultPolicy, expireAfterDays: 1 }],
  ["expiry after ten years", Schemas.Policy, { ...defaultPolicy, expireAfterDays: 3650 }],
  ["a margin of nothing", Schemas.Policy, { ...defaultPolicy, marginMinor: { EUR: 0 } }],
  ["a policy with a rule per method and currency", Schemas.Policy, {
    ...defaultPolicy,
    paidWhen: { default: "promised", rules: [{ paymentMethod: "IDEAL", currency: "EUR", when: "considered-safe" }] },
    legacyIdOrder: "text"
  }],
  ["a cancel with its result", Schemas.Intent, { wanted: "cancelled", cancelResult: "FAILED" }],
  ["an expiry", Schemas.Intent, { wanted: "expired" }],
  ["every refusal", Schema.Array(Schemas.ReportViolation), [
    { reason: "negative-total", total: "captured" },
    { reason: "amount-out-of-range", total: "captured" },
    { reason: "amount-out-of-range", paymentId: "1" },
    { reason: "no-total" },
    { reason: "payment-id", position: 0 },
    { reason: "contradicting-entries", paymentId: "1" }
  ]],
  ["a comparison with nothing", Schemas.Comparison, { left: "net", operator: "<=", right: 0, less: "margin" }]
]

describe("accepts", () => {
  it.each(accepted)("%s", (_, schema, value) => {
    expect(Schema.decodeUnknownSync(schema)(value)).toEqual(value)
  })
})

describe("published as JSON schema", () => {
  it("says what a minor unit, a currency and an instant are", () => {
    const document = Schema.toJsonSchemaDocument(Schemas.Order)
    const text = JSON.stringify(document)
    for (const words of ["minor units", "ISO 4217", "Milliseconds since"]) expect(text).toContain(words)
  })

  it("names every type that stands for itself", () => {
    const names = [Schemas.Outcome, Schemas.StatusReport, Schemas.Policy, Schemas.Intent].flatMap((schema) =>
      Object.keys(Schema.toJsonSchemaDocument(schema).definitions)
    )
    expect([...new Set(names)].toSorted()).toEqual([
      "ApiInformation",
      "ApproximateTotals",
      "Authorization",
      "Capture",
      "Chargeback",
      "ClosedBy",
      "Comparison",
      "ConsideredSafe",
      "CoverPolicy",
      "Decision",
      "Figures",
      "Finding",
      "Fulfilment",
      "Hold",
      "Intent",
      "Money",
      "Order",
      "OrderEvent",
      "OrderStatus",
      "Outcome",
      "PaidWhen",
      "PaymentLine",
      "PaymentRow",
      "Policy",
      "Refund",
      "Refusal",
      "ReportedTotals",
      "Reversal",
      "RuleId",
      "StatusReport"
    ])
  })
})
