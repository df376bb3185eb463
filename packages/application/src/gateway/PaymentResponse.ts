/**
 * What became of a payment that was started or continued.
 *
 * An operation that succeeded says nothing about money: the outcome is in here, and the shopper's word for it
 * is final only in a status report.
 */

/**
 * - `Accepted`: the payment has an id and an authorisation word (`AUTHORIZED`, `CANCELED`,
 *   `REDIRECTED_FOR_AUTHORIZATION`, or a word that is new to us). Only the word says whether it is good events.
 * - `InsufficientData`: send the shopper to the payment menu; usual for the first order of a recurring series.
 * - `Failed`: the payment was refused or broke. `status` and `paymentId` where Docdata gave them.
 * - `Silent`: Docdata said nothing about the payment; ask for the status.
 *
 * Source: Docdata XSD 1.3, `paymentResponse`.
 */
export type PaymentResponse =
  | { readonly _tag: "Accepted"; readonly paymentId: string; readonly status: string }
  | { readonly _tag: "InsufficientData" }
  | {
    readonly _tag: "Failed"
    readonly code: string
    readonly message: string
    readonly status?: string
    readonly paymentId?: string
  }
  | { readonly _tag: "Silent" }
