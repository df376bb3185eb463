/**
 * Schema of credentials.
 */
import { Money } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

/** Plain text outside, redacted inside. */
export const Secret = Schema.RedactedFromValue(Schema.String)

/** See `SubjectFee`. */
export const SubjectFee = Schema.Struct({
  moment: Schema.Literals(["immediate", "fully-paid"]),
  amount: Money,
  description: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "SubjectFee" })

/** See `SubjectMerchant`. */
export const SubjectMerchant = Schema.Struct({
  name: Schema.String,
  token: Secret,
  fee: Schema.optionalKey(SubjectFee)
}).annotate({ identifier: "SubjectMerchant" })

/** See `Merchant`. */
export const Merchant = Schema.Struct({
  environment: Schema.Literals(["test", "live"]),
  merchantName: Schema.String,
  password: Secret,
  subjectMerchant: Schema.optionalKey(SubjectMerchant)
}).annotate({ identifier: "Merchant" })
