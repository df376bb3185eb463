/**
 * A change of an order that no report led to: read, decide, store on the revision that was read.
 */
import type { Order } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  type Commit,
  EventSink,
  type OrderName,
  type OrderNews,
  type OrderNotFound,
  type OrderSnapshot,
  OrderStore,
  type StoredOrder,
  type StoreFailure
} from "../ports/index.ts"
import { commitObserved } from "./commitObserved.ts"
import { commitAttemptsMax, Contended } from "./UseCaseFailure.ts"

/** What changes. Left out parts stay. */
export interface Change extends Partial<Pick<Commit, "movements" | "anomalies">> {
  readonly state?: Order
  readonly news?: ReadonlyArray<OrderNews>
  readonly nextCheckAtMs?: number
}

/** As {@link changeOrder}, with a decision that has to read more, and may refuse. */
export const changeWith = Effect.fnUntraced(function*<E>(
  name: OrderName,
  decide: (snapshot: OrderSnapshot) => Effect.Effect<Change | undefined, E>
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
    const nextCheckAtMs = change.nextCheckAtMs ?? order.nextCheckAtMs
    const committed = yield* Effect.catchTag(
      commitObserved({
        orderId,
        expectedRevision: order.revision,
        committedAtMs: yield* Clock.currentTimeMillis,
        state,
        payments: payments.filter(({ orderKey }) => orderKey === undefined),
        news: change.news ?? [],
        consumers: yield* sink.audience(order.merchant),
        movements: change.movements ?? [],
        ...(change.anomalies && { anomalies: change.anomalies }),
        nextCheckAtMs,
        quietChecks: order.quietChecks
      }, order.merchant),
      "Outdated",
      () => Effect.undefined
    )
    if (committed !== undefined) {
      return {
        ...order,
        state,
        revision: committed.revision,
        ...(nextCheckAtMs === undefined ? {} : { nextCheckAtMs })
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

/** Lets the recheck schedule look at the order soon: something was asked of Docdata and the answer is not known. */
export const lookSoon = Effect.fnUntraced(function*(name: OrderName, inMs: number) {
  const atMs = (yield* Clock.currentTimeMillis) + inMs
  return yield* changeOrder(
    name,
    ({ order }) =>
      order.nextCheckAtMs !== undefined && order.nextCheckAtMs <= atMs ? undefined : { nextCheckAtMs: atMs }
  )
})
