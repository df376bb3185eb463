/**
 * What `docdata retention run --json` prints.
 */
import * as Schema from "effect/Schema"

export const RetentionOutput = Schema.Struct({
  before: Schema.String.annotate({ description: "ISO 8601 instant: texts of exchanges answered before it go" }),
  texts: Schema.Int.annotate({ description: "Exchanges whose texts were emptied, or would be with --dry-run" }),
  dryRun: Schema.Boolean
}).annotate({ identifier: "RetentionOutput" })
