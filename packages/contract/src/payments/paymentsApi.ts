/**
 * Paying an order: on the payment menu, or without it ("web direct").
 */
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { field, optional } from "../field.ts"
import { Order, orderId } from "../orders/Order.ts"
import { openCodes, problems, providerCodes } from "../problems.ts"
import { text } from "../text.ts"
import { ChargeRequest, ProceedRequest, StartRequest } from "./StartRequest.ts"

/** What became of a payment that was started or continued. No answer says that money is there. */
const PaymentOutcome = Schema.Struct({
  outcome: field(
    Schema.Literals(["Accepted", "InsufficientData", "Failed", "Silent"]),
    "What Docdata answered.",
    "Accepted"
  ),
  paymentId: optional(Schema.String, "Docdata's number of the payment.", "4910079745"),
  status: optional(
    Schema.String,
    "Docdata's authorisation status; the order says what is true.",
    "REDIRECTED_FOR_AUTHENTICATION"
  ),
  code: optional(Schema.String, "Docdata's code, if the payment failed.", "PAYMENT_FAILED")
}).annotate({ identifier: "PaymentOutcome", description: "What became of a payment; never that money is there." })

const Redirect = Schema.Struct({
  method: field(Schema.String, "With POST the parameters are form fields.", "GET"),
  url: field(Schema.String, "Where to send the shopper's browser.", "https://bank.example/pay"),
  parameters: field(
    Schema.Array(Schema.Struct({
      name: field(Schema.String, "Name of the parameter.", "MD"),
      value: field(Schema.String, "Value of the parameter.", "md")
    })),
    "Form fields when the method is POST."
  )
}).annotate({
  identifier: "Redirect",
  description: "Where to send the shopper's browser. Belongs to this shopper alone."
})

const payment = field(PaymentOutcome, "What became of the payment.")
const order = field(Order, "The order afterwards.")

/** A payment that was started. */
export const StartedPayment = Schema.Struct({
  payment,
  redirect: optional(Redirect, "Where to send the shopper's browser; absent when nowhere."),
  order
}).annotate({ identifier: "StartedPayment", description: "A payment that was started." })

/** A payment that was continued. */
export const ProceededPayment = Schema.Struct({ payment, order })
  .annotate({ identifier: "ProceededPayment", description: "A payment that was continued." })

/** A period of a series that was charged. */
export const ChargedPayment = Schema.Struct({ payment, order })
  .annotate({ identifier: "ChargedPayment", description: "A period of a series that was charged." })

/** What of the menu is chosen per visit, under the menu's own names. */
export const MenuUrlQuery = Schema.Struct({
  client_language: optional(text(2), "Language of the menu, two letters; the order's own when absent.", "nl"),
  default_pm: optional(text(50), "Payment method that comes first with its form open, by Docdata's name.", "IDEAL"),
  default_act: optional(Schema.Literals(["true", "false"]), "True: skips the menu. Needs default_pm.", "true"),
  ideal_issuer_id: optional(text(50), "Bank chosen beforehand for iDEAL.", "INGBNL2A")
})

/** Where the shopper pays. */
export const MenuUrl = Schema.Struct({
  url: field(
    Schema.String,
    "The address of the payment menu.",
    "https://secure.docdatapayments.com/ps/menu?client_language=nl"
  )
}).annotate({ identifier: "MenuUrl", description: "The address of the payment menu." })

const changing = ["forbidden", ...openCodes, ...providerCodes, "contended"] as const

export class Payments extends HttpApiGroup.make("payments").add(
  HttpApiEndpoint.post("start", "/:orderId/start", {
    params: orderId,
    payload: StartRequest,
    success: StartedPayment.pipe(HttpApiSchema.status(201)),
    error: problems(...changing, "merchant-inactive")
  }).annotateMerge(operation(
    "Start a payment without the menu",
    "Asks Docdata to start a payment with what the shopper chose; card data only encrypted or as a token. Answers where " +
      "to send the shopper, if anywhere. Do not repeat it blindly: each call is a payment of its own. Scope operate."
  )),
  HttpApiEndpoint.post("chargeRecurring", "/:orderId/charge-recurring", {
    params: orderId,
    payload: ChargeRequest,
    success: ChargedPayment.pipe(HttpApiSchema.status(201)),
    error: problems(...changing, "merchant-inactive", "already-charged")
  }).annotateMerge(operation(
    "Charge a series for a period",
    "Starts the payment of a recurring series with an order that was created for the period. Safe to repeat: of all calls " +
      "for one period, with whatever orders, one reaches Docdata, and the others are `already-charged`. After a charge " +
      "that failed or was never answered, the same order may be charged again once a refresh ten minutes after the call " +
      "finds it new, with every payment over. Scope operate."
  )),
  HttpApiEndpoint.post("proceed", "/:orderId/proceed", {
    params: orderId,
    payload: ProceedRequest,
    success: ProceededPayment,
    error: problems(...changing)
  }).annotateMerge(operation(
    "Continue a started payment",
    "Submits what the shopper brought back from the bank or card scheme, then refreshes the order. Docdata is asked once " +
      "per payment, be it by this or by a shopper's return: repeated, the answer is the payment's status. Scope operate."
  )),
  HttpApiEndpoint.get("menuUrl", "/:orderId/menu-url", {
    params: orderId,
    query: MenuUrlQuery,
    success: MenuUrl,
    error: problems(...openCodes, "request-refused")
  }).annotateMerge(operation(
    "Where the shopper pays",
    "The address of the payment menu, with a method chosen beforehand if you like. The shopper comes back to this " +
      "service, which sends them on to the shop. Docdata is not asked; safe to repeat. Scope read."
  ))
).middleware(Authorization).prefix("/v1/orders").annotateMerge(
  group("Pay an order, on the payment menu or without it.")
) {}
