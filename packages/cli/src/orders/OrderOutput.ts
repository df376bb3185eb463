/**
 * Orders as `--json` prints them. Instants are ISO 8601 in UTC, amounts integers in the minor unit of the currency
 * beside them. The JSON Schemas are made from these schemas and printed by `docdata schema`.
 */
import { Fulfilment, Hold, Money, OrderStatus, PaymentRow, ReportedTotals, RuleId } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

const Instant = Schema.String.annotate({ description: "ISO 8601, UTC" })

const summary = {
  id: Schema.String,
  merchant: Schema.String,
  shopReference: Schema.String,
  orderReference: Schema.String.annotate({ description: "What Docdata was told, and what notifications bring back" }),
  key: Schema.optionalKey(Schema.String.annotate({ description: "Docdata's; absent before it gave one" })),
  orderAttempt: Schema.Int,
  registration: Schema.Literals(["reserved", "confirmed", "abandoned"]),
  status: OrderStatus,
  fulfilment: Fulfilment,
  hold: Schema.optionalKey(Hold),
  amount: Money,
  created: Instant,
  nextRefresh: Schema.optionalKey(Instant.annotate({ description: "Absent when nothing is expected any more" }))
}

/** A line of `orders list --json`. */
export const OrderLine = Schema.Struct(summary).annotate({ identifier: "OrderLine" })

/** Money asked for or given back. */
export const ModificationOutput = Schema.Struct({
  kind: Schema.Literals(["capture", "refund"]),
  reference: Schema.String,
  paymentId: Schema.String,
  amount: Money,
  state: Schema.Literals(["intended", "filed", "unclear", "confirmed", "failed"]),
  requested: Instant,
  changed: Instant
}).annotate({ identifier: "Modification" })

/** The object of `orders show --json`. */
export const OrderDetail = Schema.Struct({
  ...summary,
  subjectMerchant: Schema.optionalKey(Schema.String),
  language: Schema.String,
  billToCountry: Schema.String,
  revision: Schema.Int,
  lastRefresh: Schema.optionalKey(Instant.annotate({ description: "When the newest report was asked for" })),
  totals: Schema.optionalKey(ReportedTotals.annotate({ description: "Minor units, as last reported; approximate" })),
  payments: Schema.Array(PaymentRow),
  modifications: Schema.Array(ModificationOutput)
}).annotate({ identifier: "OrderDetail" })

/** The object of `orders create --json`. */
export const CreateOutput = Schema.Struct({ ...summary, menuUrl: Schema.String }).annotate({
  identifier: "CreatedOrder"
})

const PaymentAnswer = Schema.Union([
  Schema.Struct({ _tag: Schema.Literal("Accepted"), paymentId: Schema.String, status: Schema.String }),
  Schema.Struct({ _tag: Schema.Literal("InsufficientData") }),
  Schema.Struct({
    _tag: Schema.Literal("Failed"),
    code: Schema.String,
    message: Schema.String,
    status: Schema.optionalKey(Schema.String),
    paymentId: Schema.optionalKey(Schema.String)
  }),
  Schema.Struct({ _tag: Schema.Literal("Silent") })
]).annotate({ identifier: "PaymentAnswer" })

/** Where the shopper goes; address and values are `***` unless `--show-secrets` asks for them. */
export const RedirectOutput = Schema.Struct({
  method: Schema.String,
  url: Schema.String,
  parameters: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String }))
}).annotate({ identifier: "Redirect" })

/** The object of `orders start --json`. */
export const StartOutput = Schema.Struct({
  payment: PaymentAnswer,
  redirect: Schema.optionalKey(RedirectOutput)
}).annotate({ identifier: "StartedPayment" })

/** The object of `orders charge --json`. */
export const ChargeOutput = Schema.Struct({ payment: PaymentAnswer }).annotate({ identifier: "ChargedPayment" })

/** The object of `orders proceed --json`. */
export const ProceedOutput = Schema.Struct({ payment: PaymentAnswer, order: OrderLine }).annotate({
  identifier: "ProceededPayment"
})

/** The object of `orders cancel --json`; the order says whether it is cancelled. */
export const CancelOutput = Schema.Struct({
  result: Schema.Literals(["NoPayments", "AlreadyCancelled", "Cancelled", "NotCancelled", "Pending", "Unrecognised"]),
  order: OrderLine
}).annotate({ identifier: "CancelledOrder" })

/** The object of `orders clear-hold --json`; the order says whether it is held again. */
export const ClearHoldOutput = Schema.Struct({
  cleared: Schema.optionalKey(Hold.annotate({ description: "Absent if the order was not on hold" })),
  order: OrderLine
}).annotate({ identifier: "ClearedOrder" })

/** A line of `methods --json`. */
export const MethodOutput = Schema.Struct({
  name: Schema.String,
  issuers: Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String }))
}).annotate({ identifier: "PaymentMethod" })

/** The object of `menu-url --json`. */
export const MenuUrlOutput = Schema.Struct({ menuUrl: Schema.String }).annotate({ identifier: "MenuUrl" })

/** A line of `orders refresh --json` and `orders expire --json`: what came of one order. */
export const BatchLine = Schema.Struct({
  id: Schema.optionalKey(Schema.String.annotate({ description: "Absent if no order fits the name" })),
  name: Schema.optionalKey(Schema.String.annotate({ description: "As typed, if no order fits it" })),
  merchant: Schema.optionalKey(Schema.String),
  shopReference: Schema.optionalKey(Schema.String),
  outcome: Schema.Literals(["changed", "unchanged", "skipped", "failed"]).annotate({
    description: "With --dry-run, changed means would change. Skipped: Docdata never gave the order a key"
  }),
  before: Schema.optionalKey(OrderStatus),
  after: Schema.optionalKey(OrderStatus),
  rule: Schema.optionalKey(RuleId),
  failure: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "OrderRefreshed" })
