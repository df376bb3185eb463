/**
 * Let an order go that was held: somebody looked and decided that it may be delivered after all.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { EventSink, Merchants, OrderName, OrderStore, PaymentGateway } from "../ports/index.ts"
import { type Refreshed, type RefreshFailure, refreshOrder, type SingleFlight } from "../refresh/index.ts"
import { changeOrder } from "../commit/index.ts"

/**
 * Clears the hold and refreshes the order, so that what is true now decides whether the goods may leave. Safe to repeat;
 * an order that is not held is only refreshed. A new reason to hold it, found by that look, holds it again.
 */
export const clearHold = Effect.fn("ClearHold")(function*(
  name: OrderName
): Effect.fn.Return<
  Refreshed,
  RefreshFailure,
  OrderStore | Merchants | PaymentGateway | EventSink | SingleFlight
> {
  const nowMs = yield* Clock.currentTimeMillis
  yield* changeOrder(name, ({ order: { state } }) => {
    if (state.hold === undefined) return undefined
    // Who clears the hold of an order that was paid after it was closed decides that it is open after all.
    const { closedBy: _, hold: __, ...free } = state
    // If the refresh below fails, the schedule looks: a free order that still waits must not wait for ever.
    return { state: free, nextRefreshAtMs: nowMs }
  })
  return yield* refreshOrder(name, { observedBy: "operator" })
})
