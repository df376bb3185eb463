/**
 * What happened to an order, as the API tells it.
 */
import { OrderStore, pageSizeMax, type TimelineEntry, timelineOf } from "@docdata/application"
import type { Timeline } from "@docdata/contract"
import * as Effect from "effect/Effect"
import { instantView } from "../views/moneyView.ts"
import { problemOf } from "./problemOf.ts"

const kinds = { event: "event", refresh: "refresh", modification: "modification" } as const

const entryView = ({ atMs, kind, ...entry }: TimelineEntry): (typeof Timeline.Type)["entries"][number] => ({
  at: instantView(atMs),
  kind: kinds[kind],
  ...entry
})

/** The entries, oldest first, with the newest 200 refreshes. */
export const timelineEntries = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  const [events, refreshes, modifications] = yield* Effect.all([
    store.events(orderId),
    store.observations(orderId, { limit: pageSizeMax }),
    store.modifications(orderId)
  ]).pipe(Effect.mapError(problemOf))
  return timelineOf({ events, refreshes: refreshes.items, modifications }).map(entryView)
})
