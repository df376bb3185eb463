/**
 * Schemas of compound values: all of what the scenarios ask and answer, and nothing with a field missing.
 */
import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import type { FigureName } from "../../src/Figures.ts"
import * as Schemas from "../../src/schema/index.ts"
import { allCases } from "../scenarios/cases.ts"

describe("every scenario", () => {
  it("asks a question and gets an answer that decode to themselves", () => {
    const report = Schema.decodeUnknownSync(Schemas.StatusReport)
    const outcome = Schema.decodeUnknownSync(Schemas.Outcome)
    for (const { outcome: answered, question } of allCases()) {
      // Some scenarios are about ids, amounts and text that the schema of a report takes and the kernel refuses.
      if (answered.decision.rule !== "report-refused") expect(report(question.report)).toEqual(question.report)
      expect(outcome(answered)).toEqual(answered)
    }
  })
})

const money = { minor: 100, currency: "EUR" }
const item = { status: "CAPTURED", amount: money }

const complete: ReadonlyArray<readonly [what: string, schema: Schema.Codec<unknown, unknown>, value: object]> = [
  ["a capture", Schemas.Capture, item],
  ["a refund", Schemas.Refund, item],
  ["a chargeback", Schemas.Chargeback, item],
  ["a reversal", Schemas.Reversal, { amount: money }],
  ["the provider's verdict", Schemas.ConsideredSafe, { value: true, level: "SAFE" }],
  ["the version of the API", Schemas.ApiInformation, { originalVersion: "1.3", conversionApplied: false }],
  ["a stored payment", Schemas.PaymentRow, {
    paymentId: "1",
    paymentMethod: "VISA",
    status: "NEW",
    confidenceLevel: "",
    allocatedMinor: 0,
    debitedMinor: 0,
    refundedMinor: 0,
    chargedBackMinor: 0,
    reversedMinor: 0
  }],
  ["figures", Schemas.Figures, {
    currency: "EUR",
    registered: 1,
    shopperPending: 0,
    acquirerPending: 0,
    acquirerApproved: 0,
    captured: 0,
    refunded: 0,
    chargedBack: 0,
    reversed: 0,
    margin: 0,
    paidCover: 0,
    shipCover: 0,
    kept: 0,
    net: 0
  }],
  ["a request of a caller of the reference", Schemas.Intent, { wanted: "legacy", status: "bogus" }],
  ["a cover policy", Schemas.CoverPolicy, { default: "captured", rules: [{ when: "approved" }] }],
  ["voided", Schemas.Finding, { kind: "voided", paymentId: "1" }],
  ["an unknown capture word", Schemas.Finding, { kind: "unknown-capture-word", paymentId: "1", word: "ODD" }],
  ["a duplicate", Schemas.Finding, { kind: "duplicate-payment-id", paymentId: "1" }],
  ["a trimmed text", Schemas.Finding, { kind: "text-trimmed", paymentId: "1" }]
].map(([what, schema, value]) => [what, schema, value] as never)

describe("a value", () => {
  it.each(complete)(
    "%s is taken whole, and not without one of its fields or with a field of another type",
    (_, schema, value) => {
      const is = Schema.is(schema)
      expect(is(value)).toBe(true)
      for (const key of Object.keys(value)) {
        const { [key as never]: _left, ...rest } = value
        expect([key, is(rest)]).toEqual([key, false])
        expect([key, is({ ...value, [key]: Symbol("no such value") })]).toEqual([key, false])
      }
    }
  )

  it("of an exception to a cover policy says when", () => {
    const policy = (rule: object) => ({ default: "captured", rules: [rule] })
    const is = Schema.is(Schemas.CoverPolicy)
    expect([is(policy({ when: "approved" })), is(policy({})), is(policy({ when: "approved", currency: 1 }))])
      .toEqual([true, false, false])
  })

  it("of an optional field is of its type", () => {
    expect(Schema.is(Schemas.Finding)({ kind: "cancel-not-confirmed" })).toBe(true)
    expect(Schema.is(Schemas.Finding)({ kind: "cancel-not-confirmed", cancelResult: 1 })).toBe(false)
  })

  it.each<FigureName>([
    "registered",
    "shopperPending",
    "acquirerPending",
    "acquirerApproved",
    "captured",
    "refunded",
    "chargedBack",
    "reversed",
    "gross",
    "margin",
    "paidCover",
    "shipCover",
    "kept",
    "net"
  ])("may compare %s", (left) => {
    expect(Schema.is(Schemas.Comparison)({ left, operator: ">", right: 0 })).toBe(true)
  })
})
