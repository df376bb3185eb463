/**
 * An account as `docdata merchants list --json` prints it.
 */
import * as Schema from "effect/Schema"

export const MerchantOutput = Schema.Struct({
  name: Schema.String,
  login: Schema.String.annotate({ description: "Merchant name at Docdata" }),
  environment: Schema.Literals(["test", "live"]),
  active: Schema.Boolean,
  profile: Schema.String,
  daysToPay: Schema.Int.annotate({ description: "Days that the shopper has to pay" }),
  subject: Schema.optionalKey(Schema.String).annotate({ description: "The merchant it acts for" })
}).annotate({ identifier: "MerchantOutput" })
