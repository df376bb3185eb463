/**
 * `start`: begins a payment without the payment menu.
 */
import type { PaymentChoice, Redirect, ShopperBrowser, StartedPayment, StartPaymentInput } from "@docdata/application"
import * as Redacted from "effect/Redacted"
import type * as Result from "effect/Result"
import { readReply, type ReplyFormat } from "../envelope/readReply.ts"
import type { Reply } from "../envelope/Reply.ts"
import * as Fields from "../Fields.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import { orderKey, prose, text, webAddress } from "../request/Rule.ts"
import { writePaymentInput, writeToken } from "../request/writePaymentInput.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"
import { decodePaymentResponse } from "./paymentResponse.ts"

type Recurring = Extract<PaymentChoice, { readonly _tag: "Recurring" }>
type Interactive = Exclude<PaymentChoice, Recurring>

const writeInteraction = (writer: RequestWriter, choice: Interactive): void => {
  const { browser } = choice
  writer.leaves(choice, [optional<Interactive>("returnUrl", "returnUrl", webAddress)])
  if (browser === undefined) return
  writer.object("browser", browser, () =>
    writer.element("shopperInfo", {}, () =>
      writer.leaves(browser, [
        needed<ShopperBrowser>("shopperIp", "ip", text(250)),
        needed<ShopperBrowser>("browserAccept", "accept", prose(250)),
        needed<ShopperBrowser>("browserUserAgent", "userAgent", prose(250))
      ])))
}

const writeChoice = (writer: RequestWriter, payment: PaymentChoice): void =>
  writer.choice(payment, {
    Recurring: (recurring) =>
      writer.element("recurringPaymentRequest", {}, () =>
        writer.element("initialPaymentReference", {}, () =>
          writer.leaves(recurring, [needed<Recurring>("merchantReference", "recurringReference", text(50))]))),
    WithInput: (choice) => {
      writer.object("input", choice.input, () =>
        writer.element("payment", {}, () =>
          writePaymentInput(writer, choice.input)))
      writeInteraction(writer, choice)
    },
    WithToken: (choice) => {
      writer.object("token", choice.token, () =>
        writeToken(writer, choice.token))
      writeInteraction(writer, choice)
    }
  })

/** Source: Docdata XSD 1.3, `startRequest`. */
export const writeStart = (writer: RequestWriter, input: StartPaymentInput): void => {
  writer.leaves(input, [needed<StartPaymentInput>("paymentOrderKey", "orderKey", orderKey)])
  writer.optionalMoney("paymentAmount", "amount", input.amount)
  writer.object("payment", input.payment, () => writeChoice(writer, input.payment))
}

const decodeRedirect = (fields: Fields.Fields, redirect: XmlElement): Redirect => ({
  method: Fields.text(fields, redirect, "method"),
  url: Redacted.make(Fields.text(fields, redirect, "url")),
  parameters: Fields.many(fields, Fields.required(fields, redirect, "parameters"), "parameter").map((parameter) => ({
    name: Fields.attribute(fields, parameter, "name"),
    value: Redacted.make(Fields.textOf(fields, parameter))
  }))
})

// The redirect is a sibling of the payment response, not a part of it.
const decodeStarted = (fields: Fields.Fields, success: XmlElement): StartedPayment => {
  const redirect = Fields.optional(fields, success, "redirect")
  return {
    payment: decodePaymentResponse(fields, Fields.required(fields, success, "paymentResponse")),
    ...(redirect === undefined ? {} : { redirect: decodeRedirect(fields, redirect) })
  }
}

const format: ReplyFormat<StartedPayment> = {
  roots: ["startResponse"],
  success: "startSuccess",
  errors: ["startErrors", "startError"],
  decode: decodeStarted
}

/** Reads the reply to `start`. Source: Docdata XSD 1.3, `startResponse`. */
export const readStartReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<StartedPayment>, ReplyFailure> => readReply(bytes, format, limits)
