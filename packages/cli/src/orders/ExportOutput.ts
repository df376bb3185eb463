/**
 * Everything that is stored about an order, as `docdata orders export` prints it: as it is stored, with instants in
 * milliseconds since 1970 and amounts in minor units. Exchanges are the redacted texts.
 */
import { attemptsKept, deliveryStates } from "@docdata/application"
import { LifecycleEvent } from "@docdata/application/schema"
import {
  Decision,
  Finding,
  InstantMs,
  Intent,
  Order,
  OrderEvent,
  PaymentRow,
  StatusReport
} from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

const StoredOrder = Schema.Struct({
  id: Schema.String,
  merchant: Schema.String,
  subjectMerchant: Schema.optionalKey(Schema.String),
  shopReference: Schema.String,
  orderReference: Schema.String,
  idempotencyKey: Schema.String,
  fingerprint: Schema.String,
  language: Schema.String,
  billToCountry: Schema.String,
  currency: Schema.String,
  grossMinor: Schema.Int,
  createdAtMs: InstantMs,
  orderAttempt: Schema.Int,
  registration: Schema.Literals(["reserved", "confirmed", "abandoned"]),
  revision: Schema.Int,
  state: Order,
  observedFromMs: Schema.optionalKey(InstantMs),
  nextRefreshAtMs: Schema.optionalKey(InstantMs),
  quietRefreshes: Schema.Int
}).annotate({ identifier: "StoredOrder" })

const StoredModification = Schema.Struct({
  orderId: Schema.String,
  kind: Schema.Literals(["capture", "refund"]),
  reference: Schema.String,
  paymentId: Schema.String,
  amountMinor: Schema.Int,
  currency: Schema.String,
  state: Schema.Literals(["intended", "filed", "unclear", "confirmed", "failed"]),
  requestedAtMs: InstantMs,
  changedAtMs: InstantMs
}).annotate({ identifier: "StoredModification" })

const StoredEvent = Schema.Struct({
  id: Schema.String,
  merchant: Schema.String,
  orderId: Schema.String,
  revision: Schema.Int,
  position: Schema.Int,
  occurredAtMs: InstantMs,
  traceparent: Schema.optionalKey(Schema.String),
  payload: Schema.Union([...OrderEvent.members, ...LifecycleEvent.members])
}).annotate({ identifier: "StoredEvent" })

const Observation = Schema.Struct({
  orderId: Schema.String,
  revision: Schema.Int,
  observedBy: Schema.String,
  askedAtMs: InstantMs,
  answeredAtMs: InstantMs,
  report: StatusReport,
  intent: Schema.optionalKey(Intent),
  rules: Schema.String,
  decision: Decision,
  findings: Schema.Array(Finding),
  exchange: Schema.optionalKey(
    Schema.Struct({ requestText: Schema.String, replyText: Schema.optionalKey(Schema.String) })
  )
}).annotate({ identifier: "Observation" })

const StoredDelivery = Schema.Struct({
  subscriber: Schema.String.annotate({ description: "Who is told: a webhook endpoint" }),
  eventId: Schema.String,
  state: Schema.Literals(deliveryStates),
  attempts: Schema.Int.annotate({ description: "How often it was handed out since it was opened, or opened again" }),
  notBeforeMs: Schema.optionalKey(InstantMs),
  deadLettered: Schema.optionalKey(Schema.Struct({ atMs: InstantMs, reason: Schema.String })),
  log: Schema.Array(
    Schema.Struct({
      atMs: InstantMs,
      durationMs: Schema.Int,
      outcome: Schema.Union([Schema.Struct({ status: Schema.Int }), Schema.Struct({ fault: Schema.String })])
    })
  ).annotate({ description: `The newest ${attemptsKept} attempts, oldest first` })
}).annotate({ identifier: "StoredDelivery" })

const StoredAnomaly = Schema.Struct({
  id: Schema.String,
  merchant: Schema.optionalKey(Schema.String),
  orderId: Schema.optionalKey(Schema.String),
  kind: Schema.String,
  subject: Schema.String,
  level: Schema.Literals(["error", "warning"]),
  data: Schema.Record(Schema.String, Schema.Unknown),
  raisedAtMs: InstantMs,
  changedAtMs: InstantMs,
  acknowledged: Schema.optionalKey(
    Schema.Struct({ atMs: InstantMs, by: Schema.String, note: Schema.optionalKey(Schema.String) })
  ),
  resolvedAtMs: Schema.optionalKey(InstantMs)
}).annotate({ identifier: "StoredAnomaly" })

/** The object of `orders export`. */
export const ExportOutput = Schema.Struct({
  order: StoredOrder,
  payments: Schema.Array(PaymentRow),
  modifications: Schema.Array(StoredModification),
  events: Schema.Array(StoredEvent).annotate({ description: "In the order they happened" }),
  deliveries: Schema.Array(StoredDelivery).annotate({ description: "By event, then by subscriber" }),
  anomalies: Schema.Array(StoredAnomaly).annotate({ description: "Newest first, also those that are over" }),
  observations: Schema.Array(Observation).annotate({ description: "Looks, oldest first" })
}).annotate({ identifier: "ExportedOrder" })
