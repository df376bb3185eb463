/**
 * Continue a started payment with the shopper's callback parameters, then refresh the order.
 */
import * as Effect from "effect/Effect"
import {
  type EventSink,
  type GatewayFailure,
  type Merchants,
  type OrderName,
  type OrderSnapshot,
  OrderStore,
  type PaymentGateway,
  type PaymentResponse
} from "../ports/index.ts"
import { refuseUnsupported } from "../requests/index.ts"
import { type Refreshed, type RefreshFailure, refreshOrder, type SingleFlight } from "../refresh/index.ts"
import { type CallbackSubmission, claimSubmission, submitCallback } from "./submitCallback.ts"
import { type Contended, type OpenFailure, openOrder } from "../commit/index.ts"

/** What Docdata said, and what is true of the order afterwards. */
export interface Proceeded extends Refreshed {
  /**
   * If Docdata was asked before, and so not now: the payment's word in the refresh, or `Silent` while no refresh has seen
   * the payment.
   */
  readonly response: PaymentResponse
}

export type ProceedFailure = OpenFailure | GatewayFailure | Contended | RefreshFailure

const asStored = ({ payments }: OrderSnapshot, paymentId: string): PaymentResponse => {
  const payment = payments.find((one) => one.paymentId === paymentId)
  return payment === undefined ? { _tag: "Silent" } : { _tag: "Accepted", paymentId, status: payment.status }
}

/**
 * Continues a payment. Docdata's answer is no payment: the order as looked at afterwards says what is true.
 *
 * May be repeated: Docdata is asked again only if it is certain that it did nothing the time before, be it this call
 * or a shopper's return.
 */
export const proceedPayment = Effect.fn("ProceedPayment")(function*(
  name: OrderName,
  input: CallbackSubmission
): Effect.fn.Return<
  Proceeded,
  ProceedFailure,
  OrderStore | Merchants | PaymentGateway | EventSink | SingleFlight
> {
  const { credentials, order } = yield* openOrder(name)
  const byId: OrderName = { by: "id", id: order.id }
  yield* refuseUnsupported("proceed")
  const { paymentId } = input
  const orderKey = order.state.key
  const response = yield* Effect.uninterruptible(
    Effect.flatMap(
      claimSubmission(byId, { paymentId }),
      (outcome) => outcome === "claimed" ? submitCallback(byId, credentials, { ...input, orderKey }) : Effect.undefined
    )
  )
  const refreshed = yield* refreshOrder(byId, { observedBy: "proceed" })
  return { ...refreshed, response: response ?? asStored(yield* (yield* OrderStore).read(byId), paymentId) }
})
