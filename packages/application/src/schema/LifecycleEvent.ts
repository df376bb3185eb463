/**
 * Schema of the events that no decision tells. Those of decisions are `OrderEvent` of `@docdata/domain/schema`.
 */
import * as Schema from "effect/Schema"
import { resolvingEvidence } from "../ports/index.ts"

/** See `LifecycleEvent`. */
export const LifecycleEvent = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("order.created"),
    orderReference: Schema.String,
    adjusted: Schema.optionalKey(
      Schema.Array(
        Schema.Struct({ path: Schema.String, fromLength: Schema.Int, toLength: Schema.optionalKey(Schema.Int) })
      )
    )
  }),
  Schema.Struct({ type: Schema.Literal("notification.received") }),
  Schema.Struct({ type: Schema.Literal("return.visited"), callback: Schema.String }),
  Schema.Struct({ type: Schema.Literal("payment.proceeded"), paymentId: Schema.String }),
  Schema.Struct({ type: Schema.Literal("payment.not_proceeded"), paymentId: Schema.String }),
  Schema.Struct({
    type: Schema.Literals(["capture.confirmed", "capture.failed", "refund.confirmed", "refund.failed"]),
    reference: Schema.String,
    paymentId: Schema.String,
    amountMinor: Schema.Int,
    currency: Schema.String
  }),
  Schema.Struct({
    type: Schema.Literal("anomaly.raised"),
    anomalyId: Schema.String,
    kind: Schema.String,
    subject: Schema.String,
    level: Schema.Literals(["error", "warning"]),
    data: Schema.Record(Schema.String, Schema.Unknown)
  }),
  Schema.Struct({
    type: Schema.Literal("modification.resolved"),
    kind: Schema.Literals(["capture", "refund"]),
    reference: Schema.String,
    outcome: Schema.Literals(["confirmed", "failed"]),
    by: Schema.String,
    evidence: Schema.Literals(resolvingEvidence)
  })
]).annotate({ identifier: "LifecycleEvent" })
