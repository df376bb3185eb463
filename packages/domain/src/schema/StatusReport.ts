/**
 * Schema of a status report and its parts. All status words are open text.
 */
import * as Schema from "effect/Schema"
import { Currency, Minor, Money } from "./Money.ts"

/** See `ApproximateTotals`. Negative totals decode, so that the kernel can refuse them with a finding. */
export const ApproximateTotals = Schema.Struct({
  exchangedTo: Schema.optionalKey(Currency),
  exchangeRateDate: Schema.optionalKey(Schema.String),
  registered: Schema.optionalKey(Minor),
  shopperPending: Schema.optionalKey(Minor),
  acquirerPending: Schema.optionalKey(Minor),
  acquirerApproved: Schema.optionalKey(Minor),
  captured: Schema.optionalKey(Minor),
  refunded: Schema.optionalKey(Minor),
  chargedBack: Schema.optionalKey(Minor),
  reversed: Schema.optionalKey(Minor)
}).annotate({ identifier: "ApproximateTotals" })

/** See `Capture`. */
export const Capture = Schema.Struct({
  merchantReference: Schema.optionalKey(Schema.String),
  status: Schema.String,
  amount: Money,
  reason: Schema.optionalKey(Schema.String),
  modifiedAt: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Capture" })

/** See `Refund`. */
export const Refund = Schema.Struct(Capture.fields).annotate({ identifier: "Refund" })

/** See `Chargeback`. */
export const Chargeback = Schema.Struct({
  chargebackId: Schema.optionalKey(Schema.String),
  status: Schema.String,
  amount: Money,
  reason: Schema.optionalKey(Schema.String),
  enquiryReason: Schema.optionalKey(Schema.String),
  modifiedAt: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Chargeback" })

/** See `Reversal`. */
export const Reversal = Schema.Struct({ amount: Money, reason: Schema.optionalKey(Schema.String) }).annotate({
  identifier: "Reversal"
})

/** See `Authorization`. */
export const Authorization = Schema.Struct({
  status: Schema.String,
  reason: Schema.optionalKey(Schema.String),
  amount: Money,
  confidenceLevel: Schema.String,
  captures: Schema.Array(Capture),
  refunds: Schema.Array(Refund),
  chargebacks: Schema.Array(Chargeback),
  reversal: Schema.optionalKey(Reversal)
}).annotate({ identifier: "Authorization" })

/** See `PaymentLine`. */
export const PaymentLine = Schema.Struct({
  id: Schema.String,
  paymentMethod: Schema.String,
  authorization: Authorization
}).annotate({ identifier: "PaymentLine" })

/** See `ConsideredSafe`. */
export const ConsideredSafe = Schema.Struct({
  value: Schema.Boolean,
  level: Schema.String,
  date: Schema.optionalKey(Schema.String),
  reason: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "ConsideredSafe" })

/** See `ApiInformation`. */
export const ApiInformation = Schema.Struct({
  originalVersion: Schema.String,
  conversionApplied: Schema.Boolean
}).annotate({ identifier: "ApiInformation" })

/** See `StatusReport`. */
export const StatusReport = Schema.Struct({
  totals: ApproximateTotals,
  payments: Schema.Array(PaymentLine),
  consideredSafe: Schema.optionalKey(ConsideredSafe),
  apiInformation: Schema.optionalKey(ApiInformation)
}).annotate({ identifier: "StatusReport" })
