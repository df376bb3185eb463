/**
 * Orders, changes and notifications of the conformance cases. Everything has a number, and times follow from it.
 */
import {
  type Commit,
  type Modification,
  type NewObservation,
  type NewOrder,
  OrderStore,
  type StoredOrder,
  type Subscriber
} from "@docdata/application"
import { defaultPolicy, type PaymentRow, type StatusReport } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { sampleNewOrder, sampleNoonMs } from "../sample/sampleShop.ts"

/** When the first thing happens. */
export const startMs = sampleNoonMs
export const secondMs = 1000
export const minuteMs = 60 * secondMs

/** An order that nobody reserved yet. */
export const newOrder = sampleNewOrder

/** Docdata's key of the order with this number. */
export const keyOf = (number: number): string => `KEY${String(number).padStart(29, "0")}`

/** An order that was reserved. */
export const reserved = (number: number, over: Partial<NewOrder> = {}) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    return (yield* store.reserve(newOrder(number, over))).order
  })

/** What `confirmed` may be told. */
export interface ConfirmedWith {
  readonly order?: Partial<NewOrder>
  readonly key?: string
  readonly subscribers?: ReadonlyArray<Subscriber>
  readonly nextRefreshAtMs?: number
}

/** An order that was reserved and confirmed. */
export const confirmed = (number: number, request: ConfirmedWith = {}) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { createdAtMs, id } = yield* reserved(number, request.order)
    return yield* store.confirm({
      orderId: id,
      key: request.key ?? keyOf(number),
      confirmedAtMs: createdAtMs + 100,
      subscribers: request.subscribers ?? [],
      nextRefreshAtMs: request.nextRefreshAtMs
    })
  })

/** A change that changes nothing but the revision, apart from what is given. */
export const change = (order: StoredOrder, over: Partial<Commit> = {}): Commit => ({
  orderId: order.id,
  expectedRevision: order.revision,
  committedAtMs: startMs + minuteMs,
  state: order.state,
  payments: [],
  events: [],
  subscribers: [],
  modifications: [],
  nextRefreshAtMs: order.nextRefreshAtMs,
  quietRefreshes: order.quietRefreshes,
  ...over
})

/** Stores a change and answers the order as it is afterwards. */
export const committed = (order: StoredOrder, over: Partial<Commit> = {}) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    yield* store.commit(change(order, over))
    return (yield* store.read({ by: "id", id: order.id })).order
  })

export const row = (paymentId: string, over: Partial<PaymentRow> = {}): PaymentRow => ({
  paymentId,
  paymentMethod: "IDEAL",
  status: "AUTHORIZED",
  confidenceLevel: "ACQUIRER_APPROVED",
  currency: "EUR",
  allocatedMinor: 1001,
  debitedMinor: 0,
  refundedMinor: 0,
  chargedBackMinor: 0,
  reversedMinor: 0,
  ...over
})

const money = { minor: 1001, currency: "EUR" }

/** A report with everything a report can hold, texts of people included. */
export const report: StatusReport = {
  totals: {
    exchangedTo: "EUR",
    exchangeRateDate: "2026-01-05 12:00:00",
    registered: 1001,
    shopperPending: 0,
    acquirerPending: 0,
    acquirerApproved: 1001,
    captured: 1001,
    refunded: 100,
    chargedBack: 50,
    reversed: 0
  },
  payments: [{
    id: "4711",
    paymentMethod: "IDEAL",
    authorization: {
      status: "AUTHORIZED",
      reason: "asked J. de Vries",
      amount: money,
      confidenceLevel: "ACQUIRER_APPROVED",
      captures: [
        { merchantReference: "C1", status: "CAPTURED", amount: money, reason: "by J. de Vries" },
        { status: "FAILED", amount: money }
      ],
      refunds: [{
        merchantReference: "F1",
        status: "CAPTURED",
        amount: { minor: 100, currency: "EUR" },
        reason: "gift"
      }],
      chargebacks: [{
        chargebackId: "B1",
        status: "CHARGED",
        amount: { minor: 50, currency: "EUR" },
        reason: "J. de Vries denies it",
        enquiryReason: "who is J. de Vries?"
      }],
      reversal: { amount: money, reason: "J. de Vries cancelled" }
    }
  }],
  consideredSafe: { value: true, level: "SAFE", date: "2026-01-05T12:00:00.000+01:00", reason: "EXACT_MATCH" },
  apiInformation: { originalVersion: "1.3", conversionApplied: false }
}

/** A refresh of an order that began `afterMs` after the start. */
export const observation = (afterMs: number, over: Partial<NewObservation> = {}): NewObservation => ({
  observedBy: "notification",
  askedAtMs: startMs + afterMs,
  answeredAtMs: startMs + afterMs + 250,
  report,
  rules: "strict",
  policy: defaultPolicy,
  decision: {
    status: "paid",
    rule: "paid-in-full",
    figures: {
      currency: "EUR",
      registered: 1001,
      gross: 1001,
      shopperPending: 0,
      acquirerPending: 0,
      acquirerApproved: 1001,
      captured: 1001,
      refunded: 100,
      chargedBack: 50,
      reversed: 0,
      margin: 0,
      paidCover: 1001,
      shipCover: 1001,
      kept: 851,
      net: 851
    },
    compared: [],
    fulfilment: "ship"
  },
  findings: [{ kind: "underpaid", outstanding: 1, currency: "EUR" }],
  exchange: { requestText: "<statusRequest>J. de Vries</statusRequest>", replyText: "<report>J. de Vries</report>" },
  ...over
})

/** A capture of 400 of payment 4711 of an order, unless told otherwise. */
export const modification = (orderId: string, reference: string, over: Partial<Modification> = {}): Modification => ({
  orderId,
  kind: "capture",
  reference,
  paymentId: "4711",
  amountMinor: 400,
  currency: "EUR",
  state: "intended",
  requestedAtMs: startMs,
  changedAtMs: startMs,
  ...over
})
