/**
 * Cancel an order: ask Docdata, read its answer, and look at the order with that answer in hand.
 *
 * Docdata's success only says that the request was handled. Whether the order is cancelled is decided from the
 * result and the report together; money that came in meanwhile wins.
 */
import * as Effect from "effect/Effect"
import type { CancelResult } from "../gateway/CancelResult.ts"
import type { GatewayFailure } from "../gateway/GatewayFailure.ts"
import type { OrderName } from "../order/StoredOrder.ts"
import type { EventSink } from "../ports/EventSink.ts"
import type { Merchants } from "../ports/Merchants.ts"
import type { OrderStore } from "../ports/OrderStore.ts"
import { PaymentGateway } from "../ports/PaymentGateway.ts"
import { lookAtOrder, type Refreshed, type RefreshFailure } from "../refresh/refreshOrder.ts"
import { lookSoon } from "./changeOrder.ts"
import { type OpenFailure, openOrder } from "./openOrder.ts"
import type { Contended } from "./UseCaseFailure.ts"

/** What Docdata did, and what is true of the order afterwards. */
export interface CancelOutcome extends Refreshed {
  readonly result: CancelResult
}

export type CancelFailure = OpenFailure | GatewayFailure | Contended | RefreshFailure

const wordOf = (result: CancelResult): string => {
  switch (result._tag) {
    case "NoPayments":
      return "NO_PAYMENTS"
    case "AlreadyCancelled":
      return "ALREADY_CANCELED"
    case "Cancelled":
      return "SUCCESS"
    case "NotCancelled":
      return "FAILED"
    case "Pending":
      return "PENDING"
    case "Unrecognised":
      return result.word
  }
}

const lookAfterMs = 15_000

/** Cancels an order. Safe to repeat. `order.state.status` says whether it is cancelled; a hold says why it is not. */
export const cancelOrder = Effect.fn("CancelOrder")(function*(
  name: OrderName
): Effect.fn.Return<CancelOutcome, CancelFailure, OrderStore | Merchants | PaymentGateway | EventSink> {
  const { credentials, order } = yield* openOrder(name)
  const gateway = yield* PaymentGateway
  const byId: OrderName = { by: "id", id: order.id }
  return yield* Effect.uninterruptible(Effect.gen(function*() {
    yield* lookSoon(byId, lookAfterMs)
    const { value } = yield* gateway.cancel(credentials, { orderKey: order.state.key })
    const intent = { wanted: "cancelled", cancelResult: wordOf(value) } as const
    return { ...yield* lookAtOrder(byId, { observedBy: "cancel", intent }), result: value }
  }))
})
