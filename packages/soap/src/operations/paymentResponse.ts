/**
 * What `create`, `start` and `proceed` answer about the payment itself.
 */
import type { PaymentResponse } from "@docdata/application"
import { displayText } from "../displayText.ts"
import { errorTextLengthMax, statusLengthMax } from "../envelope/Reply.ts"
import * as Fields from "../Fields.ts"
import type { XmlElement } from "../xml/XmlElement.ts"

/**
 * Three optional elements in the schema, of which one is expected. Should an error ever stand beside a success,
 * the error counts: nobody ships goods on a contradiction.
 */
export const decodePaymentResponse = (fields: Fields.Fields, response: XmlElement): PaymentResponse => {
  const failed = Fields.optional(fields, response, "paymentError")
  const accepted = Fields.optional(fields, response, "paymentSuccess")
  const insufficient = Fields.optional(fields, response, "paymentInsufficientData")
  if (failed !== undefined) return decodeFailed(fields, failed)
  if (accepted !== undefined) {
    return {
      _tag: "Accepted",
      paymentId: Fields.numberText(fields, accepted, "id"),
      status: Fields.text(fields, accepted, "status")
    }
  }
  return insufficient === undefined ? { _tag: "Silent" } : { _tag: "InsufficientData" }
}

const decodeFailed = (fields: Fields.Fields, failed: XmlElement): PaymentResponse => {
  const error = Fields.required(fields, failed, "error")
  const status = Fields.optionalText(fields, failed, "status")
  const id = Fields.optional(fields, failed, "id")
  return {
    _tag: "Failed",
    code: displayText(error.attributes.get("code") ?? "", statusLengthMax),
    message: displayText(Fields.textOf(fields, error), errorTextLengthMax),
    ...(status === undefined ? {} : { status }),
    ...(id === undefined ? {} : { paymentId: Fields.numberText(fields, failed, "id") })
  }
}
