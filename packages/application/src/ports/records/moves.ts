/**
 * How the things that are stored move on, as tables. The stores go by them, and so do the conformance suites.
 */
import type { Moves } from "@docdata/domain"

/**
 * Where an order is between us and the provider.
 *
 * - `reserved`: the intent is stored, the provider has not answered. After a crash or a time-out the order may exist
 *   there or not; nobody knows, and nothing is sent again under this reference.
 * - `confirmed`: the provider gave the key.
 * - `abandoned`: not created, or nobody has its key; the shop may try again with the same idempotency key, which takes a
 *   fresh reference.
 */
export type Registration = "reserved" | "confirmed" | "abandoned"

/** A key proves that the order exists, also of an abandoned one: hiding it would lose money. */
export const registrationMoves: Moves<Registration, "key-given" | "not-created"> = {
  "key-given": { from: ["reserved", "abandoned"], to: "confirmed" },
  "not-created": { from: ["reserved"], to: "abandoned" }
}

/** Where an inbox item stands; one that is done is not stored any more. */
export type InboxItemState = "waiting" | "claimed" | "dead-lettered" | "done"

/** A claimed item is claimed again when its time is over. The other causes but `retried` need the latest claim. */
export const inboxItemMoves: Moves<
  InboxItemState,
  "claimed" | "acknowledged" | "put-back" | "dead-lettered" | "retried"
> = {
  claimed: { from: ["waiting", "claimed"], to: "claimed" },
  acknowledged: { from: ["claimed"], to: "done" },
  "put-back": { from: ["claimed"], to: "waiting" },
  "dead-lettered": { from: ["claimed"], to: "dead-lettered" },
  retried: { from: ["dead-lettered"], to: "waiting" }
}

/** Where one event for one subscriber stands. */
export type DeliveryQueueState = "waiting" | "claimed" | "delivered" | "dead-lettered"

/** As in the inbox; a claimed delivery is not opened again, since it is being made. */
export const deliveryMoves: Moves<
  DeliveryQueueState,
  "claimed" | "delivered" | "put-back" | "dead-lettered" | "redelivered"
> = {
  claimed: { from: ["waiting", "claimed"], to: "claimed" },
  delivered: { from: ["claimed"], to: "delivered" },
  "put-back": { from: ["claimed"], to: "waiting" },
  "dead-lettered": { from: ["claimed"], to: "dead-lettered" },
  redelivered: { from: ["waiting", "delivered", "dead-lettered"], to: "waiting" }
}
