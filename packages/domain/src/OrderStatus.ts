/**
 * The ten states of an order, and whether the goods may leave.
 */

/**
 * Every order status, in the order of an ordinary life.
 *
 * - `new`: created, or every attempt so far failed and the shopper may try again.
 * - `in_progress`: the shopper is at the bank or the acquirer.
 * - `pending`: money is promised, reserved or on its way, but not enough of it is here.
 * - `paid`: the order is covered as the paid policy asks.
 * - `paid_refunded`: was covered, and a part was refunded or charged back.
 * - `cancelled`: given up by the shopper or the merchant.
 * - `charged_back`, `refunded`: nothing is left of what was paid.
 * - `expired`: nobody paid in time.
 * - `unknown`: the report cannot be right for this order, or speaks words nobody knows.
 */
export const orderStatuses = [
  "new",
  "in_progress",
  "pending",
  "paid",
  "paid_refunded",
  "cancelled",
  "charged_back",
  "refunded",
  "expired",
  "unknown"
] as const

/** One of {@link orderStatuses}. */
export type OrderStatus = (typeof orderStatuses)[number]

/** True for the states that say money has arrived or gone back; only money evidence ends them. */
export const isMoneyState = (status: OrderStatus): boolean =>
  status === "paid" || status === "paid_refunded" || status === "refunded" || status === "charged_back"

/** True while the money is here, or a part of it after returns. */
export const isPaid = (status: OrderStatus): boolean => status === "paid" || status === "paid_refunded"

/** True for the states in which the order is given up; only money, or a charge-back word, ends them. */
export const isClosed = (status: OrderStatus): boolean => status === "cancelled" || status === "expired"

/**
 * Who gave the order up: the shop by a cancel that the provider confirmed, or the time that it may take. A payment that the
 * shopper cancelled closes nothing: another one may be begun on the same menu.
 */
export type ClosedBy = "shop" | "expiry"

/** Who closed the order; undefined while the shopper may still pay it. */
export const closedByOf = (
  { closedBy, status }: { readonly closedBy?: ClosedBy; readonly status: OrderStatus }
): ClosedBy | undefined => closedBy ?? (status === "expired" ? "expiry" : undefined)

/** Whether the goods may leave: a question apart from the status, answered by its own policy. */
export const fulfilments = ["ship", "wait", "stop"] as const

/** One of {@link fulfilments}. `stop` also means: call the parcel back if it has left. */
export type Fulfilment = (typeof fulfilments)[number]
