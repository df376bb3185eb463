/**
 * A new order becomes one in progress: the shopper, or a recurring series, has begun to pay.
 */
import type { Order, OrderEvent } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { MerchantAccount, OrderName } from "../ports/index.ts"
import { changeBeside } from "../shopOrders/index.ts"
import { changeWith } from "../commit/index.ts"

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
  let begun = false
  yield* changeWith(name, ({ order }) =>
    Effect.gen(function*() {
      const { state } = order
      begun = state.status === "new" && (revision ?? order.revision) === order.revision
      if (!begun) return undefined
      return yield* changeBeside({
        order,
        state: { ...state, status: "in_progress" },
        events: [statusChanged(state)],
        table: shop
      })
    }))
  return begun
})
