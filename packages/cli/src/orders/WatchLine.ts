/**
 * A line of `docdata orders watch --json`, and an entry of the timeline of `docdata orders explain --json`.
 */
import * as Schema from "effect/Schema"

export const WatchLine = Schema.Struct({
  at: Schema.String.annotate({ description: "ISO 8601, UTC" }),
  kind: Schema.Literals(["event", "refresh", "modification"]),
  text: Schema.String
}).annotate({ identifier: "TimelineEntry" })
