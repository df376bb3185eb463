/**
 * Stored rows brought up to date with the attempts of a report.
 */
import type { OrderEvent } from "../OrderEvent.ts"
import * as PaymentId from "../PaymentId.ts"
import { changedFields, type PaymentRow } from "../PaymentRow.ts"
import type { StrictFinding } from "../Finding.ts"
import type { Attempt } from "./Attempt.ts"

const allocatedOf = (attempt: Attempt): number => attempt.class === "authorized" ? attempt.authorized : 0

const rowOf = (attempt: Attempt): PaymentRow => ({
  paymentId: attempt.id,
  paymentMethod: attempt.paymentMethod,
  status: attempt.status,
  confidenceLevel: attempt.confidenceLevel,
  currency: attempt.currency,
  allocatedMinor: allocatedOf(attempt),
  debitedMinor: attempt.captured,
  refundedMinor: attempt.refunded,
  chargedBackMinor: attempt.chargedBack,
  reversedMinor: attempt.reversed
})

const byNumber = (rows: ReadonlyArray<PaymentRow>): ReadonlyArray<PaymentRow> => {
  for (let index = 1; index < rows.length; index++) {
    if (PaymentId.compare(rows[index - 1]!.paymentId, rows[index]!.paymentId) > 0) {
      return rows.toSorted((a, b) => PaymentId.compare(a.paymentId, b.paymentId))
    }
  }
  return rows
}

const saysTheSame = (row: PaymentRow, attempt: Attempt): boolean =>
  row.status === attempt.status && row.debitedMinor === attempt.captured && row.refundedMinor === attempt.refunded &&
  row.chargedBackMinor === attempt.chargedBack && row.reversedMinor === attempt.reversed &&
  row.allocatedMinor === allocatedOf(attempt) && row.confidenceLevel === attempt.confidenceLevel &&
  row.paymentMethod === attempt.paymentMethod

/** Where events and findings about rows are collected. */
export interface RowRemarks {
  readonly events: Array<OrderEvent>
  readonly findings: Array<StrictFinding>
}

const updateRow = (known: PaymentRow, attempt: Attempt, { events, findings }: RowRemarks): PaymentRow => {
  // A row imported without its currency learns it, which is nothing to tell anybody.
  if (saysTheSame(known, attempt)) return known.currency === attempt.currency ? known : rowOf(attempt)
  const row = rowOf(attempt)
  const { paymentMethod: from, paymentId } = known
  if (from !== row.paymentMethod) {
    findings.push({ kind: "payment-method-changed", paymentId, from, to: row.paymentMethod })
  }
  events.push({ type: "payment.updated", paymentId, payment: row, changed: changedFields(known, row) })
  return row
}

const addRow = (attempt: Attempt, { events }: RowRemarks): PaymentRow => {
  const row = rowOf(attempt)
  events.push({ type: "payment.added", paymentId: row.paymentId, payment: row })
  return row
}

/**
 * The rows after the report, ascending by number, and an event for each one that is new or changed.
 *
 * Rows that the report does not mention stay untouched, as do rows of other orders (their attempts never
 * get here). Both lists ascend, so one pass merges them however long they are.
 */
export const mergeRows = (
  stored: ReadonlyArray<PaymentRow>,
  attempts: ReadonlyArray<Attempt>,
  remarks: RowRemarks
): ReadonlyArray<PaymentRow> => {
  if (stored.length === 0) return attempts.map((attempt) => addRow(attempt, remarks))
  const before = byNumber(stored)
  const after: Array<PaymentRow> = []
  let next = 0
  for (const attempt of attempts) {
    let known = before[next]
    while (known !== undefined && PaymentId.compare(known.paymentId, attempt.id) < 0) {
      after.push(known)
      known = before[++next]
    }
    if (known?.paymentId === attempt.id) {
      after.push(updateRow(known, attempt, remarks))
      next++
    } else {
      after.push(addRow(attempt, remarks))
    }
  }
  while (next < before.length) after.push(before[next++]!)
  return after
}
