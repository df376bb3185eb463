/**
 * What an order can be paid with, as Docdata says at this moment.
 */
import * as Effect from "effect/Effect"
import {
  type GatewayFailure,
  type Merchants,
  type OrderName,
  type OrderStore,
  PaymentGateway,
  type PaymentMethods
} from "../ports/index.ts"
import { type OpenFailure, openOrder } from "../commit/index.ts"

/** Asks Docdata. Changes nothing; safe to repeat. */
export const listPaymentMethods = Effect.fn("ListPaymentMethods")(function*(
  name: OrderName
): Effect.fn.Return<PaymentMethods, OpenFailure | GatewayFailure, OrderStore | Merchants | PaymentGateway> {
  const { credentials, order } = yield* openOrder(name)
  const { value } = yield* (yield* PaymentGateway).listPaymentMethods(credentials, { orderKey: order.state.key })
  return value
})
