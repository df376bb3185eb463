/**
 * Schemas of what is asked about an order or payment that exists.
 */
import { Money } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import { Secret } from "./Merchant.ts"

const maybe = Schema.optionalKey(Schema.String)
const maybeBoolean = Schema.optionalKey(Schema.Boolean)
const tagged = <Tag extends string, Fields extends Schema.Struct.Fields>(tag: Tag, fields: Fields) =>
  Schema.Struct({ _tag: Schema.Literal(tag), ...fields })

/** See `OrderByKey`. */
export const OrderByKey = Schema.Struct({ orderKey: Schema.String }).annotate({ identifier: "OrderByKey" })

/** See `ShopperResult`. */
export const ShopperResult = Schema.Union([
  tagged("ThreeDomainSecure", { merchantData: Secret, authenticationResponse: Secret }),
  tagged("Ideal", {}),
  tagged("IngHomePay", {
    vendorId: Schema.String,
    amount: Money,
    message: Schema.String,
    returnCode: Schema.Literals([0, -1]),
    hash: maybe
  }),
  tagged("Kbc", { context: Secret }),
  tagged("Belfius", { outcome: Schema.Literals(["success", "cancel", "abort"]) }),
  tagged("PayPal", { token: Secret, payerId: maybe, shopperCancelled: Schema.Boolean })
]).annotate({ identifier: "ShopperResult" })

/** See `ProceedInput`. */
export const ProceedInput = Schema.Struct({
  orderKey: Schema.String,
  paymentId: Schema.String,
  result: ShopperResult
}).annotate({ identifier: "ProceedInput" })

/** See `CaptureInput`. */
export const CaptureInput = Schema.Struct({
  orderKey: Schema.String,
  paymentId: Schema.String,
  captureReference: maybe,
  amount: Schema.optionalKey(Money),
  itemCode: maybe,
  description: maybe,
  finalCapture: maybeBoolean,
  replaceFiled: maybeBoolean,
  notBefore: maybe
}).annotate({ identifier: "CaptureInput" })

/** See `RefundScope`. */
export const RefundScope = Schema.Union([
  tagged("Amount", { amount: Schema.optionalKey(Money), itemCode: maybe, description: maybe }),
  tagged("Items", {
    items: Schema.Array(Schema.Struct({ itemCode: Schema.String, quantity: Schema.Int })),
    additional: Schema.optionalKey(Schema.Struct({ amount: Money, vatRate: Schema.String, description: maybe }))
  })
]).annotate({ identifier: "RefundScope" })

/** See `RefundAccount`. */
export const RefundAccount = Schema.Struct({
  holderName: Schema.String,
  holderCity: Schema.String,
  holderCountry: Schema.String,
  bic: maybe,
  iban: Secret
}).annotate({ identifier: "RefundAccount" })

/** See `RefundInput`. */
export const RefundInput = Schema.Struct({
  orderKey: Schema.String,
  paymentId: Schema.String,
  refundReference: maybe,
  scope: RefundScope,
  replaceFiled: maybeBoolean,
  notBefore: maybe,
  account: Schema.optionalKey(RefundAccount)
}).annotate({ identifier: "RefundInput" })
