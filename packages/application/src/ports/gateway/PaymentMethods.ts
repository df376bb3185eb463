/**
 * What an order can be paid with.
 */

/** A bank behind a method. `id` goes into `issuerId` and into the menu's `ideal_issuer_id`. */
interface Issuer {
  readonly id: string
  readonly name: string
}

/** A direct debit mandate the shopper gave before. All words are open text. */
interface Mandate {
  readonly id: string
  readonly scheme: string
  readonly type: string
  readonly state: string
}

/** Source: Docdata XSD 1.3, `listPaymentMethodsSuccess`; `issuers` from servers at 1.3.15. */
export interface PaymentMethod {
  /** Command name, open text: `IDEAL`, `VISA`, `PAYPAL_EXPRESS_CHECKOUT`. */
  readonly name: string
  readonly issuers: ReadonlyArray<Issuer>
  readonly mandates: ReadonlyArray<Mandate>
  readonly mobile?: { readonly qrCodeUrl: string; readonly intentUrl: string }
}

/** In the order of the reply. Empty when nothing is on offer. */
export type PaymentMethods = ReadonlyArray<PaymentMethod>
