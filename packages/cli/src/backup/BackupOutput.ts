/**
 * What `docdata backup --json` prints.
 */
import * as Schema from "effect/Schema"

const count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

export const BackupOutput = Schema.Struct({
  file: Schema.String.annotate({ description: "The copy, as it was named" }),
  bytes: count.annotate({ description: "Its size" }),
  version: count.annotate({ description: "Version of its schema" }),
  orders: count.annotate({ description: "Orders in it" })
}).annotate({ identifier: "BackupOutput" })
