/**
 * What `docdata explain --json` prints: one object. The JSON Schema of it is made from this schema and printed by
 * `docdata schema explain`.
 */
import { Decision, Finding, Money, Order, OrderEvent, PaymentRow, Policy, RuleId } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

const Modification = Schema.Struct({ status: Schema.String, amount: Money }).annotate({ identifier: "Modification" })

const ReportedPayment = Schema.Struct({
  id: Schema.String,
  paymentMethod: Schema.String,
  status: Schema.String,
  confidenceLevel: Schema.String,
  amount: Money,
  captures: Schema.Array(Modification),
  refunds: Schema.Array(Modification),
  chargebacks: Schema.Array(Modification),
  reversed: Schema.optionalKey(Money)
}).annotate({ identifier: "Attempt", description: "A payment of the report; amounts in minor units" })

const Alternative = Schema.Struct({
  rule: RuleId,
  meaning: Schema.String,
  outcome: Schema.String.annotate({ description: "A status, or what the rule leads to: keep, intended, ..." }),
  missing: Schema.Array(Schema.Struct({
    words: Schema.String,
    comparison: Schema.optionalKey(Schema.String),
    byMinor: Schema.optionalKey(Schema.Int)
  }))
}).annotate({ identifier: "Alternative", description: "A rule that would decide instead if all of `missing` were so" })

/** What a finding means and what to do. */
export const CatalogueEntry = Schema.Struct({
  level: Schema.Literals(["error", "warning", "info"]),
  meaning: Schema.String,
  action: Schema.String
}).annotate({ identifier: "CatalogueEntry", description: "What a finding means and what to do" })

/** A decision with its reasons. All amounts are integers in minor units. */
export const ExplanationOutput = Schema.Struct({
  kind: Schema.Literal("explanation"),
  now: Schema.String.annotate({ description: "The instant at which the order was judged, ISO 8601" }),
  policy: Policy,
  orderGiven: Schema.Boolean.annotate({ description: "False if a new order of unknown amount was assumed" }),
  before: Order.annotate({ description: "The order as given or assumed" }),
  order: Order.annotate({ description: "The order after the report" }),
  payments: Schema.Array(PaymentRow),
  decision: Decision,
  meaning: Schema.String,
  because: Schema.Array(Schema.String),
  alternatives: Schema.Array(Alternative),
  otherwise: Schema.optionalKey(Schema.Struct({
    rule: RuleId,
    meaning: Schema.String,
    outcome: Schema.String,
    unless: Schema.Array(Schema.String)
  })).annotate({ description: "The rule that decides as soon as the one that decided no longer applies" }),
  findings: Schema.Array(Finding),
  catalogue: Schema.Record(Schema.String, CatalogueEntry).annotate({
    description: "Meaning and advice for every kind of finding that occurs"
  }),
  events: Schema.Array(OrderEvent),
  reportedPayments: Schema.Array(ReportedPayment)
}).annotate({ identifier: "Explanation" })

/** The provider refused to answer. */
export const ErrorReplyOutput = Schema.Struct({
  kind: Schema.Literal("error-reply"),
  errors: Schema.Array(Schema.Struct({ code: Schema.String, text: Schema.String }))
}).annotate({ identifier: "ErrorReply" })

/** The provider's server failed. */
export const FaultOutput = Schema.Struct({
  kind: Schema.Literal("soap-fault"),
  faultcode: Schema.String,
  faultstring: Schema.String
}).annotate({ identifier: "SoapFault" })

/** Any output of `explain --json`. */
export const ExplainOutput = Schema.Union([ExplanationOutput, ErrorReplyOutput, FaultOutput]).annotate({
  title: "docdata explain --json",
  description: "With exit code 0 an Explanation, with exit code 3 an ErrorReply or a SoapFault"
})
