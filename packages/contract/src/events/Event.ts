/**
 * What is published about an order: one schema per type of event. The feed and the webhooks say the same `data`.
 */
import { Fulfilment, OrderStatus, RuleId } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { Instant } from "../Instant.ts"
import { Money } from "../Money.ts"
import { OpenData } from "../orders/Explanation.ts"
import { Payment } from "../orders/Order.ts"
import { Count } from "../paging.ts"

const paymentId = field(Schema.String, "Docdata's number of the payment.", "4910079745")

const shopReference = field(Schema.String, "The shop's own number of the order.", "web-1001")
const leadingOrderId = field(
  Schema.String,
  "The order that leads from now on: the one that was paid first, else the newest open one.",
  "ord_4K7Q2M"
)

const captureEnded = {
  captureReference: field(Schema.String, "The shop's own reference of the capture.", "parcel-1"),
  paymentId,
  amount: field(Money, "What was to be captured.")
}
const refundEnded = {
  refundReference: field(Schema.String, "The shop's own reference of the refund.", "return-1"),
  paymentId,
  amount: field(Money, "What was to be given back.")
}

const ShopStep = Schema.Struct({
  status: optional(Schema.String, "The shop's own status.", "processing"),
  from: optional(Schema.String, "The shop's own status before.", "open"),
  step: field(Schema.Literals(["moved", "stayed", "ignored", "refused"]), "What became of it.", "moved")
}).annotate({ identifier: "ShopStep", description: "What the event means for the shop's own status." })

const changedFields = [
  "paymentMethod",
  "status",
  "confidenceLevel",
  "allocated",
  "debited",
  "refunded",
  "chargedBack",
  "reversed"
] as const

/** What is said besides the type, by type. */
export const eventData = {
  "order.created": {
    orderReference: field(Schema.String, "What Docdata knows the order by.", "web-1001-8H2MQZ3T")
  },
  "order.status_changed": {
    from: field(OrderStatus, "The status before.", "pending"),
    to: field(OrderStatus, "The status now.", "paid"),
    rule: field(RuleId, "The rule that decided.", "paid-in-full"),
    captured: field(Money, "Captured, as reported."),
    refunded: field(Money, "Refunded, as reported."),
    chargedBack: field(Money, "Taken back by banks, as reported."),
    net: field(Money, "Captured less refunded and charged back."),
    closed: optional(
      Schema.Boolean,
      "True if the shopper can no longer pay the order; absent in events before version 0.2.",
      false
    ),
    shop: optional(ShopStep, "In events before version 0.2 alone: see shop_order.status_changed.")
  },
  "order.fulfilment_changed": {
    from: field(Fulfilment, "Whether the goods might leave before.", "wait"),
    to: field(Fulfilment, "Whether the goods may leave now.", "ship")
  },
  "shop_order.status_changed": {
    shopReference,
    from: field(OrderStatus, "The status of the shop's order before.", "pending"),
    to: field(OrderStatus, "Its status now: that of the order that leads.", "paid"),
    leadingOrderId,
    shop: optional(ShopStep, "What it means for the shop's own status; present with a table of shop statuses.")
  },
  "shop_order.fulfilment_changed": {
    shopReference,
    from: field(Fulfilment, "Whether the goods of the shop's order might leave before.", "wait"),
    to: field(Fulfilment, "Whether they may leave now.", "ship"),
    leadingOrderId
  },
  "payment.added": { paymentId, payment: field(Payment, "The payment.") },
  "payment.updated": {
    paymentId,
    payment: field(Payment, "The payment now."),
    changed: field(Schema.Array(Schema.Literals(changedFields)), "What changed.", ["status"])
  },
  "payment.proceeded": { paymentId },
  "payment.not_proceeded": { paymentId },
  "notification.received": {},
  "return.visited": {
    callback: field(Schema.String, "What the address claimed: a hint and no more.", "success")
  },
  "capture.confirmed": captureEnded,
  "capture.failed": captureEnded,
  "refund.confirmed": refundEnded,
  "refund.failed": refundEnded,
  "modification.resolved": {
    kind: field(Schema.Literals(["capture", "refund"]), "Which of the two it is.", "refund"),
    reference: field(Schema.String, "Its captureReference or refundReference.", "refund-1"),
    outcome: field(Schema.Literals(["confirmed", "failed"]), "What became of it.", "failed"),
    by: field(Schema.String, "The id of the API key that said so.", "key_1"),
    evidence: field(Schema.Literals(["back-office", "provider", "bank"]), "Where it is known from.", "back-office")
  },
  "anomaly.raised": {
    anomalyId: field(Schema.String, "The id of the anomaly.", "ano_7Q2M"),
    kind: field(Schema.String, "The kind of anomaly; new ones may come.", "underpaid"),
    subject: field(Schema.String, "What it is about within the order; empty when about all of it.", ""),
    level: field(Schema.Literals(["error", "warning"]), "An error needs somebody before the goods leave.", "warning"),
    data: field(OpenData, "The figures, by the kind; amounts are Money.", {
      outstanding: { minor: 990, currency: "EUR" }
    })
  }
} as const

/** One of the types of events. */
export type EventType = keyof typeof eventData

/** All of them. */
export const eventTypes = Object.keys(eventData) as ReadonlyArray<EventType>

/** The types that an endpoint or a reader of the feed may ask for. */
export const EventTypeSchema = Schema.Literals(eventTypes)
  .annotate({ identifier: "EventType", description: "A type of event; new ones may come." })

/** When each is published. */
export const eventMeanings: Readonly<Record<EventType, string>> = {
  "order.created": "Docdata registered the order.",
  "order.status_changed": "The status of the order changed.",
  "order.fulfilment_changed": "Whether the goods may leave changed.",
  "shop_order.status_changed": "The status of the shop's order changed: of all its attempts together.",
  "shop_order.fulfilment_changed": "Whether the goods of the shop's order may leave changed.",
  "payment.added": "A report names a payment for the first time.",
  "payment.updated": "A report shows a payment changed.",
  "payment.proceeded": "The callback parameters of a shopper are submitted to Docdata.",
  "payment.not_proceeded": "The callback parameters certainly did not reach Docdata; they may be submitted again.",
  "notification.received": "Docdata notified that something changed.",
  "return.visited": "The shopper came back.",
  "capture.confirmed": "A capture that was asked for is done.",
  "capture.failed": "A capture that was asked for failed: no money came.",
  "refund.confirmed": "A refund that was asked for is done.",
  "refund.failed": "A refund that was asked for failed: the shopper has not got the money.",
  "modification.resolved": "A person said what became of a capture or refund that no report names.",
  "anomaly.raised": "Somebody has to act."
}

/** `order.status_changed` as `OrderStatusChanged`. */
export const eventName = (type: string): string =>
  type.split(/[._]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("")

const common = {
  id: field(Schema.String, "The id of the event; webhooks carry the same.", "ord_4K7Q2M-3-0"),
  merchant: field(Schema.String, "Name of the merchant account.", "shop"),
  orderId: field(Schema.String, "The service's own id of the order.", "ord_4K7Q2M"),
  revision: field(Count, "The order's revision; with the position it orders the events of an order.", 3),
  position: field(Count, "Among the events of one revision, from 0.", 0),
  occurredAt: field(Instant, "When it happened.")
}

const eventOf = <Type extends EventType>(type: Type) =>
  Schema.Struct({
    ...common,
    type: field(Schema.Literal(type), "The type of the event."),
    data: field(Schema.Struct(eventData[type]), "What is said besides.")
  }).annotate({ identifier: `${eventName(type)}Event`, description: eventMeanings[type] })

/** One event: a union told apart by `type`. */
export const Event = Schema.Union([
  eventOf("order.created"),
  eventOf("order.status_changed"),
  eventOf("order.fulfilment_changed"),
  eventOf("shop_order.status_changed"),
  eventOf("shop_order.fulfilment_changed"),
  eventOf("payment.added"),
  eventOf("payment.updated"),
  eventOf("payment.proceeded"),
  eventOf("payment.not_proceeded"),
  eventOf("notification.received"),
  eventOf("return.visited"),
  eventOf("capture.confirmed"),
  eventOf("capture.failed"),
  eventOf("refund.confirmed"),
  eventOf("refund.failed"),
  eventOf("modification.resolved"),
  eventOf("anomaly.raised")
]).annotate({ identifier: "Event", description: "One event of an order. New types and fields may come." })

/** Part of the feed. */
export const EventPage = Schema.Struct({
  events: field(Schema.Array(Event), "In the order of the feed."),
  next: field(Count, "The `after` to go on with, also at the end of the feed.", 42),
  more: field(Schema.Boolean, "True: something follows `next` already.", false)
}).annotate({ identifier: "EventPage", description: "Part of the event feed." })
