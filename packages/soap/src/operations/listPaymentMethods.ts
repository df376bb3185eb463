/**
 * `listPaymentMethods`: what an order can be paid with. Its request is {@link writeOrderByKey}.
 */
import type { Issuer, Mandate, PaymentMethod, PaymentMethods } from "@docdata/application"
import type * as Result from "effect/Result"
import { readReply, type ReplyFormat } from "../envelope/readReply.ts"
import type { Reply } from "../envelope/Reply.ts"
import * as Fields from "../Fields.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"

const decodeMandate = (fields: Fields.Fields, mandate: XmlElement): Mandate => ({
  id: Fields.text(fields, mandate, "id"),
  scheme: Fields.text(fields, mandate, "scheme"),
  type: Fields.text(fields, mandate, "type"),
  state: Fields.text(fields, mandate, "state")
})

// Not in the schema we hold, but in replies of servers at 1.3.15.
const decodeIssuers = (fields: Fields.Fields, method: XmlElement): ReadonlyArray<Issuer> => {
  const issuers = Fields.optional(fields, method, "issuers")
  return issuers === undefined ? [] : Fields.many(fields, issuers, "issuer").map((issuer) => ({
    id: Fields.attribute(fields, issuer, "id"),
    name: Fields.textOf(fields, issuer)
  }))
}

const decodeMethod = (fields: Fields.Fields, method: XmlElement): PaymentMethod => {
  const mobile = Fields.optional(fields, method, "mobile")
  return {
    name: Fields.text(fields, method, "name"),
    issuers: decodeIssuers(fields, method),
    mandates: Fields.many(fields, method, "mandate").map((mandate) => decodeMandate(fields, mandate)),
    ...(mobile === undefined ? {} : {
      mobile: {
        qrCodeUrl: Fields.text(fields, mobile, "qrCodeUrl"),
        intentUrl: Fields.text(fields, mobile, "intentUrl")
      }
    })
  }
}

const format: ReplyFormat<PaymentMethods> = {
  roots: ["listPaymentMethodsResponse"],
  success: "listPaymentMethodsSuccess",
  errors: ["listPaymentMethodsErrors", "listPaymentMethodsError"],
  decode: (fields, success) =>
    Fields.many(fields, success, "paymentMethod").map((method) => decodeMethod(fields, method))
}

/** Reads the reply to `listPaymentMethods`. Source: Docdata XSD 1.3, `listPaymentMethodsResponse`. */
export const readListPaymentMethodsReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<PaymentMethods>, ReplyFailure> => readReply(bytes, format, limits)
