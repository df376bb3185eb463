/**
 * Schema of a merchant's policy.
 */
import * as Schema from "effect/Schema"
import { paidWhens, ruleSetNames } from "../Policy.ts"
import { Currency, Minor } from "./Money.ts"

/** See `PaidWhen`. */
export const PaidWhen = Schema.Literals(paidWhens).annotate({ identifier: "PaidWhen" })

/** See `CoverPolicy`. */
export const CoverPolicy = Schema.Struct({
  default: PaidWhen,
  rules: Schema.Array(Schema.Struct({
    paymentMethod: Schema.optionalKey(Schema.String),
    currency: Schema.optionalKey(Currency),
    when: PaidWhen
  }))
}).annotate({ identifier: "CoverPolicy" })

/** See `Policy`. */
export const Policy = Schema.Struct({
  rules: Schema.Literals(ruleSetNames),
  paidWhen: CoverPolicy,
  shipWhen: CoverPolicy,
  marginMinor: Schema.Record(Schema.String, Minor.check(Schema.isGreaterThanOrEqualTo(0))),
  expireAfterDays: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3650 })),
  legacyIdOrder: Schema.optionalKey(Schema.Literals(["number", "text"]))
}).annotate({ identifier: "Policy" })
