/**
 * The payments of a report as they may be shown: words cleaned, amounts, nothing of the extended report and no free
 * text, so that no name and no account number can come along.
 */
import { type Money, PaymentId, type PaymentLine, type StatusReport } from "@docdata/domain"
import { printable } from "../text/printable.ts"

/** A capture, a refund or a chargeback. */
export interface Modification {
  readonly status: string
  readonly amount: Money
}

export interface ReportedPayment {
  readonly id: string
  readonly paymentMethod: string
  readonly status: string
  readonly confidenceLevel: string
  readonly amount: Money
  readonly captures: ReadonlyArray<Modification>
  readonly refunds: ReadonlyArray<Modification>
  readonly chargebacks: ReadonlyArray<Modification>
  readonly reversed?: Money
}

const modification = ({ amount, status }: Modification): Modification => ({
  status: printable(status),
  amount: { minor: amount.minor, currency: amount.currency }
})

const toReportedPayment = ({ authorization, id, paymentMethod }: PaymentLine): ReportedPayment => ({
  id: printable(id),
  paymentMethod: printable(paymentMethod),
  status: printable(authorization.status),
  confidenceLevel: printable(authorization.confidenceLevel),
  amount: authorization.amount,
  captures: authorization.captures.map(modification),
  refunds: authorization.refunds.map(modification),
  chargebacks: authorization.chargebacks.map(modification),
  ...(authorization.reversal === undefined ? {} : { reversed: authorization.reversal.amount })
})

// The order in a report means nothing; the number says which attempt is newer.
const byNumber = (a: PaymentLine, b: PaymentLine): number => {
  const [left, right] = [PaymentId.normalise(a.id), PaymentId.normalise(b.id)]
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
  return PaymentId.compare(left, right)
}

/** The payments of a report, oldest first. */
export const reportedPaymentsOf = ({ payments }: StatusReport): ReadonlyArray<ReportedPayment> =>
  payments.toSorted(byNumber).map(toReportedPayment)
