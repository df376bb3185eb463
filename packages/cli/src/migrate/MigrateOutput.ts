/**
 * What `docdata migrate --json` prints.
 */
import * as Schema from "effect/Schema"

const version = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

export const MigrateOutput = Schema.Struct({
  from: version.annotate({ description: "Version found; 0 for a database without our tables" }),
  to: version.annotate({ description: "Version left behind: the same with --check" }),
  newest: version.annotate({ description: "Version that this release works on" })
}).annotate({ identifier: "MigrateOutput" })
