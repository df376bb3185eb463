/**
 * Stored rows brought up to date with the attempts of a report.
 */
import type { OrderEvent } from "../OrderEvent.ts"
import * as PaymentId from "../PaymentId.ts"
import { changedFields, type PaymentRow } from "../PaymentRow.ts"
import type { Attempt } from "./Attempt.ts"

const rowOf = (attempt: Attempt): PaymentRow => ({
  paymentId: attempt.id,
  paymentMethod: attempt.paymentMethod,
  status: attempt.status,
  confidenceLevel: attempt.confidenceLevel,
  currency: attempt.currency,
  allocatedMinor: attempt.class === "authorized" ? attempt.authorized : 0,
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

/**
 * The rows after the report, ascending by number, and an event for each one that is new or changed.
 *
 * Rows that the report does not mention stay untouched, as do rows of other orders (their attempts never
 * get here). Both lists ascend, so one pass merges them however long they are.
 */
export const mergeRows = (
  stored: ReadonlyArray<PaymentRow>,
  attempts: ReadonlyArray<Attempt>,
  events: Array<OrderEvent>
): ReadonlyArray<PaymentRow> => {
  const before = byNumber(stored)
  const after: Array<PaymentRow> = []
  let next = 0
  for (const attempt of attempts) {
    while (next < before.length && PaymentId.compare(before[next]!.paymentId, attempt.id) < 0) {
      after.push(before[next++]!)
    }
    const row = rowOf(attempt)
    const known = before[next]
    if (known === undefined || known.paymentId !== attempt.id) {
      after.push(row)
      events.push({ type: "payment.added", paymentId: row.paymentId, payment: row })
      continue
    }
    next++
    const changed = changedFields(known, row)
    if (changed.length === 0) {
      // A row imported without its currency learns it, which is nothing to tell anybody.
      after.push(known.currency === row.currency ? known : row)
      continue
    }
    after.push(row)
    events.push({ type: "payment.updated", paymentId: row.paymentId, payment: row, changed })
  }
  while (next < before.length) after.push(before[next++]!)
  return after
}
