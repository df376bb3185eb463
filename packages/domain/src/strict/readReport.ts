/**
 * From the report as sent to what the strict rules look at: totals without gaps, attempts by number, one
 * entry per payment. A report that contradicts itself is refused here, as a value.
 */
import type { ReportedTotals } from "../Order.ts"
import * as PaymentId from "../PaymentId.ts"
import type { PaymentLine } from "../PaymentLine.ts"
import type { Refusal, StrictFinding } from "../Finding.ts"
import type { StatusReport } from "../StatusReport.ts"
import type { ApproximateTotals } from "../ApproximateTotals.ts"
import { type Attempt, readAttempt } from "./Attempt.ts"
import { sameLine } from "./sameLine.ts"

/** A report read; `attempts` ascend by number. */
export interface ReadReport {
  readonly totals: ReportedTotals
  readonly attempts: ReadonlyArray<Attempt>
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
] as const

// `reversed` is new in 1.3: its absence is ordinary and not worth a remark.
const isExpected = (name: (typeof totalNames)[number]): boolean => name !== "reversed"

const readTotals = (totals: ApproximateTotals, findings: Array<StrictFinding>): ReportedTotals | Refusal => {
  let present = 0
  for (const name of totalNames) {
    const value = totals[name]
    if (value === undefined) continue
    present++
    if (value < 0) return { reason: "negative-total", total: name }
    if (!Number.isSafeInteger(value)) return { reason: "amount-out-of-range", total: name }
  }
  if (present === 0) return { reason: "no-total" }
  if (present < totalNames.length) {
    for (const name of totalNames) {
      if (totals[name] === undefined && isExpected(name)) findings.push({ kind: "total-missing", total: name })
    }
  }
  return {
    registered: totals.registered ?? 0,
    shopperPending: totals.shopperPending ?? 0,
    acquirerPending: totals.acquirerPending ?? 0,
    acquirerApproved: totals.acquirerApproved ?? 0,
    captured: totals.captured ?? 0,
    refunded: totals.refunded ?? 0,
    chargedBack: totals.chargedBack ?? 0,
    reversed: totals.reversed ?? 0
  }
}

interface NumberedLine {
  readonly id: string
  readonly line: PaymentLine
}

const numberLines = (payments: ReadonlyArray<PaymentLine>): ReadonlyArray<NumberedLine> | Refusal => {
  const numbered: Array<NumberedLine> = []
  let sorted = true
  let previous = ""
  for (let position = 0; position < payments.length; position++) {
    const line = payments[position]!
    const id = PaymentId.normalise(line.id)
    if (id === undefined) return { reason: "payment-id", position }
    if (position > 0 && PaymentId.compare(previous, id) > 0) sorted = false
    previous = id
    numbered.push({ id, line })
  }
  return sorted ? numbered : numbered.toSorted((a, b) => PaymentId.compare(a.id, b.id))
}

// Sums of minor units must stay exact; a sum that does not is caught here, wherever it came from.
const isExact = (attempt: Attempt): boolean =>
  Number.isSafeInteger(attempt.authorized) && Number.isSafeInteger(attempt.captured) &&
  Number.isSafeInteger(attempt.refunded) && Number.isSafeInteger(attempt.chargedBack) &&
  Number.isSafeInteger(attempt.reversed) && Number.isSafeInteger(attempt.promisedExtra)

/**
 * Reads a report. Remarks are pushed onto `findings`; a refusal means that nothing of the report counts.
 */
export const readReport = (report: StatusReport, findings: Array<StrictFinding>): ReadReport | Refusal => {
  const totals = readTotals(report.totals, findings)
  if ("reason" in totals) return totals
  const numbered = numberLines(report.payments)
  if ("reason" in numbered) return numbered
  const attempts: Array<Attempt> = []
  for (let index = 0; index < numbered.length; index++) {
    const { id, line } = numbered[index]!
    const before = numbered[index - 1]
    if (before !== undefined && before.id === id) {
      if (!sameLine(before.line, line)) return { reason: "contradicting-entries", paymentId: id }
      findings.push({ kind: "duplicate-payment-id", paymentId: id })
      continue
    }
    const attempt = readAttempt(line, id)
    if (!isExact(attempt)) return { reason: "amount-out-of-range", paymentId: id }
    attempts.push(attempt)
  }
  return { totals, attempts }
}
