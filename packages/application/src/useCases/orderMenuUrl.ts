/**
 * Where to send the shopper: the payment menu of an order, in the order's own name and language.
 */
import * as Effect from "effect/Effect"
import {
  type MenuAddresses,
  type MenuUrlFailure,
  type PaymentMenuInput,
  paymentMenuUrl
} from "../gateway/paymentMenuUrl.ts"
import type { OrderName } from "../order/StoredOrder.ts"
import type { Merchants } from "../ports/Merchants.ts"
import type { OrderStore } from "../ports/OrderStore.ts"
import { type OpenFailure, openOrder } from "./openOrder.ts"

/** What of the menu is chosen per visit. The order's language is used unless another is given. */
export type MenuOptions = Omit<PaymentMenuInput, "merchant" | "orderKey">

/** The address. Nothing is asked of Docdata; safe to repeat. */
export const orderMenuUrl = Effect.fn("OrderMenuUrl")(function*(
  name: OrderName,
  request: MenuOptions,
  menus?: MenuAddresses
): Effect.fn.Return<string, OpenFailure | MenuUrlFailure, OrderStore | Merchants> {
  const { credentials, order } = yield* openOrder(name)
  const url = paymentMenuUrl(
    { language: order.language, ...request, merchant: credentials, orderKey: order.state.key },
    menus
  )
  return typeof url === "string" ? url : yield* Effect.fail(url)
})
