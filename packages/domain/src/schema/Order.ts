/**
 * Schema of an order, of stored payments and of what a caller wanted.
 */
import * as Schema from "effect/Schema"
import { fulfilments, orderStatuses } from "../OrderStatus.ts"
import { Currency, Minor } from "./Money.ts"

const NotNegative = Minor.check(Schema.isGreaterThanOrEqualTo(0))

/** Milliseconds since 1970-01-01T00:00Z. */
export const InstantMs = Schema.Int.annotate({ description: "Milliseconds since 1970-01-01T00:00Z" })

/** See `OrderStatus`. */
export const OrderStatus = Schema.Literals(orderStatuses).annotate({ identifier: "OrderStatus" })

/** See `Fulfilment`. */
export const Fulfilment = Schema.Literals(fulfilments).annotate({ identifier: "Fulfilment" })

/** See `Hold`. */
export const Hold = Schema.Literals(["cancel-not-confirmed", "paid-after-close", "paid-twice"])
  .annotate({ identifier: "Hold" })

/** See `ClosedBy`. */
export const ClosedBy = Schema.Literals(["shop", "expiry"]).annotate({ identifier: "ClosedBy" })

/** See `ReportedTotals`. Only the legacy sets let negative totals through. */
export const ReportedTotals = Schema.Struct({
  registered: Minor,
  shopperPending: Minor,
  acquirerPending: Minor,
  acquirerApproved: Minor,
  captured: Minor,
  refunded: Minor,
  chargedBack: Minor,
  reversed: Minor
}).annotate({ identifier: "ReportedTotals" })

/** See `Order`. */
export const Order = Schema.Struct({
  key: Schema.String,
  status: OrderStatus,
  fulfilment: Fulfilment,
  createdAtMs: InstantMs,
  currency: Currency,
  grossMinor: Schema.optionalKey(NotNegative),
  hold: Schema.optionalKey(Hold),
  closedBy: Schema.optionalKey(ClosedBy),
  coveredByCapture: Schema.optionalKey(Schema.Boolean),
  coveredAtOldRate: Schema.optionalKey(Schema.Literal(true)),
  releasedMinor: Schema.optionalKey(NotNegative),
  totals: Schema.optionalKey(ReportedTotals)
}).annotate({ identifier: "Order" })

/** See `PaymentRow`. */
export const PaymentRow = Schema.Struct({
  paymentId: Schema.String,
  orderKey: Schema.optionalKey(Schema.String),
  paymentMethod: Schema.String,
  status: Schema.String,
  confidenceLevel: Schema.String,
  currency: Schema.optionalKey(Currency),
  allocatedMinor: Minor,
  debitedMinor: Minor,
  refundedMinor: Minor,
  chargedBackMinor: Minor,
  reversedMinor: Minor
}).annotate({ identifier: "PaymentRow" })

/** See `Intent`. */
export const Intent = Schema.Union([
  Schema.Struct({ wanted: Schema.Literal("cancelled"), cancelResult: Schema.optionalKey(Schema.String) }),
  Schema.Struct({ wanted: Schema.Literal("expired") }),
  Schema.Struct({ wanted: Schema.Literal("legacy"), status: Schema.String })
]).annotate({ identifier: "Intent" })
