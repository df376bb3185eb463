/**
 * The shop's own order, as its attempts make it: who may have it, and where it stands.
 */
import type { Attempt, Fulfilment, OrderStatus, ShopStep } from "@docdata/domain"

/** Which order of the shop: its own number, with one merchant account. */
export interface ShopOrderName {
  readonly merchant: string
  readonly shopReference: string
}

/** What a change of one attempt makes of the shop's order. */
export interface ShopOrderChange {
  /** The revision it was decided on; the change is stored only while it is the newest one. */
  readonly expectedRevision: number
  /** All attempts that count, each as its own reports decided it. */
  readonly attempts: ReadonlyArray<Attempt>
  /** The shop's own status, where the table of them has led so far; absent without a table. */
  readonly shopStatus?: string
}

/** The shop's order as it is stored. */
export interface StoredShopOrder extends ShopOrderName, Omit<ShopOrderChange, "expectedRevision"> {
  /** Counts its changes. 0: nothing changed yet, and `attempts` are the confirmed orders as they are stored. */
  readonly revision: number
}

/** The status of the shop's order is another one: that of the attempt that leads now. */
export interface ShopOrderStatusChanged {
  readonly type: "shop_order.status_changed"
  readonly shopReference: string
  readonly from: OrderStatus
  readonly to: OrderStatus
  /** Id of the order that leads: the attempt that was covered first, else the newest open one. */
  readonly leadingOrderId: string
  readonly shop?: ShopStep
}

/** The goods of the shop's order may leave, must wait or must stop. */
export interface ShopOrderFulfilmentChanged {
  readonly type: "shop_order.fulfilment_changed"
  readonly shopReference: string
  readonly from: Fulfilment
  readonly to: Fulfilment
  readonly leadingOrderId: string
}

/** What is told about the shop's order. */
export type ShopOrderEvent = ShopOrderStatusChanged | ShopOrderFulfilmentChanged
