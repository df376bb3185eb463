/**
 * Docdata says that something changed. It says nothing else, and anybody could say it: the order is refreshed later,
 * and only what Docdata answers then counts.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { newId } from "../identifiers.ts"
import { countNotification } from "../observability/counts.ts"
import { currentTrace } from "../observability/traceContext.ts"
import { BackgroundWork } from "../ports/BackgroundWork.ts"
import { Inbox } from "../ports/Inbox.ts"
import { type OrderNotFound, OrderStore } from "../ports/OrderStore.ts"
import type { StoreFailure } from "../ports/StoreFailure.ts"

/**
 * Writes the notification down and wakes the worker. When this answers, the notification survives a crash; only then
 * may Docdata be answered. An unknown order is refused, so that forged calls fill no inbox. Safe to repeat: while one
 * waits, further ones of the same order are only counted.
 */
export const receiveNotification = Effect.fn("ReceiveNotification")(function*(
  { merchant, orderReference }: { readonly merchant: string; readonly orderReference: string }
): Effect.fn.Return<
  { readonly coalesced: boolean },
  OrderNotFound | StoreFailure,
  OrderStore | Inbox | BackgroundWork
> {
  const { order } = yield* (yield* OrderStore).read({ by: "order-reference", merchant, orderReference })
  yield* Effect.annotateCurrentSpan({ "docdata.merchant": merchant, "docdata.order_id": order.id })
  const { coalesced } = yield* (yield* Inbox).receive({
    id: yield* newId("ntf"),
    merchant,
    orderReference,
    receivedAtMs: yield* Clock.currentTimeMillis,
    ...yield* currentTrace
  })
  yield* countNotification(coalesced ? "coalesced" : "received", merchant)
  yield* (yield* BackgroundWork).wake("inbox")
  return { coalesced }
}, Effect.tapError(({ _tag }) => countNotification(_tag === "OrderNotFound" ? "unknown-order" : "not-durable")))
