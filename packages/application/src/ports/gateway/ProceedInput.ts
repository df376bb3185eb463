/**
 * Continuing a started payment with the shopper's callback parameters from the bank or card scheme.
 */
import type { Money } from "@docdata/domain"
import type * as Redacted from "effect/Redacted"

/**
 * - `ThreeDomainSecure`: the fields `MD` (1 to 2,048 characters) and `PaRes` (at most 65,536) of the return form.
 * - `Ideal`: nothing to bring.
 * - `IngHomePay`: `message` is 12 digits, `returnCode` 0 or -1, `hash` 40 hexadecimal digits if accepted.
 * - `Kbc`: the `olpCtx` of the return.
 * - `PayPal`: `token` 1 to 35 characters.
 *
 * Source: Docdata XSD 1.3, `proceedRequest`.
 */
export type ShopperResult =
  | {
    readonly _tag: "ThreeDomainSecure"
    readonly merchantData: Redacted.Redacted
    readonly authenticationResponse: Redacted.Redacted
  }
  | { readonly _tag: "Ideal" }
  | {
    readonly _tag: "IngHomePay"
    readonly vendorId: string
    readonly amount: Money
    readonly message: string
    readonly returnCode: 0 | -1
    readonly hash?: string
  }
  | { readonly _tag: "Kbc"; readonly context: Redacted.Redacted }
  | { readonly _tag: "Belfius"; readonly outcome: "success" | "cancel" | "abort" }
  | {
    readonly _tag: "PayPal"
    readonly token: Redacted.Redacted
    readonly payerId?: string
    readonly shopperCancelled: boolean
  }

export interface ProceedInput {
  /** 32 capitals and digits, as `create` answered. Beside the payment, for a provider that finds it only within its order. */
  readonly orderKey: string
  /** Docdata's number of the payment as text: digits, no leading zero. From the answer to `start`. */
  readonly paymentId: string
  readonly result: ShopperResult
}
