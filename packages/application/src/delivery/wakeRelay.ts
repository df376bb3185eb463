/**
 * Events leave at once: whoever stores events wakes the relay.
 *
 * Around the store and not in the use cases, so that none can forget it. A wake is a hint: what is stored by another
 * process, or just before a crash, is found by polling.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BackgroundWork } from "../ports/BackgroundWork.ts"
import { OrderStore } from "../ports/OrderStore.ts"

/**
 * The order store, which wakes the relay after every change that told something. To be put around the store where a
 * process is put together: `Layer.provideMerge(layerWakeRelay, ports)`.
 */
export const layerWakeRelay: Layer.Layer<OrderStore, never, OrderStore | BackgroundWork> = Layer.effect(
  OrderStore,
  Effect.gen(function*() {
    const store = yield* OrderStore
    const work = yield* BackgroundWork
    const wakeAfter = <A, E>(change: Effect.Effect<A, E>) => Effect.tap(change, () => work.wake("outbox"))
    return OrderStore.of({
      ...store,
      confirm: (confirmation) => wakeAfter(store.confirm(confirmation)),
      commit: (change) => change.events.length === 0 ? store.commit(change) : wakeAfter(store.commit(change))
    })
  })
)
