/**
 * What `docdata import-django --json` prints.
 */
import * as Schema from "effect/Schema"

const count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

export const ImportOutput = Schema.Struct({
  imported: count.annotate({ description: "Orders taken over, or that would be with --dry-run" }),
  alreadyThere: count.annotate({ description: "Orders of earlier runs, left alone" }),
  older: count.annotate({ description: "Orders from before --since, left where they are" }),
  payments: count.annotate({ description: "Payments of the imported orders" }),
  notImported: Schema.Array(Schema.Struct({
    what: Schema.Literals(["order", "payment"]),
    order: Schema.String.annotate({ description: "Key of the order, or its number in the source" }),
    paymentId: Schema.optionalKey(Schema.String),
    reason: Schema.Literals([
      "unknown-merchant",
      "no-order-key",
      "no-reference",
      "unreadable-text",
      "unknown-status",
      "unreadable-amount",
      "unreadable-currency",
      "unreadable-time",
      "payment-id",
      "payment-doubled",
      "no-order",
      "order-key-taken"
    ])
  })),
  dryRun: Schema.Boolean
}).annotate({ identifier: "ImportOutput" })
