/**
 * What an order can be paid with, as Docdata says at this moment.
 */
import * as Effect from "effect/Effect"
import type { GatewayFailure } from "../gateway/GatewayFailure.ts"
import type { PaymentMethods } from "../gateway/PaymentMethods.ts"
import type { OrderName } from "../order/StoredOrder.ts"
import type { Merchants } from "../ports/Merchants.ts"
import type { OrderStore } from "../ports/OrderStore.ts"
import { PaymentGateway } from "../ports/PaymentGateway.ts"
import { type OpenFailure, openOrder } from "./openOrder.ts"

/** Asks Docdata. Changes nothing; safe to repeat. */
export const listPaymentMethods = Effect.fn("ListPaymentMethods")(function*(
  name: OrderName
): Effect.fn.Return<PaymentMethods, OpenFailure | GatewayFailure, OrderStore | Merchants | PaymentGateway> {
  const { credentials, order } = yield* openOrder(name)
  const { value } = yield* (yield* PaymentGateway).listPaymentMethods(credentials, { orderKey: order.state.key })
  return value
})
