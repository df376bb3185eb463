/**
 * What happened to an order, as the REST API shows it.
 */
import { OrderStore, pageSizeMax, timelineOf } from "@docdata/application"
import * as Effect from "effect/Effect"
import { problemOf } from "./problemOf.ts"

/** The entries, oldest first. The newest 200 looks. */
export const timelineEntries = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  const [events, refreshes, modifications] = yield* Effect.all([
    store.events(orderId),
    store.observations(orderId, { limit: pageSizeMax }),
    store.modifications(orderId)
  ]).pipe(Effect.mapError(problemOf))
  return timelineOf({ events, refreshes: refreshes.items, modifications })
})
