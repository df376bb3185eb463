/**
 * `start`: begins a payment without the payment menu.
 */
import type { PaymentChoice, ShopperBrowser, StartPaymentInput } from "@docdata/application"
import * as Redacted from "effect/Redacted"
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { leaf, many, optional as optionalChild, parent, record, required } from "../shape/Shape.ts"
import { attributeOf, secret, text as textValue } from "../shape/values.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import { orderKey, prose, text, webAddress } from "../request/Rule.ts"
import { writePaymentInput, writeToken } from "../request/writePaymentInput.ts"
import { paymentResponse } from "./paymentResponse.ts"

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

const parameter = leaf((written, site) => ({ name: attributeOf(site, "name"), value: Redacted.make(written) }))

const redirect = record({
  method: required(textValue),
  url: required(secret),
  parameters: required(parent({ parameter: many(parameter) }, (children) => children.parameter))
})

/** Source: Docdata XSD 1.3, `startResponse`. The redirect is a sibling of the payment response, not a part of it. */
export const startReply = replyFormat(
  "start",
  record({ payment: required(paymentResponse, "paymentResponse"), redirect: optionalChild(redirect) })
)
