/**
 * A line of `docdata anomalies list --json`, and the object of `docdata anomalies ack --json`.
 */
import { anomalyStates } from "@docdata/application"
import * as Schema from "effect/Schema"

const Instant = Schema.String.annotate({ description: "ISO 8601, UTC" })

export const AnomalyLine = Schema.Struct({
  id: Schema.String,
  merchant: Schema.optionalKey(Schema.String.annotate({ description: "Absent when it concerns the whole service" })),
  orderId: Schema.optionalKey(Schema.String),
  kind: Schema.String,
  subject: Schema.String.annotate({ description: "What it is about within the order, such as a payment id" }),
  level: Schema.Literals(["error", "warning"]),
  state: Schema.Literals(anomalyStates),
  data: Schema.Record(Schema.String, Schema.Unknown),
  meaning: Schema.String,
  action: Schema.String,
  raised: Instant,
  changed: Instant,
  acknowledged: Schema.optionalKey(
    Schema.Struct({ at: Instant, by: Schema.String, note: Schema.optionalKey(Schema.String) })
  ),
  resolved: Schema.optionalKey(Instant)
}).annotate({ identifier: "Anomaly" })
