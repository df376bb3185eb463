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
  Capture,
  Chargeback,
  ConsideredSafe,
  PaymentLine,
  Refund,
  Reversal,
  StatusReport
} from "@docdata/domain"
import * as Fields from "../Fields.ts"
import type { XmlElement } from "../xml/XmlElement.ts"

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Source: Docdata XSD 1.3, `statusReport`. */
export const decodeReport = (fields: Fields.Fields, success: XmlElement): StatusReport => {
  const element = Fields.required(fields, success, "report")
  const report: Mutable<StatusReport> = {
    totals: decodeTotals(fields, Fields.optional(fields, element, "approximateTotals")),
    payments: Fields.many(fields, element, "payment").map((payment) => decodePayment(fields, payment))
  }
  const consideredSafe = Fields.optional(fields, element, "consideredSafe")
  if (consideredSafe !== undefined) report.consideredSafe = decodeConsideredSafe(fields, consideredSafe)
  const apiInformation = Fields.optional(fields, element, "apiInformation")
  if (apiInformation !== undefined) report.apiInformation = decodeApiInformation(fields, apiInformation)
  return report
}

const totalNames = {
  registered: "totalRegistered",
  shopperPending: "totalShopperPending",
  acquirerPending: "totalAcquirerPending",
  acquirerApproved: "totalAcquirerApproved",
  captured: "totalCaptured",
  refunded: "totalRefunded",
  chargedBack: "totalChargedback",
  reversed: "totalReversed"
} as const

const totals = Object.entries(totalNames) as ReadonlyArray<[keyof typeof totalNames, string]>

const decodeTotals = (fields: Fields.Fields, element: XmlElement | undefined): ApproximateTotals => {
  const decoded: Mutable<ApproximateTotals> = {}
  if (element === undefined) return decoded
  if (element.attributes.has("exchangedTo")) {
    decoded.exchangedTo = Fields.currencyAttribute(fields, element, "exchangedTo")
  }
  const exchangeRateDate = element.attributes.get("exchangeRateDate")
  if (exchangeRateDate !== undefined) decoded.exchangeRateDate = exchangeRateDate
  for (const [key, name] of totals) {
    const total = Fields.optional(fields, element, name)
    if (total !== undefined) decoded[key] = Fields.integer(fields, total)
  }
  return decoded
}

const decodePayment = (fields: Fields.Fields, element: XmlElement): PaymentLine => ({
  id: paymentId(fields, element),
  paymentMethod: Fields.text(fields, element, "paymentMethod"),
  authorization: decodeAuthorization(fields, Fields.required(fields, element, "authorization"))
})

/** The id of a payment. Text that is no number passes: the kernel refuses the report and says so. */
export const paymentId = (fields: Fields.Fields, payment: XmlElement): string =>
  Fields.numberText(fields, payment, "id")

const decodeAuthorization = (fields: Fields.Fields, element: XmlElement): Authorization => {
  const authorization: Mutable<Authorization> = {
    status: Fields.text(fields, element, "status"),
    amount: Fields.amount(fields, element),
    // Empty or blank on cancelled attempts of 1.0 and 1.2.
    confidenceLevel: Fields.optionalText(fields, element, "confidenceLevel") ?? "",
    captures: Fields.many(fields, element, "capture").map((capture) => decodeCapture(fields, capture)),
    refunds: Fields.many(fields, element, "refund").map((refund) => decodeRefund(fields, refund)),
    chargebacks: Fields.many(fields, element, "chargeback").map((chargeback) => decodeChargeback(fields, chargeback))
  }
  const reason = Fields.optionalText(fields, element, "reason")
  if (reason !== undefined) authorization.reason = reason
  const reversal = Fields.optional(fields, element, "reversal")
  if (reversal !== undefined) authorization.reversal = decodeReversal(fields, reversal)
  return authorization
}

/** What captures, refunds and chargebacks have in common. */
const decodeModification = (fields: Fields.Fields, element: XmlElement) => {
  const modification: Mutable<Pick<Capture, "status" | "amount" | "reason" | "modifiedAt">> = {
    status: Fields.text(fields, element, "status"),
    amount: Fields.amount(fields, element)
  }
  const reason = Fields.optionalText(fields, element, "reason")
  if (reason !== undefined) modification.reason = reason
  const modifiedAt = Fields.optionalText(fields, element, "modifiedDate")
  if (modifiedAt !== undefined) modification.modifiedAt = modifiedAt
  return modification
}

const decodeCapture = (fields: Fields.Fields, element: XmlElement): Capture => {
  const merchantReference = Fields.optionalText(fields, element, "merchantCaptureId")
  const capture = decodeModification(fields, element)
  return merchantReference === undefined ? capture : { merchantReference, ...capture }
}

const decodeRefund = (fields: Fields.Fields, element: XmlElement): Refund => {
  const merchantReference = Fields.optionalText(fields, element, "merchantRefundId")
  const refund = decodeModification(fields, element)
  return merchantReference === undefined ? refund : { merchantReference, ...refund }
}

const decodeChargeback = (fields: Fields.Fields, element: XmlElement): Chargeback => {
  const chargeback: Mutable<Chargeback> = decodeModification(fields, element)
  const chargebackId = Fields.optionalText(fields, element, "chargebackId")
  if (chargebackId !== undefined) chargeback.chargebackId = chargebackId
  const enquiryReason = Fields.optionalText(fields, element, "enquiryReason")
  if (enquiryReason !== undefined) chargeback.enquiryReason = enquiryReason
  return chargeback
}

const decodeReversal = (fields: Fields.Fields, element: XmlElement): Reversal => {
  const amount = Fields.amount(fields, element)
  const reason = Fields.optionalText(fields, element, "reason")
  return reason === undefined ? { amount } : { amount, reason }
}

const decodeConsideredSafe = (fields: Fields.Fields, element: XmlElement): ConsideredSafe => {
  const consideredSafe: Mutable<ConsideredSafe> = {
    value: Fields.boolean(fields, Fields.required(fields, element, "value")),
    level: Fields.optionalText(fields, element, "level") ?? ""
  }
  const date = Fields.optionalText(fields, element, "date")
  if (date !== undefined) consideredSafe.date = date
  const reason = Fields.optionalText(fields, element, "reason")
  if (reason !== undefined) consideredSafe.reason = reason
  return consideredSafe
}

const decodeApiInformation = (fields: Fields.Fields, element: XmlElement): ApiInformation => ({
  originalVersion: Fields.optionalText(fields, element, "originalVersion") ?? "",
  conversionApplied: Fields.optionalBooleanAttribute(fields, element, "conversionApplied") ?? false
})
