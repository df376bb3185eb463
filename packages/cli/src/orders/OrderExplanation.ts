/**
 * What `docdata orders explain --json` prints: the explanation of `docdata explain`, and what happened until then.
 */
import * as Schema from "effect/Schema"
import { ExplanationOutput } from "../explain/ExplainOutput.ts"
import { WatchLine } from "./WatchLine.ts"

export const OrderExplanation = Schema.Struct({
  ...ExplanationOutput.fields,
  timeline: Schema.Array(WatchLine).annotate({ description: "Oldest first; the newest 200 looks" })
}).annotate({ identifier: "OrderExplanation" })
