/**
 * The handlers of the events group.
 */
import { DeliveryLog, EventFeed } from "@docdata/application"
import { apiOf, Caller, EventsGroup, problem } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { speaksFor } from "../access/authorize.ts"
import { eventView } from "../views/eventView.ts"
import { storeProblemOf } from "./problemOf.ts"
import { seenMerchants } from "./seenMerchants.ts"
import { deliveryView } from "./webhookViews.ts"

/** Events of a page when the caller does not say. */
const pageSizeDefault = 50

const visibleEvent = Effect.fnUntraced(function*(eventId: string) {
  const event = yield* Effect.mapError((yield* EventFeed).find(eventId), storeProblemOf)
  return event !== undefined && speaksFor(yield* Caller, event.merchant)
    ? event
    : yield* Effect.fail(problem("event-not-found", "no event of your merchants has this id"))
})

const api = apiOf(EventsGroup)

export const eventsRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "events", (handlers) =>
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
        return { events: page.entries.map(({ event }) => eventView(event)), next: page.next, more: page.more }
      }),
      read: Effect.fn("http.events.read")(function*({ params }) {
        return eventView(yield* visibleEvent(params.eventId))
      }),
      deliveries: Effect.fn("http.events.deliveries")(function*({ params }) {
        const event = yield* visibleEvent(params.eventId)
        const states = yield* Effect.mapError((yield* DeliveryLog).ofEvent(event.id), storeProblemOf)
        return { deliveries: yield* Effect.forEach(states, deliveryView) }
      })
    }))
)
