/**
 * What Docdata did when asked to cancel an order.
 */

/**
 * - `NoPayments`: the order had none; it can no longer be paid.
 * - `AlreadyCancelled`: nothing left to do.
 * - `Cancelled`: all payments were cancelled.
 * - `NotCancelled`: at least one payment was not cancelled; the order may still bring money.
 * - `Pending`: an acquirer has not answered yet; ask for the status later.
 * - `Unrecognised`: a word that is new to us. Ask for the status.
 *
 * Source: Docdata XSD 1.3, `cancelResult`.
 */
export type CancelResult =
  | { readonly _tag: "NoPayments" }
  | { readonly _tag: "AlreadyCancelled" }
  | { readonly _tag: "Cancelled" }
  | { readonly _tag: "NotCancelled" }
  | { readonly _tag: "Pending" }
  | { readonly _tag: "Unrecognised"; readonly word: string }

/** True when no payment of the order can bring money any more. */
export const isCancelled = (result: CancelResult): boolean => {
  switch (result._tag) {
    case "NoPayments":
    case "AlreadyCancelled":
    case "Cancelled":
      return true
    case "NotCancelled":
    case "Pending":
    case "Unrecognised":
      return false
  }
}
