/**
 * A new order becomes one in progress: the shopper, or a recurring series, has begun to pay.
 */
import type { Order, OrderEvent } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Concern } from "../order/Anomaly.ts"
import type { OrderName } from "../order/StoredOrder.ts"
import type { MerchantAccount } from "../ports/Merchants.ts"
import { OrderStore } from "../ports/OrderStore.ts"
import { shopNews } from "../shop/shopNews.ts"
import { changeOrder } from "./changeOrder.ts"
import { raiseAnomaly } from "./raiseAnomaly.ts"

const statusChanged = ({ currency, totals }: Order): OrderEvent => {
  const { captured, chargedBack, refunded } = totals ?? { captured: 0, refunded: 0, chargedBack: 0 }
  return {
    type: "order.status_changed",
    from: "new",
    to: "in_progress",
    rule: "attempt-redirected",
    currency,
    captured,
    refunded,
    chargedBack,
    net: captured - refunded - chargedBack
  }
}

/**
 * Answers whether this call made the change: of several at once exactly one did. An order that is not new stays as
 * it is: a pending one has money under way already, and that it is in progress again would say less. With a
 * `revision`, an order that has changed since stays as it is too.
 */
export const beginPayment = Effect.fnUntraced(function*(
  orderId: string,
  { shop }: Pick<MerchantAccount, "shop">,
  revision?: number
) {
  const name: OrderName = { by: "id", id: orderId }
  const told = shop === undefined ? [] : yield* (yield* OrderStore).events(orderId)
  let begun = false
  let refused: ReadonlyArray<Concern> = []
  yield* changeOrder(name, ({ order: { revision: current, state } }) => {
    begun = state.status === "new" && (revision ?? current) === current
    if (!begun) return undefined
    const news = shopNews(shop, told, [statusChanged(state)])
    refused = news.refused
    return { state: { ...state, status: "in_progress" }, news: news.events }
  })
  // The event says it as well, should this not come to an end.
  yield* Effect.forEach(refused, (concern) => raiseAnomaly(name, concern), { discard: true })
  return begun
})
