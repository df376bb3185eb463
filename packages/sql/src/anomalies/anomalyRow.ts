/**
 * Anomalies as rows.
 */
import type { Acknowledgement, Anomaly } from "@docdata/application"
import type { TableWrite } from "../Dialect.ts"
import { integer, integerOrNothing, type Row, type SqlValue, text, textOrNothing } from "../Script.ts"

/** What a commit writes. The acknowledgement is not in it: it comes from somebody else, at any time. */
export const anomaliesTable: TableWrite = {
  table: "docdata_anomalies",
  columns: {
    id: "text",
    merchant: "text",
    order_id: "text",
    kind: "text",
    subject: "text",
    level: "text",
    data: "text",
    raised_at_ms: "number",
    changed_at_ms: "number",
    resolved_at_ms: "number"
  },
  onConflict: `ON CONFLICT (id) DO UPDATE SET
    level = excluded.level, data = excluded.data, changed_at_ms = excluded.changed_at_ms,
    resolved_at_ms = excluded.resolved_at_ms`
}

export const writtenColumns = Object.keys(anomaliesTable.columns).join(", ")

/** The columns that {@link anomalyFrom} reads. */
export const anomalySelection = `${writtenColumns}, acknowledged_at_ms, acknowledged_by, note`

/** The merchant of what concerns the whole service. */
export const noMerchant = ""

export const anomalyValues = (anomaly: Anomaly): ReadonlyArray<SqlValue> => [
  anomaly.id,
  anomaly.merchant ?? noMerchant,
  anomaly.orderId ?? null,
  anomaly.kind,
  anomaly.subject,
  anomaly.level,
  JSON.stringify(anomaly.data),
  anomaly.raisedAtMs,
  anomaly.changedAtMs,
  anomaly.resolvedAtMs ?? null
]

const acknowledgementFrom = (row: Row): Acknowledgement | undefined => {
  const atMs = integerOrNothing(row, "acknowledged_at_ms")
  const note = textOrNothing(row, "note")
  return atMs === undefined
    ? undefined
    : { atMs, by: text(row, "acknowledged_by"), ...(note === undefined ? {} : { note }) }
}

export const anomalyFrom = (row: Row): Anomaly => {
  const merchant = text(row, "merchant")
  const orderId = textOrNothing(row, "order_id")
  const acknowledged = acknowledgementFrom(row)
  const resolvedAtMs = integerOrNothing(row, "resolved_at_ms")
  return {
    id: text(row, "id"),
    ...(merchant === noMerchant ? {} : { merchant }),
    ...(orderId === undefined ? {} : { orderId }),
    kind: text(row, "kind") as Anomaly["kind"],
    subject: text(row, "subject"),
    level: text(row, "level") as Anomaly["level"],
    data: JSON.parse(text(row, "data")) as Anomaly["data"],
    raisedAtMs: integer(row, "raised_at_ms"),
    changedAtMs: integer(row, "changed_at_ms"),
    ...(acknowledged === undefined ? {} : { acknowledged }),
    ...(resolvedAtMs === undefined ? {} : { resolvedAtMs })
  }
}
