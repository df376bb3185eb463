import type { EventPayload } from "@docdata/application"
import { WebhookBody } from "@docdata/contract"
import type { PaymentRow } from "@docdata/domain"
import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { testWebhookBody, webhookBody, webhookBytesMax } from "../src/webhooks/webhookBody.ts"

const order = {
  id: "ord_1",
  shopReference: "S1",
  orderReference: "S1-REF",
  orderAttempt: 1,
  currency: "EUR",
  grossMinor: 4990
}

const payment: PaymentRow = {
  paymentId: "4711",
  paymentMethod: "VISA",
  status: "AUTHORIZED",
  confidenceLevel: "ACQUIRER_APPROVED",
  currency: "EUR",
  allocatedMinor: 4990,
  debitedMinor: 4990,
  refundedMinor: 1000,
  chargedBackMinor: 500,
  reversedMinor: 0
}

/** One of each type. */
const events: { readonly [Type in EventPayload["type"]]: Extract<EventPayload, { readonly type: Type }> } = {
  "order.created": { type: "order.created", orderReference: "S1-REF" },
  "notification.received": { type: "notification.received" },
  "return.visited": { type: "return.visited", callback: "success" },
  "payment.proceeded": { type: "payment.proceeded", paymentId: "4711" },
  "payment.not_proceeded": { type: "payment.not_proceeded", paymentId: "4711" },
  "anomaly.raised": {
    type: "anomaly.raised",
    anomalyId: "anm_1",
    kind: "underpaid",
    subject: "",
    level: "warning",
    data: { outstanding: 1, currency: "EUR" }
  },
  "modification.resolved": {
    type: "modification.resolved",
    kind: "refund",
    reference: "r-1",
    outcome: "failed",
    by: "key-1",
    evidence: "back-office"
  },
  "capture.confirmed": {
    type: "capture.confirmed",
    reference: "c-1",
    paymentId: "4711",
    amountMinor: 1,
    currency: "EUR"
  },
  "capture.failed": { type: "capture.failed", reference: "c-1", paymentId: "4711", amountMinor: 1, currency: "EUR" },
  "refund.confirmed": {
    type: "refund.confirmed",
    reference: "r-1",
    paymentId: "4711",
    amountMinor: 1,
    currency: "EUR"
  },
  "refund.failed": { type: "refund.failed", reference: "r-1", paymentId: "4711", amountMinor: 1, currency: "EUR" },
  "payment.added": { type: "payment.added", paymentId: "4711", payment },
  "payment.updated": { type: "payment.updated", paymentId: "4711", payment, changed: ["refundedMinor"] },
  "order.status_changed": {
    type: "order.status_changed",
    from: "paid",
    to: "paid_refunded",
    rule: "paid-partly-returned",
    currency: "EUR",
    captured: 4990,
    refunded: 1000,
    chargedBack: 500,
    net: 3490,
    closed: false
  },
  "order.fulfilment_changed": { type: "order.fulfilment_changed", from: "ship", to: "stop" },
  "shop_order.status_changed": {
    type: "shop_order.status_changed",
    shopReference: "S1",
    from: "pending",
    to: "paid",
    leadingOrderId: "ord_1",
    shop: { from: "open", status: "paid", step: "moved" }
  },
  "shop_order.fulfilment_changed": {
    type: "shop_order.fulfilment_changed",
    shopReference: "S1",
    from: "wait",
    to: "ship",
    leadingOrderId: "ord_1"
  }
}

const event = (one: EventPayload) => ({
  id: "ord_1-2-0",
  merchant: "shop",
  revision: 2,
  position: 0,
  occurredAtMs: Date.UTC(2026, 0, 5, 12),
  payload: one
})

const decode = Schema.decodeUnknownSync(WebhookBody, { onExcessProperty: "error" })

describe("the schema of what webhooks say", () => {
  it.each(Object.values(events))("describes $type, every field of it", (one) => {
    const body = JSON.parse(webhookBody(event(one), order)) as unknown
    expect(decode(body)).toEqual(body)
  })

  it("describes the test message", () => {
    const body = JSON.parse(testWebhookBody("whe_1", { id: "whtest_1", atMs: 0 })) as unknown
    expect(decode(body)).toEqual(body)
  })

  it.each([
    ["an unknown type", { type: "order.eaten" }],
    ["another shape", { data: {} }]
  ])("refuses %s", (_what, over) => {
    const body = { ...JSON.parse(webhookBody(event(events["order.created"]), order)) as object, ...over }
    expect(() => decode(body)).toThrow()
  })
})

it("the largest event is a tenth of what a receiver has to take", () => {
  // The longest that references, payment ids and words may be.
  const longest = "x".repeat(200)
  const large: EventPayload = {
    ...events["payment.updated"],
    payment: { ...payment, paymentMethod: longest, status: longest, confidenceLevel: longest },
    changed: ["status", "confidenceLevel", "refundedMinor", "chargedBackMinor", "debitedMinor"]
  }
  const body = webhookBody(event(large), { ...order, shopReference: longest, orderReference: longest })
  expect(Buffer.byteLength(body)).toBeLessThan(webhookBytesMax / 10)
})
