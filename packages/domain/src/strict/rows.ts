/**
 * Stored rows brought up to date with the attempts of a report.
 */
import type { OrderEvent } from "../OrderEvent.ts"
import * as PaymentId from "../PaymentId.ts"
import { changedFields, type PaymentRow } from "../PaymentRow.ts"
import type { StrictFinding } from "../Finding.ts"
import type { PaymentReading } from "./PaymentReading.ts"

const allocatedOf = (reading: PaymentReading): number => reading.class === "authorized" ? reading.authorized : 0

const rowOf = (reading: PaymentReading): PaymentRow => ({
  paymentId: reading.id,
  paymentMethod: reading.paymentMethod,
  status: reading.status,
  confidenceLevel: reading.confidenceLevel,
  currency: reading.currency,
  allocatedMinor: allocatedOf(reading),
  debitedMinor: reading.captured,
  refundedMinor: reading.refunded,
  chargedBackMinor: reading.chargedBack,
  reversedMinor: reading.reversed
})

const byNumber = (rows: ReadonlyArray<PaymentRow>): ReadonlyArray<PaymentRow> => {
  for (let index = 1; index < rows.length; index++) {
    if (PaymentId.compare(rows[index - 1]!.paymentId, rows[index]!.paymentId) > 0) {
      return rows.toSorted((a, b) => PaymentId.compare(a.paymentId, b.paymentId))
    }
  }
  return rows
}

const saysTheSame = (row: PaymentRow, reading: PaymentReading): boolean =>
  row.status === reading.status && row.debitedMinor === reading.captured && row.refundedMinor === reading.refunded &&
  row.chargedBackMinor === reading.chargedBack && row.reversedMinor === reading.reversed &&
  row.allocatedMinor === allocatedOf(reading) && row.confidenceLevel === reading.confidenceLevel &&
  row.paymentMethod === reading.paymentMethod

/** Where events and findings about rows are collected. */
export interface RowRemarks {
  readonly events: Array<OrderEvent>
  readonly findings: Array<StrictFinding>
}

const updateRow = (known: PaymentRow, reading: PaymentReading, { events, findings }: RowRemarks): PaymentRow => {
  // A row imported without its currency learns it, which is nothing to tell anybody.
  if (saysTheSame(known, reading)) return known.currency === reading.currency ? known : rowOf(reading)
  const row = rowOf(reading)
  const { paymentMethod: from, paymentId } = known
  if (from !== row.paymentMethod) {
    findings.push({ kind: "payment-method-changed", paymentId, from, to: row.paymentMethod })
  }
  events.push({ type: "payment.updated", paymentId, payment: row, changed: changedFields(known, row) })
  return row
}

const addRow = (reading: PaymentReading, { events }: RowRemarks): PaymentRow => {
  const row = rowOf(reading)
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
  readings: ReadonlyArray<PaymentReading>,
  remarks: RowRemarks
): ReadonlyArray<PaymentRow> => {
  if (stored.length === 0) return readings.map((reading) => addRow(reading, remarks))
  const before = byNumber(stored)
  const after: Array<PaymentRow> = []
  let next = 0
  for (const reading of readings) {
    let known = before[next]
    while (known !== undefined && PaymentId.compare(known.paymentId, reading.id) < 0) {
      after.push(known)
      known = before[++next]
    }
    if (known?.paymentId === reading.id) {
      after.push(updateRow(known, reading, remarks))
      next++
    } else {
      after.push(addRow(reading, remarks))
    }
  }
  while (next < before.length) after.push(before[next++]!)
  return after
}
