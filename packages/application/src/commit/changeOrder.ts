/**
 * A change of an order that no report led to: read, decide, store on the revision that was read.
 */
import type { Order } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  type Commit,
  type EventPayload,
  EventSink,
  type OrderName,
  type OrderNotFound,
  type OrderSnapshot,
  OrderStore,
  type StoredOrder,
  type StoreFailure
} from "../ports/index.ts"
import { commitObserved } from "./commitObserved.ts"
import { commitAttemptsMax, Contended } from "./UseCaseFailure.ts"

/** What changes. Left out parts stay. */
export interface Change extends Partial<Pick<Commit, "modifications" | "anomalies" | "shopOrder">> {
  readonly state?: Order
  readonly events?: ReadonlyArray<EventPayload>
  readonly nextRefreshAtMs?: number
}

/** As {@link changeOrder}, with a decision that has to read more, and may refuse. */
export const changeWith = Effect.fnUntraced(function*<E>(
  name: OrderName,
  decide: (snapshot: OrderSnapshot) => Effect.Effect<Change | undefined, E, OrderStore>
): Effect.fn.Return<StoredOrder, OrderNotFound | StoreFailure | Contended | E, OrderStore | EventSink> {
  const store = yield* OrderStore
  const sink = yield* EventSink
  let orderId = ""
  for (let attempt = 0; attempt < commitAttemptsMax; attempt++) {
    const snapshot = yield* store.read(name)
    const { order, payments } = snapshot
    orderId = order.id
    const change = yield* decide(snapshot)
    if (change === undefined) return order
    const state = change.state ?? order.state
    const nextRefreshAtMs = change.nextRefreshAtMs ?? order.nextRefreshAtMs
    const committed = yield* Effect.catchTag(
      commitObserved({
        orderId,
        expectedRevision: order.revision,
        committedAtMs: yield* Clock.currentTimeMillis,
        state,
        payments: payments.filter(({ orderKey }) => orderKey === undefined),
        events: change.events ?? [],
        subscribers: yield* sink.subscribersFor(order.merchant),
        modifications: change.modifications ?? [],
        ...(change.anomalies && { anomalies: change.anomalies }),
        ...(change.shopOrder && { shopOrder: change.shopOrder }),
        nextRefreshAtMs,
        quietRefreshes: order.quietRefreshes
      }, order.merchant),
      "Outdated",
      () => Effect.undefined
    )
    if (committed !== undefined) {
      return {
        ...order,
        state,
        revision: committed.revision,
        ...(nextRefreshAtMs === undefined ? {} : { nextRefreshAtMs })
      }
    }
  }
  return yield* new Contended({ orderId })
})

/**
 * Applies `decide` to the order as it is and stores what it says; `undefined` changes nothing. `decide` may run
 * several times, each time on what others stored meanwhile.
 */
export const changeOrder = (name: OrderName, decide: (snapshot: OrderSnapshot) => Change | undefined) =>
  changeWith(name, (snapshot) => Effect.succeed(decide(snapshot)))

/** Lets the refresh schedule refresh the order soon: something was asked of Docdata and the answer is not known. */
export const scheduleRefresh = Effect.fnUntraced(function*(name: OrderName, inMs: number) {
  const atMs = (yield* Clock.currentTimeMillis) + inMs
  return yield* changeOrder(
    name,
    ({ order }) =>
      order.nextRefreshAtMs !== undefined && order.nextRefreshAtMs <= atMs ? undefined : { nextRefreshAtMs: atMs }
  )
})
