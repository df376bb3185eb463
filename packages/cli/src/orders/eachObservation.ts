/**
 * The refreshes an order one after the other, with one page of them in memory.
 */
import { type Observation, OrderStore, pageSizeMax, type StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"

/**
 * Oldest first, up to the newest at the start. The store pages from the newest on, so the pages are found first and then
 * read again in the other direction: looks are never changed, and those that come in meanwhile are beyond all of them.
 */
export const eachObservation = Effect.fnUntraced(function*<E, R>(
  orderId: string,
  use: (observation: Observation) => Effect.Effect<void, E, R>
): Effect.fn.Return<void, E | StoreFailure, OrderStore | R> {
  const store = yield* OrderStore
  const { items: [newest] } = yield* store.observations(orderId, { limit: 1 })
  if (newest === undefined) return
  const befores = [newest.revision + 1]
  for (;;) {
    const { next } = yield* store.observations(orderId, { before: befores.at(-1)!, limit: pageSizeMax })
    if (next === undefined) break
    befores.push(next)
  }
  for (const before of befores.toReversed()) {
    const { items } = yield* store.observations(orderId, { before, limit: pageSizeMax })
    for (const observation of items.toReversed()) yield* use(observation)
  }
})
