/**
 * A line of `docdata webhooks listen --json`: one attempt to pass an event on.
 */
import * as Schema from "effect/Schema"

export const ListenLine = Schema.Struct({
  eventId: Schema.String,
  type: Schema.String,
  orderId: Schema.String,
  attempt: Schema.Int.annotate({ description: "Counts the attempts of this event, from 1" }),
  durationMs: Schema.Int,
  status: Schema.optionalKey(Schema.Int.annotate({ description: "The HTTP status that the program answered with" })),
  fault: Schema.optionalKey(Schema.String.annotate({ description: "What came instead of an answer" }))
}).annotate({ identifier: "ListenLine" })
