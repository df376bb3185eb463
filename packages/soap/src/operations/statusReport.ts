/**
 * The report inside the replies to `status` and `statusExtended`.
 *
 * Totals that are missing stay missing and words stay as sent: what to make of them is the kernel's business, here
 * they are only read. What the schema has required since 1.0 and the decision cannot do without is required.
 */
import type {
  ApiInformation,
  ApproximateTotals,
  Authorization,
  ConsideredSafe,
  ExtendedStatus,
  StatusReport
} from "@docdata/domain"
import { many, optional, parent, record, required } from "../shape/Shape.ts"
import { amount, boolean, currencyOf, integer, numberText, optionalBooleanOf, text } from "../shape/values.ts"
import { extended } from "./paymentDetails.ts"

const totals = parent({
  registered: optional(integer, "totalRegistered"),
  shopperPending: optional(integer, "totalShopperPending"),
  acquirerPending: optional(integer, "totalAcquirerPending"),
  acquirerApproved: optional(integer, "totalAcquirerApproved"),
  captured: optional(integer, "totalCaptured"),
  refunded: optional(integer, "totalRefunded"),
  chargedBack: optional(integer, "totalChargedback"),
  reversed: optional(integer, "totalReversed")
}, (amounts, site): ApproximateTotals => {
  const exchangeRateDate = site.attributes.get("exchangeRateDate")
  return {
    ...(site.attributes.has("exchangedTo") ? { exchangedTo: currencyOf(site, "exchangedTo") } : {}),
    ...(exchangeRateDate === undefined ? {} : { exchangeRateDate }),
    ...amounts
  }
})

/** What captures, refunds and chargebacks have in common. */
const common = {
  status: required(text),
  amount: required(amount),
  reason: optional(text),
  modifiedAt: optional(text, "modifiedDate")
}

const authorization = parent({
  status: required(text),
  amount: required(amount),
  // Empty or blank on cancelled payments of 1.0 and 1.2.
  confidenceLevel: optional(text),
  reason: optional(text),
  captures: many(record({ merchantReference: optional(text, "merchantCaptureId"), ...common }), "capture"),
  refunds: many(record({ merchantReference: optional(text, "merchantRefundId"), ...common }), "refund"),
  chargebacks: many(
    record({ chargebackId: optional(text), enquiryReason: optional(text), ...common }),
    "chargeback"
  ),
  reversal: optional(record({ amount: required(amount), reason: optional(text) }))
}, ({ confidenceLevel = "", ...rest }): Authorization => ({ confidenceLevel, ...rest }))

/** The id is text; what is no number passes: the kernel refuses the report and says so. */
const line = { id: required(numberText), paymentMethod: required(text), authorization: required(authorization) }

const consideredSafe = parent(
  { value: required(boolean), level: optional(text), date: optional(text), reason: optional(text) },
  ({ level = "", ...rest }): ConsideredSafe => ({ level, ...rest })
)

const apiInformation = parent(
  { originalVersion: optional(text) },
  ({ originalVersion = "" }, site): ApiInformation => ({
    originalVersion,
    conversionApplied: optionalBooleanOf(site, "conversionApplied") ?? false
  })
)

const about = {
  totals: optional(totals, "approximateTotals"),
  consideredSafe: optional(consideredSafe),
  apiInformation: optional(apiInformation)
}

/** Source: Docdata XSD 1.3, `statusReport`. */
export const statusReport = parent(
  { ...about, payments: many(record(line), "payment") },
  ({ totals: given = {}, ...rest }): StatusReport => ({ totals: given, ...rest })
)

/** The same report, and what is known about each of its payments. */
export const extendedReport = parent(
  {
    ...about,
    payments: many(record({ ...line, extended: optional(extended) }), "payment")
  },
  ({ payments, totals: given = {}, ...rest }): ExtendedStatus => ({
    report: {
      totals: given,
      ...rest,
      payments: payments.map(({ authorization: authorized, id, paymentMethod }) => ({
        id,
        paymentMethod,
        authorization: authorized
      }))
    },
    paymentInfos: payments.flatMap(({ extended: info, id }) => info === undefined ? [] : [{ paymentId: id, ...info }])
  })
)
