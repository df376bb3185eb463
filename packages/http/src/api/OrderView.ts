/**
 * An order as the REST API shows it. Amounts are minor units of the currency beside them; times are milliseconds since
 * 1970.
 */
import { Decision, Finding, Fulfilment, Hold, InstantMs, OrderStatus, ReportedTotals } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

/** One payment attempt. */
const PaymentView = Schema.Struct({
  paymentId: Schema.String,
  paymentMethod: Schema.String,
  status: Schema.String,
  confidenceLevel: Schema.String,
  currency: Schema.optionalKey(Schema.String),
  allocatedMinor: Schema.Int,
  debitedMinor: Schema.Int,
  refundedMinor: Schema.Int,
  chargedBackMinor: Schema.Int,
  reversedMinor: Schema.Int
}).annotate({ identifier: "Payment" })

const summaryFields = {
  id: Schema.String,
  merchant: Schema.String,
  shopReference: Schema.String,
  orderReference: Schema.String,
  orderAttempt: Schema.Int,
  registration: Schema.Literals(["reserved", "confirmed", "abandoned"]),
  revision: Schema.Int,
  status: OrderStatus,
  fulfilment: Fulfilment,
  hold: Schema.optionalKey(Hold),
  currency: Schema.String,
  grossMinor: Schema.Int,
  totals: Schema.optionalKey(ReportedTotals),
  createdAtMs: InstantMs
}

/** An order in a list. */
export const OrderSummary = Schema.Struct(summaryFields).annotate({ identifier: "OrderSummary" })

/** One page, newest first; `next` is the `after` of the following one. */
export const OrderPage = Schema.Struct({
  orders: Schema.Array(OrderSummary),
  next: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "OrderPage" })

export const OrderView = Schema.Struct({
  ...summaryFields,
  /** Where the shopper pays; absent before the payment provider knows the order. */
  menuUrl: Schema.optionalKey(Schema.String),
  payments: Schema.Array(PaymentView)
}).annotate({ identifier: "OrderView" })

/** What an order can be paid with at this moment, by the provider's own names. */
export const PaymentMethodsView = Schema.Struct({
  methods: Schema.Array(Schema.Struct({
    name: Schema.String,
    issuers: Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String }))
  }))
}).annotate({ identifier: "PaymentMethods" })

/** A capture or refund, from the request to the proof. */
export const ModificationView = Schema.Struct({
  kind: Schema.Literals(["capture", "refund"]),
  reference: Schema.String,
  paymentId: Schema.String,
  amountMinor: Schema.Int,
  currency: Schema.String,
  state: Schema.Literals(["intended", "filed", "unclear", "confirmed", "failed"]),
  requestedAtMs: InstantMs,
  changedAtMs: InstantMs
}).annotate({ identifier: "Modification" })

/** What came of a request to cancel; the order says whether it is cancelled. */
export const CancelView = Schema.Struct({
  result: Schema.Literals(["NoPayments", "AlreadyCancelled", "Cancelled", "NotCancelled", "Pending", "Unrecognised"]),
  order: OrderView
}).annotate({ identifier: "Cancelled" })

/** One thing that happened to an order: an event, a refresh of it, or money asked for or given back. */
const TimelineEntry = Schema.Struct({
  atMs: InstantMs,
  kind: Schema.Literals(["event", "refresh", "modification"]),
  /** For people. */
  text: Schema.String,
  revision: Schema.optionalKey(Schema.Int),
  eventId: Schema.optionalKey(Schema.String),
  type: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "TimelineEntry" })

/** What happened to an order, oldest first. */
export const TimelineView = Schema.Struct({ entries: Schema.Array(TimelineEntry) }).annotate({ identifier: "Timeline" })

/**
 * One refresh of an order: what was decided, by which rule, from which figures. The report itself stays inside: its texts may
 * name people.
 */
const ObservationView = Schema.Struct({
  revision: Schema.Int,
  observedBy: Schema.String,
  askedAtMs: InstantMs,
  answeredAtMs: InstantMs,
  rules: Schema.String,
  decision: Decision,
  findings: Schema.Array(Finding)
}).annotate({ identifier: "Observation" })

/** Refreshes an order, newest first; `next` is the `before` of the following page. */
export const ObservationPage = Schema.Struct({
  observations: Schema.Array(ObservationView),
  next: Schema.optionalKey(Schema.Int)
}).annotate({ identifier: "ObservationPage" })

/** Why an order has its status. */
export const ExplanationView = Schema.Struct({
  status: OrderStatus,
  fulfilment: Fulfilment,
  rule: Schema.String,
  meaning: Schema.String,
  because: Schema.Array(Schema.String),
  findings: Schema.Array(Schema.Struct({
    kind: Schema.String,
    level: Schema.Literals(["error", "warning", "info"]),
    meaning: Schema.String,
    action: Schema.String
  })),
  /** When the payment provider was asked for the report that decided, and for what reason. */
  askedAtMs: InstantMs,
  observedBy: Schema.String
}).annotate({ identifier: "Explanation" })
