/**
 * `create`: registers an order.
 */
import type { CreateOrderInput, ReminderPeriod } from "@docdata/application"
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { optional as optionalChild, record, required } from "../shape/Shape.ts"
import { text as textValue } from "../shape/values.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import { boolean, int32, prose, text } from "../request/Rule.ts"
import { writeInvoice } from "../request/writeInvoice.ts"
import { writeBuyer, writeDestination, writeName } from "../request/writeParties.ts"
import { paymentResponse } from "./paymentResponse.ts"

const writePeriod = (
  writer: RequestWriter,
  { tag, field, period }: { readonly tag: string; readonly field: string; readonly period: ReminderPeriod }
): void =>
  writer.object(field, period, () =>
    writer.element(tag, {
      numberOfDays: writer.checked("days", period.days, int32),
      profile: period.profile === undefined ? undefined : writer.checked("profile", period.profile, text(50))
    }))

const writePreferences = (writer: RequestWriter, input: CreateOrderInput): void => {
  const { reminders, menuStyleId } = input
  writer.element("paymentPreferences", {}, () => {
    writer.leaves(input, [
      needed<CreateOrderInput>("profile", "profile", text(50)),
      needed<CreateOrderInput>("numberOfDaysToPay", "daysToPay", int32)
    ])
    if (reminders !== undefined) {
      writer.object("reminders", reminders, () =>
        writer.element("exhortation", {}, () => {
          writePeriod(writer, { tag: "period1", field: "first", period: reminders.first })
          // An empty second period is what made older clients' requests invalid: it is written only if there is one.
          if (reminders.second !== undefined) {
            writePeriod(writer, { tag: "period2", field: "second", period: reminders.second })
          }
        }))
    }
    writer.leaves(input, [optional<CreateOrderInput>("terminalId", "terminalId", text(35))])
  })
  if (menuStyleId !== undefined) {
    writer.element(
      "menuPreferences",
      {},
      () => writer.element("css", { id: writer.checked("menuStyleId", menuStyleId, int32) })
    )
  }
}

/** Source: Docdata XSD 1.3, `createRequest`. The sales person follows the integration info, hence the argument. */
export const writeCreate = (
  writer: RequestWriter,
  input: CreateOrderInput,
  writeIntegrationInfo: () => void
): void => {
  const { invoice, recurringReference, salesPerson } = input
  writer.leaves(input, [needed<CreateOrderInput>("merchantOrderReference", "orderReference", text(255))])
  writePreferences(writer, input)
  writeBuyer(writer, input.buyer)
  writer.money("totalGrossAmount", "total", input.total)
  writeDestination(writer, "billTo", input.billTo)
  writer.leaves(input, [
    optional<CreateOrderInput>("description", "description", prose(255)),
    optional<CreateOrderInput>("receiptText", "receiptText", prose(50)),
    optional<CreateOrderInput>("includeCosts", "includeMethodCosts", boolean)
  ])
  if (recurringReference !== undefined) {
    writer.element(
      "paymentRequest",
      {},
      () =>
        writer.element(
          "initialPaymentReference",
          {},
          () => writer.leaves(input, [needed<CreateOrderInput>("merchantReference", "recurringReference", text(50))])
        )
    )
  }
  if (invoice !== undefined) writeInvoice(writer, { ...input, invoice })
  writeIntegrationInfo()
  if (salesPerson !== undefined) {
    writer.element("salesPerson", {}, () => writeName(writer, "salesPerson", salesPerson))
  }
}

/** Source: Docdata XSD 1.3, `createResponse`. */
export const createReply = replyFormat(
  "create",
  record({ orderKey: required(textValue, "key"), payment: optionalChild(paymentResponse, "paymentResponse") })
)
