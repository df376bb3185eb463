/**
 * The small words and functions of the model.
 */
import { describe, expect, it } from "vitest"
import { authorizationClassOf, authorizationStatuses } from "../src/AuthorizationStatus.ts"
import { type Finding, hasError, levelOf } from "../src/Finding.ts"
import { isAccepted } from "../src/Intent.ts"
import { eventId } from "../src/OrderEvent.ts"
import { isClosed, isMoneyState, orderStatuses } from "../src/OrderStatus.ts"
import { changedFields, isForeign, type PaymentRow } from "../src/PaymentRow.ts"

const row: PaymentRow = {
  paymentId: "1",
  paymentMethod: "VISA",
  status: "NEW",
  confidenceLevel: "",
  allocatedMinor: 0,
  debitedMinor: 0,
  refundedMinor: 0,
  chargedBackMinor: 0,
  reversedMinor: 0
}

describe("order states", () => {
  it("of money are four, closed ones two", () => {
    expect(orderStatuses).toHaveLength(10)
    expect(orderStatuses.filter(isMoneyState)).toEqual(["paid", "paid_refunded", "charged_back", "refunded"])
    expect(orderStatuses.filter(isClosed)).toEqual(["cancelled", "expired"])
  })
})

describe("words of attempts", () => {
  it("are the 18 of the schema and six older ones; any other is unknown", () => {
    expect(authorizationStatuses.size).toBe(24)
    expect(["", "authorized", "toString", "AUTHORIZED "].map(authorizationClassOf))
      .toEqual(["unknown", "unknown", "unknown", "unknown"])
  })
})

describe("the answer to a cancel", () => {
  it("is a confirmation only in the words known to be one, or without a word", () => {
    const words = [undefined, "SUCCESS", "NO_PAYMENTS", "ALREADY_CANCELED", "FAILED", "PENDING", "", "success", "NEW"]
    expect(words.map(isAccepted)).toEqual([true, true, true, true, false, false, false, false, false])
  })
})

describe("the id of an event", () => {
  it("follows from order, revision and position", () => {
    expect(eventId("ABC", 7, 0)).toBe("ABC-7-0")
  })
})

describe("a stored payment", () => {
  it("is foreign when it was found under another order", () => {
    expect([isForeign(row, "A"), isForeign({ ...row, orderKey: "A" }, "A"), isForeign({ ...row, orderKey: "B" }, "A")])
      .toEqual([false, false, true])
  })

  it.each([
    ["paymentMethod", "IDEAL"],
    ["status", "STARTED"],
    ["confidenceLevel", "ACQUIRER_APPROVED"],
    ["allocatedMinor", 1],
    ["debitedMinor", 1],
    ["refundedMinor", 1],
    ["chargedBackMinor", 1],
    ["reversedMinor", 1]
  ])("tells when its %s changes", (field, value) => {
    expect(changedFields(row, { ...row, [field]: value })).toEqual([field])
  })

  it("does not tell of its currency", () => {
    expect(changedFields(row, { ...row, currency: "EUR" })).toEqual([])
  })
})

describe("a finding", () => {
  const voided: Finding = { kind: "voided", paymentId: "1" }
  const alone: Finding = { kind: "report-without-lines" }

  it("of level error among others forbids shipping", () => {
    expect([hasError([]), hasError([voided]), hasError([voided, alone])]).toEqual([false, false, true])
  })

  // Source: design of the kernel, table of findings; the last ones are what the reference logs.
  it.each([
    ["error", "registered-below-gross money-vanished capture-failed report-without-lines returned-more-than-captured"],
    ["error", "lines-above-totals foreign-payment-id report-refused cancel-not-confirmed paid-after-close"],
    ["warning", "registered-above-gross overpaid underpaid within-margin partial-chargeback voided lines-below-totals"],
    ["warning", "mixed-currencies unknown-status-word unknown-capture-word duplicate-payment-id stuck-pending"],
    ["warning", "payment-method-changed"],
    ["info", "total-missing text-trimmed"],
    ["error", "unclear-totals negative-sum unhandled-totals total-mismatch legacy-report-refused"],
    ["warning", "order-status-unknown legacy-unknown-status-word legacy-payment-method-changed"]
  ])("of level %s: %s", (level, kinds) => {
    const levels = kinds.split(" ").map((kind) => levelOf({ kind } as Finding))
    expect(new Set(levels)).toEqual(new Set([level]))
  })
})
