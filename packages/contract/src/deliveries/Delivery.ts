/**
 * Deliveries of events to webhook endpoints.
 */
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { GivenInstant, Instant } from "../Instant.ts"
import { after, Count, limit, next } from "../paging.ts"
import { text } from "../text.ts"

const DeliveryState = Schema.Literals(["waiting", "delivered", "dead-lettered"])

const attemptFields = {
  durationMs: field(Count, "How long the attempt took, in milliseconds.", 120),
  status: optional(Count, "The HTTP status that the receiver answered with.", 204),
  fault: optional(
    Schema.String,
    "What came instead of an answer: `timeout`, `address-refused`, `ECONNREFUSED`.",
    "timeout"
  )
}

/** What came of a test message. */
export const WebhookTest = Schema.Struct({
  delivered: field(Schema.Boolean, "True: the receiver answered with 2xx.", true),
  ...attemptFields
}).annotate({ identifier: "WebhookTest", description: "What came of a test message." })

const deliveryFields = {
  endpointId: field(Schema.String, "The id of the endpoint; of one of the settings its name.", "whe_4K7Q2M"),
  eventId: field(Schema.String, "The id of the event.", "ord_4K7Q2M-3-0"),
  orderId: field(Schema.String, "The service's own id of the order.", "ord_4K7Q2M"),
  merchant: field(Schema.String, "Name of the merchant account.", "shop"),
  type: field(Schema.String, "The type of the event.", "order.status_changed"),
  occurredAt: field(Instant, "When the event happened."),
  state: field(DeliveryState, "Where the delivery stands.", "delivered"),
  attemptCount: field(Count, "Delivery attempts since it was opened, or opened again.", 1),
  notBefore: optional(Instant, "When a waiting one is tried next; absent if it goes as soon as it can."),
  deadLettered: optional(
    Schema.Struct({
      at: field(Instant, "When it became a dead letter."),
      reason: field(Schema.String, "Why.", "status 500")
    }),
    "When and why it became a dead letter."
  )
}

/** A delivery in a list. */
export const DeliverySummary = Schema.Struct(deliveryFields)
  .annotate({ identifier: "WebhookDeliverySummary", description: "A delivery in a list." })

/** A delivery with its attempts. */
export const Delivery = Schema.Struct({
  ...deliveryFields,
  attempts: field(
    Schema.Array(Schema.Struct({ at: field(Instant, "When the attempt began."), ...attemptFields })),
    "The newest 50 delivery attempts, oldest first."
  )
}).annotate({ identifier: "WebhookDelivery", description: "The delivery of an event to an endpoint." })

/** One page of deliveries. */
export const DeliveryPage = Schema.Struct({
  deliveries: field(Schema.Array(DeliverySummary), "Newest event first."),
  next
}).annotate({ identifier: "WebhookDeliveryPage", description: "One page of deliveries." })

/** All deliveries of an event. */
export const EventDeliveries = Schema.Struct({
  deliveries: field(Schema.Array(Delivery), "By endpoint.")
}).annotate({ identifier: "EventDeliveries", description: "All deliveries of an event." })

/** Which deliveries a list shows. */
export const DeliveryQuery = Schema.Struct({
  state: field(DeliveryState, "Where the deliveries stand.", "dead-lettered"),
  limit,
  after
})

/** Which deliveries are opened again. */
export const RedeliverRequest = Schema.Struct({
  deadLetteredFrom: field(
    GivenInstant,
    "Deliveries that became dead letters at this moment or later.",
    "2026-11-30T00:00:00.000Z"
  ),
  deadLetteredUntil: optional(
    GivenInstant,
    "And before this one; now when absent. Whoever asks again for more says the same moment again.",
    "2026-12-01T00:00:00.000Z"
  )
}).annotate({ identifier: "RedeliverRequest", description: "Which deliveries are opened again." })

/** How many were opened again. */
export const Redelivered = Schema.Struct({
  opened: field(Count, "How many were opened again.", 12),
  more: field(Schema.Boolean, "True: there are others; ask again with this deadLetteredUntil, so that it ends.", false),
  deadLetteredUntil: field(Instant, "The moment before which they became dead letters.")
}).annotate({ identifier: "Redelivered", description: "How many deliveries were opened again." })

export const eventIdOfDelivery = field(text(150), "The id of the event.", "ord_4K7Q2M-3-0")
