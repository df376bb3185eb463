/**
 * What a shopper who comes back is told.
 */
import type { StoredOrder } from "@docdata/application"
import { closedByOf } from "@docdata/domain"
import type { Outcome } from "./Destinations.ts"

/**
 * What the menu claims by the address it chose, or `started` for the one address of a payment that was started without
 * the menu. A hint and no more: anybody can type an address.
 */
export const callbacks = ["success", "pending", "cancelled", "error", "started", "none"] as const

/** One of {@link callbacks}. */
export type Callback = (typeof callbacks)[number]

/** Reads the hint. Whatever is not known is none, so that nothing of an address is stored or told as it came. */
export const callbackOf = (text: string | null): Callback => {
  const small = text?.toLowerCase()
  return callbacks.find((callback) => callback === small) ?? "none"
}

const withoutAttempt = (callback: Callback): Outcome => {
  switch (callback) {
    case "cancelled":
      return "cancelled"
    case "error":
      return "failed"
    // A success that the provider does not confirm may be a moment away, or invented.
    case "success":
    case "pending":
    case "started":
    case "none":
      return "pending"
  }
}

// A payment that the shopper cancelled closes nothing: the one that brought the shopper back may be another.
const afterCancelled = (callback: Callback, isClosed: boolean): Outcome => {
  switch (callback) {
    case "success":
    case "pending":
      return isClosed ? "cancelled" : "pending"
    case "cancelled":
    case "started":
    case "none":
      return "cancelled"
    case "error":
      return "failed"
  }
}

/**
 * By the verified state. The hint decides only between ways of saying that nothing was paid, and only while nothing is
 * under way.
 */
export const outcomeFor = ({ state }: Pick<StoredOrder, "state">, callback: Callback): Outcome => {
  if (state.hold === "paid-after-close") return "paidTooLate"
  switch (state.status) {
    case "paid":
    case "paid_refunded":
      return "success"
    case "pending":
      // A card's money is guaranteed tonight and taken tomorrow: the shopper is done.
      return state.fulfilment === "ship" ? "success" : "pending"
    case "new":
      return withoutAttempt(callback)
    case "in_progress":
    case "unknown":
      return "pending"
    case "cancelled":
      return afterCancelled(callback, closedByOf(state) !== undefined)
    case "expired":
    case "refunded":
      return "cancelled"
    case "charged_back":
      return "failed"
  }
}
