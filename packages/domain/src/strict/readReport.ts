/**
 * From the report as sent to what the strict rules look at: totals without gaps, attempts by number, one
 * entry per payment. A report that contradicts itself is refused here, as a value.
 */
import * as PaymentId from "../PaymentId.ts"
import type { ReportViolation, StrictFinding } from "../Finding.ts"
import type { StatusReport } from "../StatusReport.ts"
import { type ApproximateTotals, type ReportedTotals, withoutGaps } from "../ApproximateTotals.ts"
import { type PaymentReading, readPayment } from "./PaymentReading.ts"
import { sameLine } from "./sameLine.ts"

/** A report read. With a refusal nothing of it counts: totals are 0 and there is no attempt. */
export interface ReadReport {
  readonly refusal: ReportViolation | undefined
  readonly totals: ReportedTotals
  /** Ascending by number, one per payment. */
  readonly readings: ReadonlyArray<PaymentReading>
}

const totalNames = [
  "registered",
  "shopperPending",
  "acquirerPending",
  "acquirerApproved",
  "captured",
  "refunded",
  "chargedBack",
  "reversed"
] as const satisfies ReadonlyArray<keyof ReportedTotals>

const isAmount = (value: number): boolean => value >= 0 && Number.isSafeInteger(value)

// Also their sum, so that every figure made of them is exact.
const areAmounts = (totals: ReportedTotals): boolean =>
  isAmount(totals.registered) && isAmount(totals.shopperPending) && isAmount(totals.acquirerPending) &&
  isAmount(totals.acquirerApproved) && isAmount(totals.captured) && isAmount(totals.refunded) &&
  isAmount(totals.chargedBack) && isAmount(totals.reversed) &&
  isAmount(
    totals.acquirerApproved + totals.acquirerPending + totals.shopperPending + totals.captured + totals.refunded +
      totals.chargedBack
  )

const isComplete = (totals: ApproximateTotals): boolean =>
  totals.registered !== undefined && totals.shopperPending !== undefined && totals.acquirerPending !== undefined &&
  totals.acquirerApproved !== undefined && totals.captured !== undefined && totals.refunded !== undefined &&
  // `reversed` is new in 1.3: its absence is ordinary and not worth a remark.
  totals.chargedBack !== undefined

const noTotals: ReportedTotals = withoutGaps({})

const refuseTotals = (given: ApproximateTotals, totals: ReportedTotals): ReportViolation | undefined => {
  if (!areAmounts(totals)) {
    const total = totalNames.find((name) => !isAmount(totals[name]))
    if (total === undefined) return { reason: "amount-out-of-range" }
    return { reason: totals[total] < 0 ? "negative-total" : "amount-out-of-range", total }
  }
  if (isComplete(given)) return undefined
  return totalNames.every((name) => given[name] === undefined) ? { reason: "no-total" } : undefined
}

const remarkOnGaps = (totals: ApproximateTotals, findings: Array<StrictFinding>): void => {
  if (isComplete(totals)) return
  for (const name of totalNames) {
    if (name !== "reversed" && totals[name] === undefined) findings.push({ kind: "total-missing", total: name })
  }
}

// Sums of minor units must stay exact; a sum that does not is caught here, wherever it came from.
const isExact = (reading: PaymentReading): boolean =>
  Number.isSafeInteger(reading.authorized) && Number.isSafeInteger(reading.captured) &&
  Number.isSafeInteger(reading.refunded) && Number.isSafeInteger(reading.chargedBack) &&
  Number.isSafeInteger(reading.reversed) && Number.isSafeInteger(reading.promisedExtra)

const refusePayments = (readings: ReadonlyArray<PaymentReading>): ReportViolation | undefined => {
  for (let position = 0; position < readings.length; position++) {
    const reading = readings[position]!
    if (reading.id === "") return { reason: "payment-id", position }
    if (reading.negative) return { reason: "negative-amount", paymentId: reading.id }
    if (!isExact(reading)) return { reason: "amount-out-of-range", paymentId: reading.id }
  }
  return undefined
}

/** True if the numbers ascend without repeats. */
const ascend = (readings: ReadonlyArray<PaymentReading>): boolean => {
  for (let index = 1; index < readings.length; index++) {
    if (PaymentId.compare(readings[index]!.id, readings[index - 1]!.id) <= 0) return false
  }
  return true
}

interface Collapsed {
  readonly refusal: ReportViolation | undefined
  readonly readings: ReadonlyArray<PaymentReading>
}

// Equal entries of one payment count once; entries that differ leave no way to tell which is right.
const collapse = (sorted: ReadonlyArray<PaymentReading>, findings: Array<StrictFinding>): Collapsed => {
  const readings: Array<PaymentReading> = []
  for (const reading of sorted) {
    const before = readings.at(-1)
    if (before?.id !== reading.id) readings.push(reading)
    else if (sameLine(before.line, reading.line)) findings.push({ kind: "duplicate-payment-id", paymentId: reading.id })
    else return { refusal: { reason: "contradicting-entries", paymentId: reading.id }, readings }
  }
  return { refusal: undefined, readings }
}

const inOrder = (readings: ReadonlyArray<PaymentReading>, findings: Array<StrictFinding>): Collapsed => {
  if (ascend(readings)) return { refusal: undefined, readings }
  return collapse(readings.toSorted((a, b) => PaymentId.compare(a.id, b.id)), findings)
}

const refuse = (refusal: ReportViolation): ReadReport => ({ refusal, totals: noTotals, readings: [] })

/** Reads a report; remarks are pushed onto `findings`. */
export const readReport = (report: StatusReport, findings: Array<StrictFinding>): ReadReport => {
  const totals = withoutGaps(report.totals)
  const read = report.payments.map(readPayment)
  const refusal = refuseTotals(report.totals, totals) ?? refusePayments(read)
  if (refusal !== undefined) return refuse(refusal)
  const { readings, refusal: contradiction } = inOrder(read, findings)
  if (contradiction !== undefined) return refuse(contradiction)
  remarkOnGaps(report.totals, findings)
  return { refusal: undefined, totals, readings }
}
