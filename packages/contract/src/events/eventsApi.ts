/**
 * The events of all orders, for programs that read them instead of receiving webhooks.
 */
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { field, optional } from "../field.ts"
import { feedPosition, limit } from "../paging.ts"
import { problems } from "../problems.ts"
import { text } from "../text.ts"
import { EventDeliveries } from "../deliveries/Delivery.ts"
import { Event, EventPage, EventTypeSchema } from "./Event.ts"

const EventQuery = Schema.Struct({
  after: feedPosition,
  limit,
  type: optional(Schema.Array(EventTypeSchema), "One or several types of events.", ["order.status_changed"]),
  orderId: optional(text(100), "The service's own id of an order.", "ord_4K7Q2M"),
  merchant: optional(text(100), "Name of a merchant account.", "shop")
})

const eventId = { eventId: field(text(150), "The id of the event.", "ord_4K7Q2M-3-0") }

export class Events extends HttpApiGroup.make("events").add(
  HttpApiEndpoint.get("list", "/", {
    query: EventQuery,
    success: EventPage,
    error: problems("unknown-merchant", "store-unavailable")
  }).annotateMerge(operation(
    "Read the event feed",
    "Events of the key's merchants, in pages. Go on with `next`: nothing is skipped and nothing comes twice, also when " +
      "an event becomes visible late. A page may be empty while `more` follow, when the filter fits little. Scope read."
  )),
  HttpApiEndpoint.get("read", "/:eventId", {
    params: eventId,
    success: Event,
    error: problems("event-not-found", "store-unavailable")
  }).annotateMerge(operation("Read an event", "One event, by the id that webhooks and the feed give. Scope read.")),
  HttpApiEndpoint.get("deliveries", "/:eventId/deliveries", {
    params: eventId,
    success: EventDeliveries,
    error: problems("event-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "The deliveries of an event",
    "Where the delivery of the event to each of its endpoints stands, with the newest attempts. Scope read."
  ))
).middleware(Authorization).prefix("/v1/events").annotateMerge(group("What is published about orders.")) {}
