/**
 * The operation `statusExtended`: the status report, and what is known about each payment.
 *
 * Its request element is `extendedStatusRequest` and its response element `extendedStatusResponse`; only the
 * operation has the words the other way round. Docdata switches it on per merchant.
 */
import type { ExtendedStatus, PaymentInfo, RiskChecks } from "@docdata/domain"
import type * as Result from "effect/Result"
import { readReply, type ReplyFormat } from "../envelope/readReply.ts"
import type { Reply } from "../envelope/Reply.ts"
import * as Fields from "../Fields.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"
import { decodeDetails } from "./paymentDetails.ts"
import { decodeReport, paymentId } from "./statusReport.ts"

const decodeExtendedStatus = (fields: Fields.Fields, success: XmlElement): ExtendedStatus => {
  const report = Fields.optional(fields, success, "report")
  const payments = report === undefined ? [] : Fields.many(fields, report, "payment")
  return {
    report: decodeReport(fields, success),
    paymentInfos: payments.flatMap((payment) => {
      const extended = Fields.optional(fields, payment, "extended")
      return extended === undefined ? [] : [decodeInfo(fields, payment, extended)]
    })
  }
}

const decodeInfo = (fields: Fields.Fields, payment: XmlElement, extended: XmlElement): PaymentInfo => {
  const riskChecks = Fields.optional(fields, extended, "riskChecks")
  const details = decodeDetails(fields, extended)
  return {
    paymentId: paymentId(fields, payment),
    ...(riskChecks === undefined ? {} : { riskChecks: decodeRiskChecks(fields, riskChecks) }),
    ...(details === undefined ? {} : { details })
  }
}

const decodeRiskChecks = (fields: Fields.Fields, element: XmlElement): RiskChecks => ({
  score: Fields.integerAttribute(fields, element, "score"),
  checks: Fields.many(fields, element, "check").map((check) => ({
    name: Fields.textOf(fields, check),
    score: Fields.integerAttribute(fields, check, "score")
  }))
})

const format: ReplyFormat<ExtendedStatus> = {
  roots: ["extendedStatusResponse"],
  success: "statusSuccess",
  errors: ["statusErrors", "statusError"],
  decode: decodeExtendedStatus
}

/**
 * Reads the reply to `statusExtended`.
 *
 * The report is the same as {@link readStatusReply} reads. Names, accounts, card and mandate numbers and receipts
 * are redacted. Details of a kind that is new to us, and those that only API 1.2 had, are left out.
 *
 * Source: Docdata XSD 1.3, `extendedStatusResponse`.
 */
export const readExtendedStatusReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<ExtendedStatus>, ReplyFailure> => readReply(bytes, format, limits)
