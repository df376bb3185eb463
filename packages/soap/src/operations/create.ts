/**
 * `create`: registers an order.
 */
import type { CreatedOrder, CreateOrderInput, ReminderPeriod } from "@docdata/application"
import type * as Result from "effect/Result"
import { readReply, type ReplyFormat } from "../envelope/readReply.ts"
import type { Reply } from "../envelope/Reply.ts"
import * as Fields from "../Fields.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import { boolean, int32, prose, text } from "../request/Rule.ts"
import { writeInvoice } from "../request/writeInvoice.ts"
import { writeBuyer, writeDestination, writeName } from "../request/writeParties.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"
import { decodePaymentResponse } from "./paymentResponse.ts"

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

const decodeCreated = (fields: Fields.Fields, success: XmlElement): CreatedOrder => {
  const response = Fields.optional(fields, success, "paymentResponse")
  return {
    orderKey: Fields.text(fields, success, "key"),
    ...(response === undefined ? {} : { payment: decodePaymentResponse(fields, response) })
  }
}

const format: ReplyFormat<CreatedOrder> = {
  roots: ["createResponse"],
  success: "createSuccess",
  errors: ["createErrors", "createError"],
  decode: decodeCreated
}

/** Reads the reply to `create`. Source: Docdata XSD 1.3, `createResponse`. */
export const readCreateReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<CreatedOrder>, ReplyFailure> => readReply(bytes, format, limits)
