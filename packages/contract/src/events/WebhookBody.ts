/**
 * The bodies of webhooks: one per type of event, and the test message.
 */
import * as Schema from "effect/Schema"
import { field } from "../field.ts"
import { Instant } from "../Instant.ts"
import { Money } from "../Money.ts"
import { Count } from "../paging.ts"
import { eventData, eventMeanings, eventName, type EventType } from "./Event.ts"

/** The order as it was registered; nothing in it changes. */
const OrderOfEvent = Schema.Struct({
  id: field(Schema.String, "The service's own id of the order.", "ord_4K7Q2M"),
  shopReference: field(Schema.String, "The shop's own number of the order.", "web-1001"),
  orderReference: field(Schema.String, "What Docdata knows the order by.", "web-1001-8H2MQZ3T"),
  orderAttempt: field(Count, "Counts the orders with the same shop reference, from 1.", 1),
  amount: field(Money, "What the shopper has to pay.")
}).annotate({ identifier: "OrderOfEvent", description: "The order as it was registered; nothing in it changes." })

const common = {
  eventId: field(Schema.String, "The id of the event: the same in each delivery, and in the feed.", "ord_4K7Q2M-3-0"),
  merchant: field(Schema.String, "Name of the merchant account.", "shop"),
  order: field(OrderOfEvent, "The order that it is about."),
  revision: field(Count, "The order's revision; with the position it orders the events of an order.", 3),
  position: field(Count, "Among the events of one revision, from 0.", 0)
}

const timestamp = field(Instant, "When it happened.")

const bodyOf = <Type extends EventType, Data extends Schema.Struct.Fields>(type: Type, described: Data) =>
  Schema.Struct({
    type: field(Schema.Literal(type), "The type of the event."),
    timestamp,
    data: field(Schema.Struct({ ...common, ...described }), "What happened, and to which order.")
  }).annotate({ identifier: `${eventName(type)}Webhook`, description: eventMeanings[type] })

const TestWebhook = Schema.Struct({
  type: field(Schema.Literal("webhook.test"), "Says that it is a test."),
  timestamp,
  data: field(
    Schema.Struct({
      eventId: field(Schema.String, "The id of the message.", "test_4K7Q2M"),
      endpointId: field(Schema.String, "The id of the endpoint.", "whe_4K7Q2M")
    }),
    "Nothing happened."
  )
}).annotate({ identifier: "WebhookTestWebhook", description: "Somebody sent a test message." })

/** Every body, described apart by `type`. */
export const WebhookBody = Schema.Union([
  bodyOf("order.created", eventData["order.created"]),
  bodyOf("order.status_changed", eventData["order.status_changed"]),
  bodyOf("order.fulfilment_changed", eventData["order.fulfilment_changed"]),
  bodyOf("shop_order.status_changed", eventData["shop_order.status_changed"]),
  bodyOf("shop_order.fulfilment_changed", eventData["shop_order.fulfilment_changed"]),
  bodyOf("payment.added", eventData["payment.added"]),
  bodyOf("payment.updated", eventData["payment.updated"]),
  bodyOf("payment.proceeded", eventData["payment.proceeded"]),
  bodyOf("payment.not_proceeded", eventData["payment.not_proceeded"]),
  bodyOf("notification.received", eventData["notification.received"]),
  bodyOf("return.visited", eventData["return.visited"]),
  bodyOf("capture.confirmed", eventData["capture.confirmed"]),
  bodyOf("capture.failed", eventData["capture.failed"]),
  bodyOf("refund.confirmed", eventData["refund.confirmed"]),
  bodyOf("refund.failed", eventData["refund.failed"]),
  bodyOf("modification.resolved", eventData["modification.resolved"]),
  bodyOf("anomaly.raised", eventData["anomaly.raised"]),
  TestWebhook
]).annotate({ identifier: "WebhookBody", description: "The body of a webhook. New types and fields may come." })
