/**
 * What changed, in the order in which a shop should hear of it.
 */
import type { Decision, RuleId } from "./Decision.ts"
import type { Fulfilment, OrderStatus } from "./OrderStatus.ts"
import type { ComparedField, PaymentRow } from "./PaymentRow.ts"

/** One attempt is new: `payment` is its row as stored. */
export interface PaymentAdded {
  readonly type: "payment.added"
  readonly paymentId: string
  readonly payment: PaymentRow
}

/** One attempt changed: `payment` is its row as stored now, `changed` names the fields and is never empty. */
export interface PaymentUpdated {
  readonly type: "payment.updated"
  readonly paymentId: string
  readonly payment: PaymentRow
  readonly changed: ReadonlyArray<ComparedField>
}

/**
 * What a change of status of the shop's order means for the shop's own status of it, if there is a table of them.
 *
 * - `moved`: the shop's order goes `from` there to `status`.
 * - `stayed`: both statuses are the same one in the shop.
 * - `ignored`: the shop does not follow this status; there is no `status`.
 * - `refused`: the shop does not allow this move; its order stays where it was, and somebody has to look.
 */
export interface ShopStep {
  /** The shop's status for the new status. */
  readonly status?: string
  /** Where the shop's order stood; absent if nothing that happened so far is mapped. */
  readonly from?: string
  readonly step: "moved" | "stayed" | "ignored" | "refused"
}

/** The order has another status. Amounts in minor units of `currency`, from the report that decided. */
export interface OrderStatusChanged {
  readonly type: "order.status_changed"
  readonly from: OrderStatus
  readonly to: OrderStatus
  readonly rule: RuleId
  readonly currency: string
  readonly captured: number
  readonly refunded: number
  readonly chargedBack: number
  readonly net: number
  /** True if the shopper can no longer pay the order. Absent in events of before this was told. */
  readonly closed?: boolean
  /** Never from the kernel. Only events that were stored before the shop's order had events of its own have it. */
  readonly shop?: ShopStep
}

/** The goods may leave, must wait or must stop. */
export interface OrderFulfilmentChanged {
  readonly type: "order.fulfilment_changed"
  readonly from: Fulfilment
  readonly to: Fulfilment
}

/** Payments by number first, then the status, then the fulfilment. */
export type OrderEvent = PaymentAdded | PaymentUpdated | OrderStatusChanged | OrderFulfilmentChanged

/** The event of a decision that gives the order another status than `from`. */
export const statusChanged = (
  from: OrderStatus,
  { figures, rule, status }: Decision,
  closed: boolean
): OrderStatusChanged => ({
  type: "order.status_changed",
  from,
  to: status,
  rule,
  currency: figures.currency,
  captured: figures.captured,
  refunded: figures.refunded,
  chargedBack: figures.chargedBack,
  net: figures.net,
  closed
})

/**
 * The id of the event at `position` (from 0) among those of one commit, `KEY-REVISION-POSITION`. `revision` is the
 * order's once the commit is done, a whole number from 1. The same commit yields the same ids, so that a repeated
 * delivery is recognised.
 */
export const eventId = (orderKey: string, revision: number, position: number): string =>
  `${orderKey}-${revision}-${position}`
