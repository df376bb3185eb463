/**
 * A line of `docdata events tail --json` and `docdata events replay --json`: one event and its place in the feed.
 */
import * as Schema from "effect/Schema"

export const EventLine = Schema.Struct({
  feedPosition: Schema.Int.annotate({ description: "Go on after it with --after" }),
  id: Schema.String.annotate({ description: "The same for every delivery of the event" }),
  type: Schema.String,
  merchant: Schema.String,
  orderId: Schema.String,
  revision: Schema.Int,
  position: Schema.Int,
  occurred: Schema.String.annotate({ description: "ISO 8601, UTC" }),
  data: Schema.Record(Schema.String, Schema.Unknown).annotate({ description: "The fields of its type" })
}).annotate({ identifier: "Event" })
