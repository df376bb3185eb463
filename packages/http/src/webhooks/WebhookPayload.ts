/**
 * What a webhook's body says, as schemas: one per type of event, and the test message.
 *
 * Amounts are minor units of the currency beside them. Types and fields may come; none of these goes or changes.
 */
import type { EventPayload } from "@docdata/application"
import { LifecycleEvent } from "@docdata/application/schema"
import { OrderEvent } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

const events = [...LifecycleEvent.members, ...OrderEvent.members] as const

// As keys of a record, so that a missing type breaks the build as a wrong one does.
const typeRecord: Readonly<Record<EventPayload["type"], true>> = {
  "order.created": true,
  "notification.received": true,
  "return.visited": true,
  "payment.proceeded": true,
  "payment.not_proceeded": true,
  "anomaly.raised": true,
  "modification.resolved": true,
  "payment.added": true,
  "payment.updated": true,
  "order.status_changed": true,
  "order.fulfilment_changed": true
}

/** The types of events that an endpoint may ask for. */
export const WebhookEventType = Schema.Literals(Object.keys(typeRecord) as ReadonlyArray<EventPayload["type"]>)
  .annotate({ identifier: "WebhookEventType" })

/** The order as it was registered; nothing in it changes. */
const OrderOfEvent = Schema.Struct({
  id: Schema.String,
  shopReference: Schema.String,
  orderReference: Schema.String,
  orderAttempt: Schema.Int,
  currency: Schema.String,
  grossMinor: Schema.Int
}).annotate({ identifier: "OrderOfEvent" })

const common = {
  eventId: Schema.String,
  merchant: Schema.String,
  order: OrderOfEvent,
  /** Of the order; with the position it gives the order of events. */
  revision: Schema.Int,
  position: Schema.Int
}

/** Any schema that needs nothing to read by. */
type Plain = Schema.ConstraintCodec<unknown, unknown>
type Fields = Readonly<Record<string, Plain>>

const message = (type: Plain, data: Fields) =>
  Schema.Struct({ type, timestamp: Schema.String, data: Schema.Struct(data) })

const payloadOf = ({ fields }: { readonly fields: Fields & { readonly type: Plain } }) => {
  const { type, ...data } = fields
  return message(type, { ...common, ...data })
}

/** The body of a test message. */
const TestPayload = message(Schema.Literal("webhook.test"), { eventId: Schema.String, endpointId: Schema.String })

export const WebhookPayload = Schema.Union([...events.map(payloadOf), TestPayload]).annotate({
  identifier: "WebhookPayload"
})
