/**
 * Continue a started payment with what the shopper brought back, then look at the order.
 */
import * as Effect from "effect/Effect"
import type { GatewayFailure } from "../gateway/GatewayFailure.ts"
import type { PaymentResponse } from "../gateway/PaymentResponse.ts"
import type { ProceedInput } from "../gateway/ProceedInput.ts"
import type { OrderName } from "../order/StoredOrder.ts"
import type { EventSink } from "../ports/EventSink.ts"
import type { Merchants } from "../ports/Merchants.ts"
import { OrderStore } from "../ports/OrderStore.ts"
import { PaymentGateway } from "../ports/PaymentGateway.ts"
import { type Refreshed, type RefreshFailure, refreshOrder } from "../refresh/refreshOrder.ts"
import type { SingleFlight } from "../refresh/SingleFlight.ts"
import { changeOrder, lookSoon } from "./changeOrder.ts"
import { type OpenFailure, openOrder } from "./openOrder.ts"
import type { Contended } from "./UseCaseFailure.ts"

/** What Docdata said, and what is true of the order afterwards. */
export interface Proceeded extends Refreshed {
  readonly response: PaymentResponse
}

export type ProceedFailure = OpenFailure | GatewayFailure | Contended | RefreshFailure

const lookAfterMs = 15_000

// The digits that Docdata takes. Anything else is refused before it is sent, and no event names it.
const paymentNumber = /^[1-9]\d{0,29}$/

/**
 * Writes down that Docdata will be asked, so that a shopper who comes back later does not make us ask again. Also for a
 * payment that no look has found yet: a shop may proceed within seconds after the start.
 */
const noteProceeding = Effect.fnUntraced(function*(name: OrderName, orderId: string, paymentId: string) {
  if (!paymentNumber.test(paymentId)) return
  const events = yield* (yield* OrderStore).events(orderId)
  if (events.some(({ news }) => news.type === "payment.proceeded" && news.paymentId === paymentId)) return
  yield* changeOrder(name, () => ({ news: [{ type: "payment.proceeded", paymentId }] }))
})

/**
 * Continues a payment. Not repeatable. Docdata's answer is no payment: the order as looked at afterwards says what
 * is true.
 */
export const proceedPayment = Effect.fn("ProceedPayment")(function*(
  name: OrderName,
  input: ProceedInput
): Effect.fn.Return<
  Proceeded,
  ProceedFailure,
  OrderStore | Merchants | PaymentGateway | EventSink | SingleFlight
> {
  const { credentials, order } = yield* openOrder(name)
  const gateway = yield* PaymentGateway
  const byId: OrderName = { by: "id", id: order.id }
  yield* noteProceeding(byId, order.id, input.paymentId)
  const { value } = yield* Effect.uninterruptible(
    Effect.andThen(lookSoon(byId, lookAfterMs), gateway.proceed(credentials, input))
  )
  return { ...yield* refreshOrder(byId, { observedBy: "proceed" }), response: value }
})
