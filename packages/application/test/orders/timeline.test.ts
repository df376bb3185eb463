import { assert, it } from "@effect/vitest"
import { type Observation, type StoredEvent, timelineOf } from "../../src/index.ts"

const row = {
  paymentId: "5120050101",
  paymentMethod: "VISA",
  status: "AUTHORIZED",
  confidenceLevel: "ACQUIRER_APPROVED",
  currency: "EUR",
  allocatedMinor: 4990,
  debitedMinor: 4990,
  refundedMinor: 1000,
  chargedBackMinor: 0,
  reversedMinor: 0
}

const updated = (payment: typeof row | Omit<typeof row, "currency">): StoredEvent => ({
  id: "evt_1",
  merchant: "shop",
  orderId: "ord_1",
  revision: 2,
  position: 0,
  occurredAtMs: 1000,
  payload: {
    type: "payment.updated",
    paymentId: row.paymentId,
    payment,
    changed: ["confidenceLevel", "debitedMinor", "refundedMinor"]
  }
})

const { currency: _, ...imported } = row

it("a changed payment is told in words and money, not in names of fields", () => {
  const texts = timelineOf({ refreshes: [], modifications: [], events: [updated(row), updated(imported)] })
  assert.deepEqual(texts.map(({ text }) => text), [
    "payment 5120050101: AUTHORIZED (ACQUIRER_APPROVED, debited 49.90 EUR, refunded 10.00 EUR)",
    // What was imported may lack the currency, and a number without one says nothing.
    "payment 5120050101: AUTHORIZED (ACQUIRER_APPROVED, debited, refunded)"
  ])
})

it("what led to a refresh stands before it, and what the refresh led to after it", () => {
  const refresh = {
    revision: 2,
    answeredAtMs: 990,
    observedBy: "notification",
    decision: { status: "paid", fulfilment: "ship", rule: "captured" },
    findings: []
  } as unknown as Observation
  const triggers = (["notification.received", "return.visited"] as const).map((type) => ({
    ...updated(row),
    payload: { type, ...(type === "return.visited" ? { callback: "success" } : {}) }
  })) as unknown as ReadonlyArray<StoredEvent>
  const entries = timelineOf({ refreshes: [refresh], modifications: [], events: [updated(row), ...triggers] })
  assert.deepEqual(entries.map(({ atMs, kind, type }) => [atMs, type ?? kind]), [
    [990, "notification.received"],
    [990, "return.visited"],
    [990, "refresh"],
    [1000, "payment.updated"]
  ])
})
