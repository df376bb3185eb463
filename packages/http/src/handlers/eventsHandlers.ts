/**
 * The handlers of the events group.
 */
import { EventFeed, type StoredEvent } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { speaksFor } from "../access/authorize.ts"
import { Caller } from "../api/Authorization.ts"
import { DocdataApi } from "../api/DocdataApi.ts"
import type { EventView } from "../api/Events.ts"
import { problem } from "../api/problemCatalogue.ts"
import { storeProblemOf } from "./problemOf.ts"
import { seenMerchants } from "./seenMerchants.ts"

/** Events of a page when the caller does not say. */
const pageSizeDefault = 50

const viewOf = (
  { id, merchant, payload, occurredAtMs, orderId, position, revision }: StoredEvent
): typeof EventView.Type => {
  const { type, ...data } = payload
  return { id, type, merchant, orderId, revision, position, occurredAtMs, data }
}

export const eventsHandlers = HttpApiBuilder.group(DocdataApi, "events", (handlers) =>
  handlers.handleAll({
    list: Effect.fn("http.events.list")(function*({ query }) {
      const { after = 0, limit = pageSizeDefault, merchant, orderId, type } = query
      const seen = yield* seenMerchants(yield* Caller, merchant)
      const page = yield* Effect.mapError(
        (yield* EventFeed).read({
          after,
          limit,
          ...seen,
          ...(orderId === undefined ? {} : { orderId }),
          ...(type === undefined ? {} : { types: type })
        }),
        storeProblemOf
      )
      return { events: page.entries.map(({ event }) => viewOf(event)), next: page.next, more: page.more }
    }),
    read: Effect.fn("http.events.read")(function*({ params }) {
      const event = yield* Effect.mapError((yield* EventFeed).find(params.eventId), storeProblemOf)
      return event !== undefined && speaksFor(yield* Caller, event.merchant)
        ? viewOf(event)
        : yield* Effect.fail(problem("event-not-found", "no event of your merchants has this id"))
    })
  }))
