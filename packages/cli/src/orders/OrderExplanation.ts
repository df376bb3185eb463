/**
 * What `docdata orders explain --json` prints: the explanation of `docdata explain`, and what happened until then.
 */
import * as Schema from "effect/Schema"
import { ExplanationOutput } from "../explain/ExplainOutput.ts"

const Entry = Schema.Struct({
  at: Schema.String.annotate({ description: "ISO 8601, UTC" }),
  kind: Schema.Literals(["event", "look", "movement"]),
  text: Schema.String
}).annotate({ identifier: "TimelineEntry" })

export const OrderExplanation = Schema.Struct({
  ...ExplanationOutput.fields,
  timeline: Schema.Array(Entry).annotate({ description: "Oldest first; the newest 200 looks" })
}).annotate({ identifier: "OrderExplanation" })
