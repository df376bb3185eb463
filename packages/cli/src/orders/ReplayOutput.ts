/**
 * A line of `docdata replay --json`: an order that would be decided otherwise, and at the end the counts.
 */
import { OrderStatus, RuleId } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

const Decided = Schema.Struct({ status: OrderStatus, rule: RuleId }).annotate({ identifier: "Decided" })

const Difference = Schema.Struct({
  kind: Schema.Literal("order"),
  id: Schema.String,
  merchant: Schema.String,
  shopReference: Schema.String,
  before: Decided,
  after: Decided
}).annotate({ identifier: "ReplayedOrder", description: "Another status, or the same one by another rule" })

const Summary = Schema.Struct({
  kind: Schema.Literal("summary"),
  orders: Schema.Int.annotate({ description: "Replayed: somebody looked at them" }),
  unseen: Schema.Int.annotate({ description: "Not replayed: nobody refreshed them" }),
  otherStatus: Schema.Int,
  otherRule: Schema.Int.annotate({ description: "The same status by another rule" }),
  changes: Schema.Array(Schema.Struct({ from: OrderStatus, to: OrderStatus, orders: Schema.Int }))
}).annotate({ identifier: "ReplaySummary" })

export const ReplayOutput = Schema.Union([Difference, Summary])
