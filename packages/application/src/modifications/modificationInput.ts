/**
 * A capture or refund as the shop wants it, and in the terms of the gateway.
 */
import type { CaptureInput, Movement, RefundAccount, RefundInput } from "../ports/index.ts"

/** What the shop wants moved. */
export interface MoneyWish {
  readonly paymentId: string
  /** The shop's own reference, 1 to 35 characters, unique per order. */
  readonly reference: string
  /** Minor units of the payment's currency, above zero; all that is left when absent. */
  readonly amountMinor?: number
  /** 1 to 250 characters. */
  readonly description?: string
  /** `yyyy-MM-dd`: not before this day. */
  readonly notBefore?: string
}

/** A capture. With `final`, no further capture follows on the payment. */
export interface CaptureWish extends MoneyWish {
  readonly final?: boolean
}

/** A refund. The account is needed for methods that do not know where the money came from. */
export interface RefundWish extends MoneyWish {
  readonly account?: RefundAccount
}

type Amounted = Pick<Movement, "amountMinor" | "currency">

export const captureInput = (wish: CaptureWish, { amountMinor, currency }: Amounted): CaptureInput => ({
  paymentId: wish.paymentId,
  captureReference: wish.reference,
  amount: { minor: amountMinor, currency },
  ...(wish.final === undefined ? {} : { finalCapture: wish.final }),
  ...(wish.description === undefined ? {} : { description: wish.description }),
  ...(wish.notBefore === undefined ? {} : { notBefore: wish.notBefore })
})

export const refundInput = (wish: RefundWish, { amountMinor, currency }: Amounted): RefundInput => ({
  paymentId: wish.paymentId,
  refundReference: wish.reference,
  scope: {
    _tag: "Amount",
    amount: { minor: amountMinor, currency },
    ...(wish.description === undefined ? {} : { description: wish.description })
  },
  ...(wish.account === undefined ? {} : { account: wish.account }),
  ...(wish.notBefore === undefined ? {} : { notBefore: wish.notBefore })
})
