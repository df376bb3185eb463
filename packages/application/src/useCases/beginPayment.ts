/**
 * A new order becomes one in progress: the shopper, or a recurring series, has begun to pay.
 */
import type { Order, OrderEvent } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { OrderName } from "../order/StoredOrder.ts"
import type { MerchantAccount } from "../ports/Merchants.ts"
import { OrderStore } from "../ports/OrderStore.ts"
import { anomaliesFor, raisedEvent } from "../refresh/anomaliesAfter.ts"
import { shopEvents } from "../shop/shopEvents.ts"
import { changeWith } from "./changeOrder.ts"

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
  const store = yield* OrderStore
  let begun = false
  yield* changeWith(name, ({ order }) =>
    Effect.gen(function*() {
      const { state } = order
      begun = state.status === "new" && (revision ?? order.revision) === order.revision
      if (!begun) return undefined
      // Read after the order: whoever changes these in between changes the revision as well.
      const earlier = shop === undefined ? [] : yield* store.events(orderId)
      const { events, refused } = shopEvents(shop, earlier, [statusChanged(state)])
      const open = refused.length === 0 ? [] : yield* store.anomalies(orderId)
      const atMs = yield* Clock.currentTimeMillis
      const anomalies = yield* anomaliesFor(open, refused, { atMs, order })
      const payloads = [...events, ...anomalies.map(raisedEvent)]
      return { state: { ...state, status: "in_progress" as const }, events: payloads, anomalies }
    }))
  return begun
})
