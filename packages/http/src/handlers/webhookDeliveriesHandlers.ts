/**
 * The handlers of webhook deliveries: how each stands, and sending it again.
 */
import { BackgroundWork, type DeliveryCursor, DeliveryLog, Outbox } from "@docdata/application"
import { apiOf, Caller, problem, WebhookDeliveriesGroup } from "@docdata/contract"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { operating } from "../access/authorize.ts"
import { storeProblemOf } from "./problemOf.ts"
import { deliveryOf, deliverySummary, visibleEndpoint } from "./webhookViews.ts"

/** Deliveries of a page when the caller does not say. */
const pageSizeDefault = 50

const cursorText = ({ occurredAtMs, orderId, position, revision }: DeliveryCursor): string =>
  Buffer.from(`${occurredAtMs} ${revision} ${position} ${orderId}`).toString("base64url")

const cursorOf = (text: string): DeliveryCursor | undefined => {
  const cursor = Buffer.from(text, "base64url").toString("utf8")
  const [, occurredAtMs, revision, position, orderId] =
    /^(\d{1,15}) (\d{1,9}) (\d{1,9}) (\P{Cc}{1,100})$/u.exec(cursor) ?? []
  return orderId === undefined
    ? undefined
    : { occurredAtMs: Number(occurredAtMs), revision: Number(revision), position: Number(position), orderId }
}

const api = apiOf(WebhookDeliveriesGroup)

export const webhookDeliveriesRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "webhook-deliveries", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.webhook-deliveries.list")(function*({ params, query }) {
        const { id: subscriber } = yield* visibleEndpoint(yield* Caller, params.endpointId)
        const after = query.after === undefined ? undefined : cursorOf(query.after)
        if (query.after !== undefined && after === undefined) {
          return yield* Effect.fail(problem("bad-request", "after is the next of an earlier page"))
        }
        const page = yield* Effect.mapError(
          (yield* DeliveryLog).list({ subscriber, state: query.state }, {
            limit: query.limit ?? pageSizeDefault,
            ...(after === undefined ? {} : { after })
          }),
          storeProblemOf
        )
        return {
          deliveries: page.items.map(deliverySummary),
          ...(page.next === undefined ? {} : { next: cursorText(page.next) })
        }
      }),
      read: Effect.fn("http.webhook-deliveries.read")(function*({ params }) {
        return yield* deliveryOf(yield* visibleEndpoint(yield* Caller, params.endpointId), params.eventId)
      }),
      redeliver: Effect.fn("http.webhook-deliveries.redeliver")(function*({ params }) {
        const endpoint = yield* visibleEndpoint(yield* operating, params.endpointId)
        // Only what the endpoint was told: the event of another merchant is none of its business.
        const { eventId } = yield* deliveryOf(endpoint, params.eventId)
        const notBeforeMs = yield* Clock.currentTimeMillis
        const outbox = yield* Outbox
        const request = { subscriber: endpoint.id, isStoredEndpoint: true, eventId, notBeforeMs }
        yield* Effect.mapError(outbox.redeliver(request), storeProblemOf)
        yield* (yield* BackgroundWork).wake("outbox")
        return yield* deliveryOf(endpoint, eventId)
      })
    }))
)
