/**
 * The events of all orders, for programs that read them instead of being told by webhook.
 */
import { InstantMs } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { WebhookEventType } from "../webhooks/WebhookPayload.ts"
import { Authorization } from "./Authorization.ts"
import { Problem404, Problem422, Problem503 } from "./problems.ts"
import { FeedPosition, PageSize, text } from "./requests.ts"

/** One event. `data` is what a webhook says of it; new types and fields may come. */
export const EventView = Schema.Struct({
  id: Schema.String,
  type: Schema.String,
  merchant: Schema.String,
  orderId: Schema.String,
  /** The order's revision that the event belongs to; with the position it gives the order of an order's events. */
  revision: Schema.Int,
  position: Schema.Int,
  occurredAtMs: InstantMs,
  data: Schema.Record(Schema.String, Schema.Unknown)
}).annotate({ identifier: "Event" })

/**
 * Part of the feed. `next` is the `after` to go on with, also at the end; `more` says whether something is there now. A
 * place is one of the whole service, see decision 0326.
 */
const EventPage = Schema.Struct({
  events: Schema.Array(EventView),
  next: Schema.Int,
  more: Schema.Boolean
}).annotate({ identifier: "EventPage" })

/** Where to go on, and what to leave out. */
const EventQuery = Schema.Struct({
  /** The `next` of an earlier page; from the beginning when absent. */
  after: Schema.optionalKey(FeedPosition),
  limit: Schema.optionalKey(PageSize),
  type: Schema.optionalKey(Schema.Array(WebhookEventType)),
  orderId: Schema.optionalKey(text(100)),
  merchant: Schema.optionalKey(text(100))
})

export class Events extends HttpApiGroup.make("events").add(
  HttpApiEndpoint.get("list", "/", { query: EventQuery, success: EventPage, error: [Problem422, Problem503] }),
  HttpApiEndpoint.get("read", "/:eventId", {
    params: { eventId: text(100) },
    success: EventView,
    error: [Problem404, Problem503]
  })
).middleware(Authorization).prefix("/v1/events") {}
