/**
 * An event as it is stored and delivered.
 */
import type { OrderEvent } from "@docdata/domain"
import type { Anomaly } from "./Anomaly.ts"
import type { Modification } from "./Modification.ts"
import type { ShopOrderEvent } from "./ShopOrder.ts"

/**
 * - `order.created`: Docdata gave the key.
 * - `notification.received`: Docdata said that something changed (once per inbox item).
 * - `return.visited`: the shopper came back; `callback` is what the address claimed, a hint and no more.
 * - `payment.proceeded`: the callback parameters that the shopper brought from a bank are submitted to Docdata, once per payment. What came of
 *   it is told by the events that follow.
 * - `payment.not_proceeded`: it did not come to that, for certain: it may be submitted again.
 * - `anomaly.raised`: somebody has to look. Told once while it stands.
 * - `capture.confirmed`, `capture.failed`, `refund.confirmed`, `refund.failed`: what became of a capture or refund that was asked
 *   for, by a report or by a person's word.
 * - `modification.resolved`: a person said what became of a capture or refund that no report names.
 */
export type LifecycleEvent =
  | {
    readonly type: "order.created"
    readonly orderReference: string
    /** Absent if the order was taken as it was given. */
    readonly adjusted?: ReadonlyArray<AdjustedField>
  }
  | { readonly type: "notification.received" }
  | { readonly type: "return.visited"; readonly callback: string }
  | { readonly type: "payment.proceeded"; readonly paymentId: string }
  | { readonly type: "payment.not_proceeded"; readonly paymentId: string }
  | AnomalyRaised
  | ModificationEnded
  | ModificationResolved

/** A text of an order that was shortened to fit or left out: where and how much of it, without its words. */
export interface AdjustedField {
  readonly path: string
  readonly fromLength: number
  /** Absent if it was left out. */
  readonly toLength?: number
}

/** An anomaly as it was when it was raised. */
export interface AnomalyRaised extends Pick<Anomaly, "kind" | "subject" | "level" | "data"> {
  readonly type: "anomaly.raised"
  readonly anomalyId: string
}

type EndOf = Pick<Modification, "reference" | "paymentId" | "amountMinor" | "currency">

/** The end of a capture or refund that was asked for. */
export type ModificationEnded =
  | { readonly type: "capture.confirmed" } & EndOf
  | { readonly type: "capture.failed" } & EndOf
  | { readonly type: "refund.confirmed" } & EndOf
  | { readonly type: "refund.failed" } & EndOf

/** The event of a capture or refund that is confirmed or failed; none of one that may still become either. */
export const modificationEnded = (
  { amountMinor, currency, kind, paymentId, reference, state }: Modification
): ReadonlyArray<ModificationEnded> =>
  state === "confirmed" || state === "failed"
    ? [{ type: `${kind}.${state}`, reference, paymentId, amountMinor, currency }]
    : []

/** From what a person knows: Docdata's back office, a word of Docdata, or the merchant's own bank account. */
export const resolvingEvidence = ["back-office", "provider", "bank"] as const

/** What a person said of a modification. */
export interface ModificationResolved {
  readonly type: "modification.resolved"
  readonly kind: Modification["kind"]
  readonly reference: string
  readonly outcome: "confirmed" | "failed"
  /** Who: the id of an API key, or another name that the caller vouches for. No name of a person. */
  readonly by: string
  readonly evidence: typeof resolvingEvidence[number]
}

/** What can be told about an order, or with it about the shop's order. */
export type EventPayload = OrderEvent | ShopOrderEvent | LifecycleEvent

/** One event. The same commit always yields the same `id` and the same contents. */
export interface StoredEvent {
  /**
   * From the order's own id, the revision and the position: see `eventId`. Not from Docdata's key, which is unique
   * within a merchant only and is not there before the order is confirmed.
   */
  readonly id: string
  readonly merchant: string
  readonly orderId: string
  /** The order's revision that the event belongs to; events of one order are told in this order. */
  readonly revision: number
  /** Among the events of the same revision, from 0. */
  readonly position: number
  readonly occurredAtMs: number
  /** The trace that led to it, W3C `traceparent`, so that its deliveries go on in it. For us: subscribers are not told. */
  readonly traceparent?: string
  readonly payload: EventPayload
}

/** Docdata gave the key of an order. */
export const orderCreated = (orderReference: string, adjusted: ReadonlyArray<AdjustedField> = []): LifecycleEvent => ({
  type: "order.created",
  orderReference,
  ...(adjusted.length === 0 ? {} : { adjusted })
})
