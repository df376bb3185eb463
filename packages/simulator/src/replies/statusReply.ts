/** Writes a status report as the service sends it. Any report can be written, also one no state machine would reach. */
import type { Capture, Chargeback, PaymentLine, Refund, StatusReport } from "@docdata/domain"
import { element, writeMoney } from "../operations/Outcome.ts"
import type { XmlElement } from "../xml/XmlElement.ts"

const optional = (name: string, text: string | undefined): XmlElement | undefined =>
  text === undefined ? undefined : element(name, text)

/** `extended` adds facts of the payment method to a line. */
export const reportElement = (
  report: StatusReport,
  extended: (line: PaymentLine) => XmlElement | undefined = () => undefined
): XmlElement =>
  element("report", [
    totalsElement(report),
    ...report.payments.map((line) => paymentElement(line, extended(line))),
    safeElement(report),
    report.apiInformation
    && element("apiInformation", [element("originalVersion", report.apiInformation.originalVersion)], {
      conversionApplied: report.apiInformation.conversionApplied
    })
  ])

const totalsElement = ({ totals }: StatusReport): XmlElement => {
  const total = (name: string, minor: number | undefined) => minor === undefined ? undefined : element(name, minor)
  return element("approximateTotals", [
    total("totalRegistered", totals.registered),
    total("totalShopperPending", totals.shopperPending),
    total("totalAcquirerPending", totals.acquirerPending),
    total("totalAcquirerApproved", totals.acquirerApproved),
    total("totalCaptured", totals.captured),
    total("totalRefunded", totals.refunded),
    total("totalChargedback", totals.chargedBack),
    total("totalReversed", totals.reversed)
  ], { exchangedTo: totals.exchangedTo, exchangeRateDate: totals.exchangeRateDate })
}

const paymentElement = (line: PaymentLine, extended: XmlElement | undefined): XmlElement => {
  const { authorization } = line
  return element("payment", [
    element("id", line.id),
    element("paymentMethod", line.paymentMethod),
    element("authorization", [
      element("status", authorization.status),
      optional("reason", authorization.reason),
      writeMoney("amount", authorization.amount),
      element("confidenceLevel", authorization.confidenceLevel),
      ...authorization.captures.map((capture) => modification("capture", "merchantCaptureId", capture)),
      ...authorization.refunds.map((refund) => modification("refund", "merchantRefundId", refund)),
      ...authorization.chargebacks.map(chargebackElement),
      authorization.reversal
      && element("reversal", [
        writeMoney("amount", authorization.reversal.amount),
        optional("reason", authorization.reversal.reason)
      ])
    ]),
    extended
  ])
}

const modification = (
  name: string,
  reference: string,
  { amount, merchantReference, modifiedAt, reason, status }: Capture | Refund
): XmlElement =>
  element(name, [
    optional(reference, merchantReference),
    element("status", status),
    writeMoney("amount", amount),
    optional("reason", reason),
    optional("modifiedDate", modifiedAt)
  ])

const chargebackElement = (chargeback: Chargeback): XmlElement =>
  element("chargeback", [
    optional("chargebackId", chargeback.chargebackId),
    element("status", chargeback.status),
    writeMoney("amount", chargeback.amount),
    optional("reason", chargeback.reason),
    optional("enquiryReason", chargeback.enquiryReason),
    optional("modifiedDate", chargeback.modifiedAt)
  ])

const safeElement = ({ consideredSafe }: StatusReport): XmlElement | undefined =>
  consideredSafe && element("consideredSafe", [
    element("value", consideredSafe.value),
    element("level", consideredSafe.level),
    optional("date", consideredSafe.date),
    optional("reason", consideredSafe.reason)
  ])
