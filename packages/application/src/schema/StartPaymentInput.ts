/**
 * Schema of a payment to start. There is no field for a card number or a security code, so neither can be read.
 */
import { Money } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import { Secret } from "./Merchant.ts"

const maybe = Schema.optionalKey(Schema.String)
const tagged = <Tag extends string, Fields extends Schema.Struct.Fields>(tag: Tag, fields: Fields) =>
  Schema.Struct({ _tag: Schema.Literal(tag), ...fields })

/** See `ElvAccount`. */
export const ElvAccount = Schema.Union([
  Schema.Struct({ iban: Secret }),
  Schema.Struct({ accountNumber: Secret, bankCode: Schema.String })
]).annotate({ identifier: "ElvAccount" })

/** See `PaymentInput`. */
export const PaymentInput = Schema.Union([
  tagged("EncryptedCard", {
    scheme: Schema.Literals(["amex", "mastercard", "visa", "maestro", "mistercash"]),
    method: maybe,
    encryptedData: Secret
  }),
  tagged("DirectDebit", { method: maybe, holderName: maybe, bic: maybe, iban: Secret }),
  tagged("DirectDebitMandate", { method: maybe, mandateNumber: Schema.String }),
  tagged("BankTransfer", { method: maybe, email: Schema.String }),
  tagged("Elv", { method: maybe, account: ElvAccount }),
  tagged("Ideal", { method: maybe, issuerId: Schema.String }),
  tagged("PayPal", { method: maybe, mobileShopper: Schema.Boolean }),
  tagged("Offline", {
    method: maybe,
    paidBy: Schema.String,
    register: Schema.optionalKey(Schema.Struct({ id: Schema.String, location: maybe }))
  }),
  tagged("PointOfSale", { method: maybe }),
  tagged("Kbc", { method: Schema.String }),
  tagged("Belfius", { method: Schema.String }),
  tagged("IngHomePay", { method: Schema.String })
]).annotate({ identifier: "PaymentInput" })

/** See `CardToken`. */
export const CardToken = Schema.Struct({
  key: Secret,
  encrypted: Schema.optionalKey(
    Schema.Struct({ scheme: Schema.Literals(["amex", "mastercard", "visa"]), data: Secret })
  )
}).annotate({ identifier: "CardToken" })

const webAddress = Schema.String.check(
  Schema.isPattern(/^https?:\/\/[^\s/?#]+/u, { message: "an absolute http(s) URL" })
)

const interactive = {
  returnUrl: Schema.optionalKey(webAddress),
  browser: Schema.optionalKey(
    Schema.Struct({ ip: Schema.String, accept: Schema.String, userAgent: Schema.String })
  )
}

const withInput = tagged("WithInput", { input: PaymentInput, ...interactive })
const withToken = tagged("WithToken", { token: CardToken, ...interactive })

/** See `ShopperPayment`. */
export const ShopperPayment = Schema.Union([withInput, withToken])

/** See `PaymentChoice`. */
export const PaymentChoice = Schema.Union([
  tagged("Recurring", { recurringReference: Schema.String }),
  withInput,
  withToken
]).annotate({ identifier: "PaymentChoice" })

/** See `StartPaymentInput`. */
export const StartPaymentInput = Schema.Struct({
  orderKey: Schema.String,
  amount: Schema.optionalKey(Money),
  payment: PaymentChoice
}).annotate({ identifier: "StartPaymentInput" })
