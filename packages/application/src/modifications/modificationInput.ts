/**
 * A capture or refund as the shop wants it, and in the terms of the gateway.
 */
import type { CaptureInput, Modification, RefundAccount, RefundInput } from "../ports/index.ts"

/** What the shop wants moved. */
export interface ModificationOptions {
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
export interface CaptureOptions extends ModificationOptions {
  readonly final?: boolean
}

/** A refund. The account is needed for methods that do not know where the money came from. */
export interface RefundOptions extends ModificationOptions {
  readonly account?: RefundAccount
}

/** How much, and of which order. */
interface Asked extends Pick<Modification, "amountMinor" | "currency"> {
  readonly orderKey: string
}

export const captureInput = (
  request: CaptureOptions,
  { amountMinor, currency, orderKey }: Asked
): CaptureInput => ({
  orderKey,
  paymentId: request.paymentId,
  captureReference: request.reference,
  amount: { minor: amountMinor, currency },
  ...(request.final === undefined ? {} : { finalCapture: request.final }),
  ...(request.description === undefined ? {} : { description: request.description }),
  ...(request.notBefore === undefined ? {} : { notBefore: request.notBefore })
})

export const refundInput = (
  request: RefundOptions,
  { amountMinor, currency, orderKey }: Asked
): RefundInput => ({
  orderKey,
  paymentId: request.paymentId,
  refundReference: request.reference,
  scope: {
    _tag: "Amount",
    amount: { minor: amountMinor, currency },
    ...(request.description === undefined ? {} : { description: request.description })
  },
  ...(request.account === undefined ? {} : { account: request.account }),
  ...(request.notBefore === undefined ? {} : { notBefore: request.notBefore })
})
