/**
 * Money asked for (a capture) or given back (a refund), from the request to the proof.
 *
 * The request is written down before Docdata is asked and counts from then on, so that two of them can never
 * together move more than there is.
 */
import type { ModificationState } from "@docdata/domain"

/** One capture or refund. */
export interface Modification {
  readonly orderId: string
  readonly kind: "capture" | "refund"
  /** The merchant's own reference, 1 to 35 characters; unique per order and kind: the idempotency key. */
  readonly reference: string
  readonly paymentId: string
  /** Minor units of `currency`, above zero. */
  readonly amountMinor: number
  readonly currency: string
  /** Of a capture: no further capture follows on the payment, so that its rest is given up. */
  readonly final?: true
  readonly state: ModificationState
  readonly requestedAtMs: number
  readonly changedAtMs: number
}
