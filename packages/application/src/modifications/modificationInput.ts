/**
 * A capture or refund in the terms of the gateway.
 *
 * The whole request is checked before anything is stored: a reference that was stored is used up, and a mistake in
 * typing must not use up any.
 */
import * as Effect from "effect/Effect"
import {
  type CaptureInput,
  GatewayFailure,
  type InputOf,
  type Merchant,
  type Modification,
  type RefundAccount,
  type RefundInput
} from "../ports/index.ts"
import { requestViolations } from "../requests/index.ts"

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

type Amounted = Pick<Modification, "amountMinor" | "currency">

export const captureInput = (request: CaptureOptions, { amountMinor, currency }: Amounted): CaptureInput => ({
  paymentId: request.paymentId,
  captureReference: request.reference,
  amount: { minor: amountMinor, currency },
  ...(request.final === undefined ? {} : { finalCapture: request.final }),
  ...(request.description === undefined ? {} : { description: request.description }),
  ...(request.notBefore === undefined ? {} : { notBefore: request.notBefore })
})

export const refundInput = (request: RefundOptions, { amountMinor, currency }: Amounted): RefundInput => ({
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

/** Fails with everything that is wrong with the request, by the names of its fields. */
export const refuseViolations = <O extends "capture" | "refund">(
  operation: O,
  credentials: Merchant,
  input: InputOf<O>
): Effect.Effect<void, GatewayFailure> => {
  const [first, ...rest] = requestViolations(operation, credentials, input)
    .map(({ path, ...problem }) => Object.assign(problem, { path: path.replace(/^scope\./, "") }))
  return first === undefined
    ? Effect.void
    : Effect.fail(
      new GatewayFailure({ operation, reason: { _tag: "RefusedBeforeSending", problems: [first, ...rest] } })
    )
}
