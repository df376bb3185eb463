/**
 * Raise an anomaly that no refresh of the order finds by itself, or resolve it.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type Anomaly, type AnomalyDetails, isSameAnomaly } from "../order/Anomaly.ts"
import { commitObserved } from "../observability/commitObserved.ts"
import type { EventPayload } from "../order/StoredEvent.ts"
import type { OrderName, OrderSnapshot } from "../order/StoredOrder.ts"
import { EventSink } from "../ports/EventSink.ts"
import { type OrderNotFound, OrderStore } from "../ports/OrderStore.ts"
import type { StoreFailure } from "../ports/StoreFailure.ts"
import { anomaliesFor, raisedEvent } from "../refresh/anomaliesAfter.ts"
import { commitAttemptsMax, Contended } from "./UseCaseFailure.ts"

export type AnomalyFailure = OrderNotFound | StoreFailure | Contended

interface Step {
  readonly anomaly: Anomaly
  readonly events: ReadonlyArray<EventPayload>
}

/** Stores what `decide` makes of the standing anomalies; undefined changes nothing. */
const change = Effect.fnUntraced(function*(
  name: OrderName,
  decide: (open: ReadonlyArray<Anomaly>, snapshot: OrderSnapshot) => Effect.Effect<Step | undefined>
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
        events: step.events,
        subscribers: yield* (yield* EventSink).subscribersFor(order.merchant),
        modifications: [],
        anomalies: [step.anomaly],
        nextRefreshAtMs: order.nextRefreshAtMs,
        quietRefreshes: order.quietRefreshes
      }, order.merchant),
      "Outdated",
      () => Effect.undefined
    )
    if (committed !== undefined) return true
  }
  return yield* new Contended({ orderId })
})

/**
 * Raises an anomaly of an order, with its events, in one commit. Answers false if it stands already, which changes nothing:
 * safe to repeat, and from several places at once.
 */
export const raiseAnomaly = Effect.fn("RaiseAnomaly")((
  name: OrderName,
  details: AnomalyDetails
): Effect.Effect<boolean, AnomalyFailure, OrderStore | EventSink> =>
  change(name, (open, { order }) =>
    Effect.gen(function*() {
      const [anomaly] = yield* anomaliesFor(open, [details], { order, atMs: yield* Clock.currentTimeMillis })
      return anomaly && { anomaly, events: [raisedEvent(anomaly)] }
    }))
)

/** Resolves the standing anomaly of an order with this kind and subject. Answers false if none stands; safe to repeat. */
export const resolveAnomaly = Effect.fn("ResolveAnomaly")((
  name: OrderName,
  which: Pick<AnomalyDetails, "kind" | "subject">
): Effect.Effect<boolean, AnomalyFailure, OrderStore | EventSink> =>
  change(name, (open) =>
    Effect.map(Clock.currentTimeMillis, (nowMs) => {
      const anomaly = open.find((other) => isSameAnomaly(other, which))
      return anomaly === undefined ? undefined : { anomaly: { ...anomaly, resolvedAtMs: nowMs }, events: [] }
    }))
)
