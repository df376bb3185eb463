/**
 * Paying an order: on the payment menu, or without it ("web direct").
 */
import { ProceedInput, ShopperPayment } from "@docdata/application/schema"
import { Money } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { Authorization } from "./Authorization.ts"
import { OrderView } from "./OrderView.ts"
import { orderProblems } from "./problems.ts"
import { OrderParams, text } from "./requests.ts"

/**
 * How the shopper pays. There is no field for a card number. Without `returnUrl` the shopper comes back to this service,
 * which proceeds and sends them on.
 */
const StartRequest = Schema.Struct({
  /** Part of the order's total; all of it when absent. */
  amount: Schema.optionalKey(Money),
  payment: ShopperPayment
}).annotate({ identifier: "StartRequest" })

const ChargeRequest = Schema.Struct({
  /** The reference given when the series began. */
  series: text(50),
  /** Names the period within the series, `2026-11`: it is charged once, whatever order asks. */
  period: text(50)
}).annotate({ identifier: "ChargeRequest" })

/**
 * What became of a payment that was started or continued. No answer says that money is there: `status` is the
 * provider's word for the attempt, and the order beside it says what is true.
 */
const PaymentOutcome = Schema.Struct({
  outcome: Schema.Literals(["Accepted", "InsufficientData", "Failed", "Silent"]),
  paymentId: Schema.optionalKey(Schema.String),
  status: Schema.optionalKey(Schema.String),
  /** The provider's code, if it failed. */
  code: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "PaymentOutcome" })

/** Where to send the shopper's browser; with `POST` the parameters are form fields. Belongs to this shopper alone. */
const RedirectView = Schema.Struct({
  method: Schema.String,
  url: Schema.String,
  parameters: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String }))
}).annotate({ identifier: "Redirect" })

export const StartedView = Schema.Struct({
  payment: PaymentOutcome,
  redirect: Schema.optionalKey(RedirectView),
  order: OrderView
}).annotate({ identifier: "Started" })

export const ProceededView = Schema.Struct({ payment: PaymentOutcome, order: OrderView }).annotate({
  identifier: "Proceeded"
})

/** A repeat of a series has no shopper to send anywhere. */
const ChargedView = Schema.Struct({ payment: PaymentOutcome, order: OrderView }).annotate({
  identifier: "Charged"
})

/** What of the menu is chosen per visit, under the menu's own names. */
export const MenuUrlQuery = Schema.Struct({
  /** Two letters; the order's language when absent. */
  client_language: Schema.optionalKey(text(2)),
  /** Puts this method first with its form open. */
  default_pm: Schema.optionalKey(text(50)),
  /** With `default_pm`, skips the menu. */
  default_act: Schema.optionalKey(Schema.Literals(["true", "false"])),
  ideal_issuer_id: Schema.optionalKey(text(50))
})

const MenuUrlView = Schema.Struct({ url: Schema.String }).annotate({ identifier: "MenuUrl" })

export class Payments extends HttpApiGroup.make("payments").add(
  HttpApiEndpoint.post("start", "/:orderId/start", {
    params: OrderParams,
    payload: StartRequest,
    success: StartedView.pipe(HttpApiSchema.status(201)),
    error: orderProblems
  }),
  HttpApiEndpoint.post("chargeRecurring", "/:orderId/charge-recurring", {
    params: OrderParams,
    payload: ChargeRequest,
    success: ChargedView.pipe(HttpApiSchema.status(201)),
    error: orderProblems
  }),
  HttpApiEndpoint.post("proceed", "/:orderId/proceed", {
    params: OrderParams,
    payload: ProceedInput,
    success: ProceededView,
    error: orderProblems
  }),
  HttpApiEndpoint.get("menuUrl", "/:orderId/menu-url", {
    params: OrderParams,
    query: MenuUrlQuery,
    success: MenuUrlView,
    error: orderProblems
  })
).middleware(Authorization).prefix("/v1/orders") {}
