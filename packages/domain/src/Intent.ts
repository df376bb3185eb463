/**
 * What the caller wanted when it asked for the report.
 */

/**
 * - `cancelled`: a cancel was sent and answered. `cancelResult` is the word of the answer: NO_PAYMENTS,
 *   ALREADY_CANCELED, SUCCESS, FAILED, PENDING or a new one; absent for API versions before 1.3, which
 *   have none.
 * - `expired`: the caller knows that the order is over (counts only while there is no attempt).
 * - `legacy`: a status word as callers of the reference passed it; only the legacy sets read it.
 */
export type Intent =
  | { readonly wanted: "cancelled"; readonly cancelResult?: string }
  | { readonly wanted: "expired" }
  | { readonly wanted: "legacy"; readonly status: string }

/**
 * True if the answer to the cancel means that the order is given up. FAILED, PENDING and words nobody
 * knows are no confirmation: the report decides.
 *
 * Source: XSD 1.3, `cancelResult`.
 */
export const isAccepted = (cancelResult: string | undefined): boolean =>
  cancelResult === undefined || cancelResult === "SUCCESS" || cancelResult === "NO_PAYMENTS" ||
  cancelResult === "ALREADY_CANCELED"
