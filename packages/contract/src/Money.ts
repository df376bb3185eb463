/**
 * Amounts on the interface: always minor units together with their currency.
 */
import * as Schema from "effect/Schema"

/** The largest amount that the gateway's interface can carry: 32 bits. */
const amountMax = 2_147_483_647

const currency = Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/u, { expected: "three capitals of ISO 4217" }))
  .annotate({ examples: ["EUR"] })
  .annotateKey({ description: "Three capitals, ISO 4217." })

/** An amount that the service tells. */
export const Money = Schema.Struct({
  minor: Schema.Int.annotate({ examples: [4990] })
    .annotateKey({ description: "Minor units of the currency: cents of euros, whole yen." }),
  currency
}).annotate({ identifier: "Money", description: "An amount in minor units of its currency." })

/** An amount that a caller asks for. */
export const RequestedMoney = Schema.Struct({
  minor: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: amountMax })).annotate({ examples: [4990] })
    .annotateKey({ description: "Minor units of the currency, above zero: cents of euros, whole yen." }),
  currency
}).annotate({ identifier: "RequestedMoney", description: "An amount above zero in minor units of its currency." })
