/**
 * Money asked for (a capture) or given back (a refund), from the request to the proof.
 *
 * The request is written down before Docdata is asked and counts from then on, so that two of them can never
 * together move more than there is.
 */

/**
 * - `intended`: written down; Docdata may or may not have been asked.
 * - `filed`: Docdata took the request.
 * - `unclear`: Docdata was asked and no answer came; it still counts, and a status report decides.
 * - `confirmed`: a status report shows it done.
 * - `failed`: Docdata refused it, or a status report shows that it failed; it no longer counts. A report that shows it
 *   under way or done after all moves it on.
 */
export type ModificationState = "intended" | "filed" | "unclear" | "confirmed" | "failed"

/** Those that still counts towards the limit. */
export const countsTowardsLimit = (state: ModificationState): boolean => state !== "failed"

/** Those of which something is still to be heard. */
export const isOpen = (state: ModificationState): boolean => state !== "confirmed" && state !== "failed"

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
  readonly state: ModificationState
  readonly requestedAtMs: number
  readonly changedAtMs: number
}
