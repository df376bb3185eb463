/**
 * The one way in which use cases store a decided change: in a span, counted, and with the trace in which its events
 * are delivered later.
 */
import * as Effect from "effect/Effect"
import {
  type Commit,
  type Committed,
  type OrderNotFound,
  OrderStore,
  type Outdated,
  type StoreFailure
} from "../ports/index.ts"
import { countCommit, countEvents, currentTrace } from "../observability/index.ts"

/** As `OrderStore.commit`, for an order of this merchant. */
export const commitObserved = (
  change: Omit<Commit, "traceparent">,
  merchant: string
): Effect.Effect<Committed, OrderNotFound | Outdated | StoreFailure, OrderStore> =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const committed = yield* store.commit({ ...change, ...yield* currentTrace })
    yield* Effect.annotateCurrentSpan({
      "docdata.revision": committed.revision,
      "docdata.events": committed.events.length
    })
    yield* countCommit("stored", merchant)
    yield* countEvents(committed.events)
    return committed
  }).pipe(
    Effect.tapError(({ _tag }) => countCommit(_tag === "Outdated" ? "outdated" : "failed", merchant)),
    Effect.withSpan("OrderStore.commit", {
      attributes: { "docdata.merchant": merchant, "docdata.order_id": change.orderId }
    }, { captureStackTrace: false })
  )
