/**
 * Raise an anomaly that no look at the order finds by itself, or resolve it.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  type Anomaly,
  type Concern,
  EventSink,
  isSameConcern,
  type OrderName,
  type OrderNews,
  type OrderNotFound,
  type OrderSnapshot,
  OrderStore,
  type StoreFailure
} from "../ports/index.ts"
import { commitAttemptsMax, commitObserved, Contended } from "../commit/index.ts"
import { anomaliesFor, raisedNews } from "./anomaliesAfter.ts"

export type AnomalyFailure = OrderNotFound | StoreFailure | Contended

interface Step {
  readonly anomaly: Anomaly
  readonly news: ReadonlyArray<OrderNews>
}

/** Stores what `decide` makes of the standing anomalies; undefined changes nothing. */
const change = Effect.fnUntraced(function*(
  name: OrderName,
  decide: (standing: ReadonlyArray<Anomaly>, snapshot: OrderSnapshot) => Effect.Effect<Step | undefined>
): Effect.fn.Return<boolean, AnomalyFailure, OrderStore | EventSink> {
  const store = yield* OrderStore
  let orderId = ""
  for (let attempt = 0; attempt < commitAttemptsMax; attempt++) {
    const snapshot = yield* store.read(name)
    const { order, payments } = snapshot
    orderId = order.id
    // Read after the order: whoever changes them in between changes the revision as well.
    const step = yield* decide(yield* store.anomalies(orderId), snapshot)
    if (step === undefined) return false
    const committed = yield* Effect.catchTag(
      commitObserved({
        orderId,
        expectedRevision: order.revision,
        committedAtMs: yield* Clock.currentTimeMillis,
        state: order.state,
        payments,
        news: step.news,
        consumers: yield* (yield* EventSink).audience(order.merchant),
        movements: [],
        anomalies: [step.anomaly],
        nextCheckAtMs: order.nextCheckAtMs,
        quietChecks: order.quietChecks
      }, order.merchant),
      "Outdated",
      () => Effect.undefined
    )
    if (committed !== undefined) return true
  }
  return yield* new Contended({ orderId })
})

/**
 * Raises an anomaly of an order, with its news, in one commit. Answers false if it stands already, which changes nothing:
 * safe to repeat, and from several places at once.
 */
export const raiseAnomaly = Effect.fn("RaiseAnomaly")((
  name: OrderName,
  concern: Concern
): Effect.Effect<boolean, AnomalyFailure, OrderStore | EventSink> =>
  change(name, (standing, { order }) =>
    Effect.gen(function*() {
      const [anomaly] = yield* anomaliesFor(standing, [concern], { order, atMs: yield* Clock.currentTimeMillis })
      return anomaly && { anomaly, news: [raisedNews(anomaly)] }
    }))
)

/** Resolves the standing anomaly of an order with this kind and subject. Answers false if none stands; safe to repeat. */
export const resolveAnomaly = Effect.fn("ResolveAnomaly")((
  name: OrderName,
  which: Pick<Concern, "kind" | "subject">
): Effect.Effect<boolean, AnomalyFailure, OrderStore | EventSink> =>
  change(name, (standing) =>
    Effect.map(Clock.currentTimeMillis, (nowMs) => {
      const anomaly = standing.find((other) => isSameConcern(other, which))
      return anomaly === undefined ? undefined : { anomaly: { ...anomaly, resolvedAtMs: nowMs }, news: [] }
    }))
)
