/**
 * What `docdata retention run --json` prints.
 */
import * as Schema from "effect/Schema"

export const RetentionOutput = Schema.Struct({
  before: Schema.String.annotate({ description: "ISO 8601 instant: what is older goes" }),
  texts: Schema.Int.annotate({ description: "Exchanges whose texts were emptied, or would be with --dry-run" }),
  attempts: Schema.Int.annotate({
    description: "Attempts at deliveries that were removed, or would be with --dry-run"
  }),
  dryRun: Schema.Boolean
}).annotate({ identifier: "RetentionOutput" })
