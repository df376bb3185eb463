/**
 * Every refresh of an order.
 */
import { type Observation, OrderStore, pageSizeMax, type StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"

/** Oldest first. */
export const allObservations = Effect.fnUntraced(function*(
  orderId: string
): Effect.fn.Return<ReadonlyArray<Observation>, StoreFailure, OrderStore> {
  const store = yield* OrderStore
  const found: Array<Observation> = []
  let before: number | undefined
  do {
    const page = yield* store.observations(orderId, {
      limit: pageSizeMax,
      ...(before === undefined ? {} : { before })
    })
    found.push(...page.items)
    before = page.next
  } while (before !== undefined)
  return found.toReversed()
})
