/**
 * Inbox items as rows.
 */
import type { ClaimedItem, DeadLetteredItem, InboxItem } from "@docdata/application"
import { integer, type Row, text, textOrNothing } from "../Script.ts"

const columns = [
  "id",
  "merchant",
  "order_reference",
  "first_received_at_ms",
  "last_received_at_ms",
  "notification_count",
  "attempts",
  "traceparent"
]

/** The columns that {@link itemFrom} reads. */
export const itemSelection = columns.join(", ")

const itemFrom = (row: Row): InboxItem => {
  const traceparent = textOrNothing(row, "traceparent")
  return {
    id: text(row, "id"),
    merchant: text(row, "merchant"),
    orderReference: text(row, "order_reference"),
    firstReceivedAtMs: integer(row, "first_received_at_ms"),
    lastReceivedAtMs: integer(row, "last_received_at_ms"),
    notificationCount: integer(row, "notification_count"),
    attempts: integer(row, "attempts"),
    ...(traceparent === undefined ? {} : { traceparent })
  }
}

export const claimedFrom = (row: Row): ClaimedItem => ({ ...itemFrom(row), claim: text(row, "claim") })

export const deadLetterFrom = (row: Row): DeadLetteredItem => ({
  ...itemFrom(row),
  deadLetteredAtMs: integer(row, "dead_lettered_at_ms"),
  reason: text(row, "reason")
})
