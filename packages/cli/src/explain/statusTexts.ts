/**
 * Status and fulfilment in words.
 */
import type { Fulfilment, OrderStatus } from "@docdata/domain"

/** How a sentence goes on that begins with "The order is". */
export const statusTexts: Readonly<Record<OrderStatus, string>> = {
  new: "new",
  in_progress: "in progress",
  pending: "pending",
  paid: "paid",
  paid_refunded: "paid, with a part returned",
  cancelled: "cancelled",
  charged_back: "charged back",
  refunded: "refunded",
  expired: "expired",
  unknown: "in an unknown state"
}

/** What the fulfilment means for the goods. */
export const fulfilmentTexts: Readonly<Record<Fulfilment, string>> = {
  ship: "the goods may leave",
  wait: "keep the goods for now",
  stop: "do not send the goods, and call them back if they have left"
}
