/**
 * What the plain model holds, and what its parts share.
 */
import type {
  Anomaly,
  InboxItem,
  Modification,
  Observation,
  StoredEvent,
  StoredOrder,
  StoredShopOrder
} from "@docdata/application"
import type { PaymentRow } from "@docdata/domain"
import type * as Effect from "effect/Effect"

/** The methods of a port as plain functions. */
export type Plain<Service> = {
  readonly [Method in keyof Service]: Service[Method] extends
    (...input: infer Input) => Effect.Effect<infer Answer, infer _Refusal> ? (...input: Input) => Answer : never
}

export interface ModelOrder {
  order: StoredOrder
  payments: ReadonlyArray<PaymentRow>
  observations: ReadonlyArray<Observation>
  events: ReadonlyArray<StoredEvent>
  modifications: ReadonlyArray<Modification>
  anomalies: ReadonlyArray<Anomaly>
  isErased: boolean
}

/** Where an item or a delivery stands. What is acknowledged is gone. */
export type QueueState =
  | { readonly at: "waiting"; readonly notBeforeMs: number }
  | { readonly at: "claimed"; readonly claim: string; readonly leaseUntilMs: number }
  | { readonly at: "dead-lettered"; readonly deadLetteredAtMs: number; readonly reason: string }
  | { readonly at: "delivered" }

export interface ModelItem {
  item: InboxItem
  queueState: QueueState
}

export interface ModelDelivery {
  readonly subscriber: string
  readonly event: StoredEvent
  attempts: number
  queueState: QueueState
}

/** All there is. Maps only because looking through a list of all orders for each command would take hours. */
export interface ModelState {
  readonly orders: Map<string, ModelOrder>
  /** Orders that have given their idempotency key back. */
  readonly keyReleased: Set<string>
  readonly orderIdByPeriod: Map<string, string>
  shopOrders: ReadonlyArray<StoredShopOrder>
  items: ReadonlyArray<ModelItem>
  /** By subscriber, then by event. */
  readonly deliveries: Map<string, Map<string, ModelDelivery>>
}

/** Whether it waits and is due, or is claimed and its time is over. */
export const mayBeTaken = (queueState: QueueState, nowMs: number): boolean => {
  switch (queueState.at) {
    case "waiting":
      return queueState.notBeforeMs <= nowMs
    case "claimed":
      return queueState.leaseUntilMs <= nowMs
    case "dead-lettered":
    case "delivered":
      return false
  }
}

/** By code unit, which for the texts of the streams is by code point. */
export const compareText = (a: string, b: string): number => a === b ? 0 : a < b ? -1 : 1
