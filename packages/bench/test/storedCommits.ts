/**
 * The change that the store benchmarks write: an order, two payments, an observation, two events with a delivery each.
 */
import type { Commit, EventPayload, NewObservation, NewOrder } from "@docdata/application"
import type { PaymentRow } from "@docdata/domain"

const startMs = Date.UTC(2026, 0, 5)

export const newOrder = (number: number): NewOrder => ({
  id: `order-${number}`,
  merchant: `shop-${number % 3}`,
  shopReference: `S${number}`,
  orderReference: `R${number}`,
  idempotencyKey: `idempotency-${number}`,
  fingerprint: "same",
  language: "nl",
  billToCountry: "NL",
  currency: "EUR",
  grossMinor: 10_000,
  createdAtMs: startMs + number * 1_000,
  leaseUntilMs: startMs + number * 1_000
})

const row = (paymentId: string): PaymentRow => ({
  paymentId,
  paymentMethod: "IDEAL",
  status: "AUTHORIZED",
  confidenceLevel: "ACQUIRER_APPROVED",
  currency: "EUR",
  allocatedMinor: 10_000,
  debitedMinor: 10_000,
  refundedMinor: 0,
  chargedBackMinor: 0,
  reversedMinor: 0
})

/** Ids of the payments of an order. */
export const paymentIdsOf = (orderId: string): ReadonlyArray<string> => {
  const number = orderId.replace(/\D/g, "")
  return [`4711${number}`, `4712${number}`]
}

export const events: ReadonlyArray<EventPayload> = [
  { type: "notification.received" },
  { type: "order.fulfilment_changed", from: "wait", to: "ship" }
]

export const observation: NewObservation = {
  observedBy: "notification",
  askedAtMs: startMs,
  answeredAtMs: startMs + 200,
  report: {
    totals: { exchangedTo: "EUR", registered: 10_000, acquirerApproved: 10_000, captured: 10_000 },
    payments: []
  },
  rules: "strict",
  decision: {
    status: "paid",
    rule: "paid-in-full",
    figures: {
      registered: 10_000,
      shopperPending: 0,
      acquirerPending: 0,
      acquirerApproved: 10_000,
      captured: 10_000,
      refunded: 0,
      chargedBack: 0,
      reversed: 0,
      net: 10_000,
      paidCover: 10_000,
      shipCover: 10_000,
      margin: 0,
      currency: "EUR"
    } as NewObservation["decision"]["figures"],
    compared: [],
    fulfilment: "ship"
  },
  findings: [],
  exchange: { requestText: `<request>${"x".repeat(400)}</request>`, replyText: `<reply>${"x".repeat(1_500)}</reply>` }
}

export const commitOf = (number: number, expectedRevision: number): Commit => ({
  orderId: `order-${number}`,
  expectedRevision,
  committedAtMs: startMs,
  state: {
    key: "",
    status: "paid",
    fulfilment: "ship",
    createdAtMs: startMs,
    currency: "EUR",
    grossMinor: 10_000
  },
  payments: paymentIdsOf(`order-${number}`).map(row),
  observation,
  events,
  subscribers: ["webhook"],
  modifications: [],
  nextRefreshAtMs: undefined,
  quietRefreshes: 0
})
