/**
 * Inbox items as rows.
 */
import type { ClaimedItem, InboxItem, ParkedItem } from "@docdata/application"
import { integer, type Row, text, textOrNothing } from "../Script.ts"

const columns = [
  "id",
  "merchant",
  "reference",
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
    reference: text(row, "reference"),
    firstReceivedAtMs: integer(row, "first_received_at_ms"),
    lastReceivedAtMs: integer(row, "last_received_at_ms"),
    notificationCount: integer(row, "notification_count"),
    attempts: integer(row, "attempts"),
    ...(traceparent === undefined ? {} : { traceparent })
  }
}

export const claimedFrom = (row: Row): ClaimedItem => ({ ...itemFrom(row), claim: text(row, "claim") })

export const parkedFrom = (row: Row): ParkedItem => ({
  ...itemFrom(row),
  parkedAtMs: integer(row, "parked_at_ms"),
  reason: text(row, "reason")
})
