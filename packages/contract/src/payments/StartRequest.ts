/**
 * What paying without the menu takes. There is no field for a card number or a security code.
 */
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { PaymentId } from "../modifications/Modification.ts"
import { RequestedMoney } from "../Money.ts"
import { secret, text, textLike, webAddress, words } from "../text.ts"

/** Docdata's schema has no bound for these; nothing that is one is longer. */
const openTextMax = 65_536

const taggedAs =
  (what: string) => <Tag extends string, Fields extends Schema.Struct.Fields>(tag: Tag, fields: Fields) =>
    Schema.Struct({ _tag: field(Schema.Literal(tag), "Says which kind it is."), ...fields })
      .annotate({ identifier: `${tag}${what}` })

const input = taggedAs("Input")
const payment = taggedAs("Payment")
const callback = taggedAs("Callback")

const method = optional(text(50), "Docdata's name of the payment method; the kind's own when absent.", "VISA")
const neededMethod = field(text(50), "Docdata's name of the payment method.", "KBC")
const iban = secret(35, "IBAN of the account.", "NL02INGB0000000000")

const ElvAccount = Schema.Union([
  Schema.Struct({ iban }).annotate({ identifier: "ElvIban" }),
  Schema.Struct({
    accountNumber: secret(35, "Number of the account.", "1234567890"),
    bankCode: field(text(35), "Code of the bank.", "10000000")
  }).annotate({ identifier: "ElvNumber" })
]).annotate({ identifier: "ElvAccount", description: "An account in Germany." })

const PaymentInput = Schema.Union([
  input("Ideal", { method, issuerId: field(text(50), "Docdata's id of the bank.", "INGBNL2A") }),
  input("EncryptedCard", {
    scheme: field(
      Schema.Literals(["amex", "mastercard", "visa", "maestro", "mistercash"]),
      "The card's scheme.",
      "visa"
    ),
    method,
    encryptedData: secret(openTextMax, "Card data, encrypted in the browser.", "adyenjs_0_1_18$...")
  }),
  input("DirectDebit", {
    method,
    holderName: optional(words(35), "Name of the account's holder.", "Test Buyer"),
    bic: optional(text(35), "BIC of the bank.", "INGBNL2A"),
    iban
  }),
  input("DirectDebitMandate", { method, mandateNumber: field(text(35), "Number of the mandate.", "M-1") }),
  input("BankTransfer", { method, email: field(text(100), "Where instructions go.", "buyer@shop.example") }),
  input("Elv", { method, account: field(ElvAccount, "The account.") }),
  input("PayPal", { method, mobileShopper: field(Schema.Boolean, "True: the shopper is on a phone.", false) }),
  input("Offline", {
    method,
    paidBy: field(text(50), "How it was paid.", "cash"),
    register: optional(
      Schema.Struct({
        id: field(text(50), "Id of the cash register.", "R-1"),
        location: optional(text(50), "Where it stands.", "Zwolle")
      }),
      "The cash register."
    )
  }),
  input("PointOfSale", { method }),
  input("Kbc", { method: neededMethod }),
  input("Belfius", { method: neededMethod }),
  input("IngHomePay", { method: neededMethod })
]).annotate({ identifier: "PaymentInput", description: "What the shopper chose." })

const CardToken = Schema.Struct({
  key: secret(512, "The token.", "tok-1"),
  encrypted: optional(
    Schema.Struct({
      scheme: field(Schema.Literals(["amex", "mastercard", "visa"]), "The card's scheme.", "visa"),
      data: secret(openTextMax, "Card data, encrypted in the browser.", "adyenjs_0_1_18$...")
    }),
    "What is encrypted beside the token."
  )
}).annotate({ identifier: "CardToken", description: "A token for a card." })

const interactive = {
  returnUrl: optional(
    webAddress(2048),
    "Where the shopper comes back to; this service when absent.",
    "https://shop.example/paid"
  ),
  browser: optional(
    Schema.Struct({
      ip: field(text(250), "The shopper's IP address.", "192.0.2.7"),
      accept: field(text(250), "The browser's header accept.", "text/html"),
      userAgent: field(text(250), "The browser's header user-agent.", "Mozilla/5.0")
    }),
    "The shopper's browser; 3-D Secure needs it."
  )
}

const ShopperPayment = Schema.Union([
  payment("WithInput", { input: field(PaymentInput, "What the shopper chose."), ...interactive }),
  payment("WithToken", { token: field(CardToken, "The token."), ...interactive })
]).annotate({ identifier: "ShopperPayment", description: "How the shopper pays." })

/** What starting a payment takes. */
export const StartRequest = Schema.Struct({
  amount: optional(RequestedMoney, "Part of the order's total; all of it when absent."),
  payment: field(ShopperPayment, "How the shopper pays.")
}).annotate({ identifier: "StartRequest", description: "A payment to start without the menu." })

const CallbackParameters = Schema.Union([
  callback("Ideal", {}),
  callback("ThreeDomainSecure", {
    merchantData: secret(2048, "The form field MD.", "md"),
    authenticationResponse: secret(openTextMax, "The form field PaRes.", "pares")
  }),
  callback("IngHomePay", {
    vendorId: field(text(255), "Id of the vendor.", "v-1"),
    amount: field(RequestedMoney, "The amount."),
    message: field(textLike(12, /^\d{12}$/u, "12 digits"), "The message.", "000000000001"),
    returnCode: field(Schema.Literals([0, -1]), "The return code.", 0),
    hash: optional(textLike(40, /^[0-9a-fA-F]{40}$/u, "40 hexadecimal digits"), "The hash.", "0".repeat(40))
  }),
  callback("Kbc", { context: secret(openTextMax, "The parameter olpCtx.", "ctx") }),
  callback("Belfius", {
    outcome: field(Schema.Literals(["success", "cancel", "abort"]), "What the bank said.", "success")
  }),
  callback("PayPal", {
    token: secret(35, "The parameter token.", "EC-1"),
    payerId: optional(text(openTextMax), "The parameter PayerID.", "P1"),
    shopperCancelled: field(Schema.Boolean, "True: the shopper gave up.", false)
  })
]).annotate({ identifier: "CallbackParameters", description: "What the shopper's browser brought back." })

/** What continuing a payment takes. */
export const ProceedRequest = Schema.Struct({
  paymentId: field(PaymentId, "Docdata's number of the payment.", "4910079745"),
  result: field(CallbackParameters, "The callback parameters.")
}).annotate({ identifier: "ProceedRequest", description: "A started payment to continue." })

/** What charging a recurring series takes. */
export const ChargeRequest = Schema.Struct({
  series: field(text(50), "The reference given when the series began.", "subscription-17"),
  period: field(text(50), "Names the period within the series: it is charged once, whatever order asks.", "2026-11")
}).annotate({ identifier: "ChargeRequest", description: "A period of a recurring series to charge." })
