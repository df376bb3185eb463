/**
 * Schema of the news that no decision tells. Those of decisions are `OrderEvent` of `@docdata/domain/schema`.
 */
import * as Schema from "effect/Schema"
import { settlingEvidence } from "../ports/index.ts"

/** See `LifecycleEvent`. */
export const LifecycleEvent = Schema.Union([
  Schema.Struct({ type: Schema.Literal("order.created"), reference: Schema.String }),
  Schema.Struct({ type: Schema.Literal("notification.received") }),
  Schema.Struct({ type: Schema.Literal("return.visited"), callback: Schema.String }),
  Schema.Struct({ type: Schema.Literal("payment.proceeded"), paymentId: Schema.String }),
  Schema.Struct({ type: Schema.Literal("payment.not_proceeded"), paymentId: Schema.String }),
  Schema.Struct({
    type: Schema.Literal("anomaly.raised"),
    anomalyId: Schema.String,
    kind: Schema.String,
    subject: Schema.String,
    level: Schema.Literals(["error", "warning"]),
    data: Schema.Record(Schema.String, Schema.Unknown)
  }),
  Schema.Struct({
    type: Schema.Literal("movement.settled"),
    kind: Schema.Literals(["capture", "refund"]),
    reference: Schema.String,
    outcome: Schema.Literals(["confirmed", "failed"]),
    by: Schema.String,
    evidence: Schema.Literals(settlingEvidence)
  })
]).annotate({ identifier: "LifecycleEvent" })
