/**
 * The orders of the crash proof, and reports about them. A report follows from a number, so that it need not be kept.
 */
import type { Commit, NewOrder, Observation, OrderSnapshot } from "@docdata/application"
import { defaultPolicy, type Order, type Outcome, type PaymentRow, reconcile, type StatusReport } from "@docdata/domain"

export const orderCount = 12
export const subscribers = ["webhook", "mail"] as const
const grossMinor = 10_000
/** What captures of one order may add up to. */
export const captureLimitMinor = 5_000

const startMs = Date.UTC(2026, 0, 5, 12)

export const newOrder = (number: number): NewOrder => ({
  id: `order-${number}`,
  merchant: "shop",
  shopReference: `S${number}`,
  orderReference: `R${number}`,
  idempotencyKey: `idempotency-${number}`,
  fingerprint: "same",
  language: "nl",
  billToCountry: "NL",
  currency: "EUR",
  grossMinor,
  createdAtMs: startMs
})

const words = ["NEW", "REDIRECTED_FOR_AUTHENTICATION", "AUTHORIZED", "AUTHORIZED", "CANCELED", "AUTHORIZATION_FAILED"]

/** A report that is one of many: up to three attempts of that order, some captured, some refunded. */
const reportOf = (orderId: string, number: number): StatusReport => {
  const money = (minor: number) => ({ minor, currency: "EUR" })
  const captured = number % 3 === 0 ? grossMinor : 0
  const refunded = number % 12 === 0 ? 2_500 : 0
  const count = 1 + number % 3
  return {
    totals: {
      exchangedTo: "EUR",
      registered: grossMinor,
      shopperPending: 0,
      acquirerPending: 0,
      acquirerApproved: number % 2 === 0 ? grossMinor : 0,
      captured,
      refunded,
      chargedBack: 0,
      reversed: 0
    },
    payments: Array.from({ length: count }, (_, index) => ({
      id: `${orderId.replace(/\D/g, "")}${100 + index}`,
      paymentMethod: "IDEAL",
      authorization: {
        status: words[(number + index) % words.length]!,
        amount: money(grossMinor),
        confidenceLevel: "ACQUIRER_APPROVED",
        captures: index === 0 && captured > 0 ? [{ status: "CAPTURED", amount: money(captured) }] : [],
        refunds: index === 0 && refunded > 0 ? [{ status: "CAPTURED", amount: money(refunded) }] : [],
        chargebacks: []
      }
    }))
  }
}

const decide = (order: Order, payments: ReadonlyArray<PaymentRow>, report: StatusReport, nowMs: number): Outcome =>
  reconcile({ order, payments, report, nowMs, policy: defaultPolicy })

/** The change that a refresh of the order leads to. */
export const changeOf = ({ order, payments }: OrderSnapshot, number: number): Commit => {
  const report = reportOf(order.id, number)
  // Time moves with the revision, and so never back.
  const nowMs = startMs + order.revision * 1000
  const outcome = decide(order.state, payments, report, nowMs)
  return {
    orderId: order.id,
    expectedRevision: order.revision,
    committedAtMs: nowMs,
    state: outcome.order,
    payments: outcome.payments,
    observation: {
      observedBy: "notification",
      askedAtMs: nowMs,
      answeredAtMs: nowMs,
      report,
      rules: "strict",
      decision: outcome.decision,
      findings: outcome.findings,
      exchange: { requestText: "<request/>", replyText: `<reply>${number}</reply>` }
    },
    events: [{ type: "notification.received" }, ...outcome.events],
    subscribers,
    modifications: [],
    nextRefreshAtMs: nowMs + 60_000,
    quietRefreshes: 0
  }
}

/** What the refreshes an order, oldest first, make of its first state. */
export const replay = (first: Order, refreshes: ReadonlyArray<Observation>): Pick<OrderSnapshot, "payments"> & {
  readonly state: Order
} =>
  refreshes.reduce<{ readonly state: Order; readonly payments: ReadonlyArray<PaymentRow> }>(
    ({ payments, state }, { askedAtMs, report }) => {
      const outcome = decide(state, payments, report, askedAtMs)
      return { state: outcome.order, payments: outcome.payments }
    },
    { state: first, payments: [] }
  )
