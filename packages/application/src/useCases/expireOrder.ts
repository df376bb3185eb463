/**
 * Expire an order that nobody finished: Docdata is asked first, so that money that came in at the last moment wins.
 */
import * as Effect from "effect/Effect"
import type { OrderName } from "../order/StoredOrder.ts"
import type { EventSink } from "../ports/EventSink.ts"
import type { Merchants } from "../ports/Merchants.ts"
import type { OrderStore } from "../ports/OrderStore.ts"
import type { PaymentGateway } from "../ports/PaymentGateway.ts"
import { type Refreshed, type RefreshFailure, refreshUnshared } from "../refresh/refreshOrder.ts"

/**
 * Refreshes the order with the request to expire it. It expires if there is no attempt, or if it is older than the policy
 * allows and nothing is under way; otherwise the report decides. Safe to repeat.
 */
export const expireOrder = Effect.fn("ExpireOrder")((
  name: OrderName
): Effect.Effect<Refreshed, RefreshFailure, OrderStore | Merchants | PaymentGateway | EventSink> =>
  refreshUnshared(name, { observedBy: "expire", intent: { wanted: "expired" } })
)
