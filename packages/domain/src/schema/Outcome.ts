/**
 * Schema of what the kernel answers: decision, findings and events.
 */
import * as Schema from "effect/Schema"
import { orderStatuses } from "../OrderStatus.ts"
import { comparedFields } from "../PaymentRow.ts"
import { Minor } from "./Money.ts"
import { Fulfilment, InstantMs, Order, OrderStatus, PaymentRow } from "./Order.ts"

/** See `RuleId`. */
export const RuleId = Schema.Literals([
  "report-refused",
  "wrong-currency",
  "zero-order-paid",
  "registered-below-gross",
  "paid-in-full",
  "paid-partly-returned",
  "all-returned-charged-back",
  "all-returned-refunded",
  "charge-back-word",
  "lost-promise",
  "kept-money-state",
  "cancel-accepted",
  "expired-as-asked",
  "kept-closed-state",
  "money-may-be-held",
  "expired-unfinished",
  "attempt-redirected",
  "attempt-open",
  "attempt-failed",
  "attempt-cancelled",
  "attempt-unknown-word",
  "no-attempt-unclear-totals",
  "no-attempt-new",
  "legacy-report-refused",
  "legacy-empty-new",
  "legacy-unclear-closed",
  "legacy-unclear-intended",
  "legacy-unclear-new",
  "legacy-empty-cancelled",
  "legacy-empty-intended",
  "legacy-empty-expired",
  "legacy-totals-paid",
  "legacy-totals-charged-back",
  "legacy-totals-refunded",
  "legacy-totals-returned-in-part",
  "legacy-totals-negative",
  "legacy-stay-closed",
  "legacy-word-new",
  "legacy-word-in-progress",
  "legacy-word-pending",
  "legacy-word-cancelled",
  "legacy-word-charged-back",
  "legacy-word-paid",
  "legacy-word-unknown"
]).annotate({ identifier: "RuleId" })

/** See `Figures`. */
export const Figures = Schema.Struct({
  currency: Schema.String,
  registered: Minor,
  shopperPending: Minor,
  acquirerPending: Minor,
  acquirerApproved: Minor,
  captured: Minor,
  refunded: Minor,
  chargedBack: Minor,
  reversed: Minor,
  gross: Schema.optionalKey(Minor),
  margin: Minor,
  released: Schema.optionalKey(Minor),
  paidCover: Minor,
  shipCover: Minor,
  kept: Minor,
  net: Minor
}).annotate({ identifier: "Figures" })

const FigureName = Schema.Literals([
  "registered",
  "shopperPending",
  "acquirerPending",
  "acquirerApproved",
  "captured",
  "refunded",
  "chargedBack",
  "reversed",
  "gross",
  "margin",
  "released",
  "paidCover",
  "shipCover",
  "kept",
  "net"
])

/** See `Comparison`. */
export const Comparison = Schema.Struct({
  left: FigureName,
  operator: Schema.Literals([">=", ">", "<", "=", "<="]),
  right: Schema.Union([FigureName, Schema.Literal(0)]),
  less: Schema.optionalKey(FigureName),
  lessIfKnown: Schema.optionalKey(FigureName)
}).annotate({ identifier: "Comparison" })

/** See `Decision`. */
export const Decision = Schema.Struct({
  status: OrderStatus,
  rule: RuleId,
  afterwards: Schema.optionalKey(RuleId),
  figures: Figures,
  compared: Schema.Array(Comparison),
  fulfilment: Fulfilment
}).annotate({ identifier: "Decision" })

const finding = <const Kinds extends ReadonlyArray<string>, Fields extends Schema.Struct.Fields>(
  kinds: Kinds,
  fields: Fields
) => Schema.Struct({ kind: Schema.Literals(kinds), ...fields })

const paymentId = Schema.String
const currency = Schema.String

/** See `Refusal`. */
export const ReportViolation = Schema.Union([
  Schema.Struct({ reason: Schema.Literal("negative-total"), total: Schema.String }),
  Schema.Struct({
    reason: Schema.Literal("amount-out-of-range"),
    total: Schema.optionalKey(Schema.String),
    paymentId: Schema.optionalKey(Schema.String)
  }),
  Schema.Struct({ reason: Schema.Literal("negative-amount"), paymentId }),
  Schema.Struct({ reason: Schema.Literal("no-total") }),
  Schema.Struct({ reason: Schema.Literal("payment-id"), position: Schema.Int }),
  Schema.Struct({ reason: Schema.Literal("contradicting-entries"), paymentId })
]).annotate({ identifier: "Refusal" })

/** See `Finding`. */
export const Finding = Schema.Union([
  finding(["report-refused"], { because: ReportViolation }),
  finding(["registered-below-gross", "registered-above-gross"], { registered: Minor, gross: Minor, currency }),
  finding(["money-vanished"], { captured: Minor, registered: Minor, currency }),
  finding(["capture-failed"], { paymentId }),
  finding(["report-without-lines"], {}),
  finding(["unclaimed-money"], { net: Minor, currency }),
  finding(["returned-more-than-captured"], { by: Minor, currency }),
  finding(["lines-above-totals", "lines-below-totals"], {
    total: Schema.Literals(["captured", "refunded", "chargedBack"]),
    lines: Minor,
    reported: Minor,
    currency
  }),
  finding(["wrong-currency"], { currency, orderCurrency: Schema.String }),
  finding(["foreign-payment-id"], { paymentId, orderKey: Schema.String }),
  finding(["cancel-not-confirmed"], { cancelResult: Schema.optionalKey(Schema.String) }),
  finding(["paid-after-close"], { from: Schema.Literals(orderStatuses) }),
  finding(["overpaid"], { by: Minor, currency }),
  finding(["underpaid"], { outstanding: Minor, currency }),
  finding(["within-margin"], { short: Minor, currency }),
  finding(["partial-chargeback"], { chargedBack: Minor, currency }),
  finding(["voided"], { paymentId }),
  finding(["mixed-currencies"], { currencies: Schema.Array(Schema.String) }),
  finding(["unknown-status-word"], { paymentId, word: Schema.String }),
  finding(["unknown-capture-word"], { paymentId, word: Schema.String }),
  finding(["unknown-refund-status", "unknown-chargeback-status"], { paymentId, word: Schema.String }),
  finding(["paid-after-cancelled-payment"], {}),
  finding(["rate-drift"], { captured: Minor, registered: Minor, currency }),
  finding(["captured-in-part"], { paymentId, rest: Minor, currency, lapsesAtMs: Schema.optionalKey(InstantMs) }),
  finding(["duplicate-payment-id"], { paymentId }),
  finding(["payment-method-changed"], { paymentId, from: Schema.String, to: Schema.String }),
  finding(["capture-due"], { paymentId, uncaptured: Minor, currency }),
  finding(["stuck-pending"], { ageDays: Schema.Int }),
  finding(["total-missing"], { total: Schema.String }),
  finding(["text-trimmed"], { paymentId }),
  finding(["legacy-report-refused"], { missing: Schema.String }),
  finding(["order-status-unknown"], { status: Schema.String }),
  finding(["unclear-totals"], {}),
  finding(["negative-sum"], {}),
  finding(["unhandled-totals"], {}),
  finding(["total-mismatch"], { registered: Minor, gross: Minor }),
  finding(["legacy-unknown-status-word"], { paymentId, word: Schema.String }),
  finding(["legacy-payment-method-changed"], { paymentId })
]).annotate({ identifier: "Finding" })

/** See `ShopStep`. */
const ShopStep = Schema.Struct({
  status: Schema.optionalKey(Schema.String),
  from: Schema.optionalKey(Schema.String),
  step: Schema.Literals(["moved", "stayed", "ignored", "refused"])
})

/** See `OrderEvent`. */
export const OrderEvent = Schema.Union([
  Schema.Struct({ type: Schema.Literal("payment.added"), paymentId, payment: PaymentRow }),
  Schema.Struct({
    type: Schema.Literal("payment.updated"),
    paymentId,
    payment: PaymentRow,
    changed: Schema.Array(Schema.Literals(comparedFields))
  }),
  Schema.Struct({
    type: Schema.Literal("order.status_changed"),
    from: OrderStatus,
    to: OrderStatus,
    rule: RuleId,
    currency,
    captured: Minor,
    refunded: Minor,
    chargedBack: Minor,
    net: Minor,
    closed: Schema.optionalKey(Schema.Boolean),
    shop: Schema.optionalKey(ShopStep)
  }),
  Schema.Struct({ type: Schema.Literal("order.fulfilment_changed"), from: Fulfilment, to: Fulfilment })
]).annotate({ identifier: "OrderEvent" })

/** See `Outcome`. */
export const Outcome = Schema.Struct({
  order: Order,
  payments: Schema.Array(PaymentRow),
  decision: Decision,
  findings: Schema.Array(Finding),
  events: Schema.Array(OrderEvent)
}).annotate({ identifier: "Outcome" })
