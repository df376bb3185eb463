/**
 * Schema of amounts.
 */
import * as Schema from "effect/Schema"

/** A safe integer in minor units, any sign. */
export const Minor = Schema.Int.check(
  Schema.isBetween({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
).annotate({ description: "Integer in minor units of the currency" })

/** Three capitals, ISO 4217. Patterns of published JSON Schemas are Unicode's; one without the flag is left out. */
export const Currency = Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/u)).annotate({
  description: "ISO 4217 code"
})

/** An amount with its currency. */
export const Money = Schema.Struct({ minor: Minor, currency: Currency }).annotate({ identifier: "Money" })
