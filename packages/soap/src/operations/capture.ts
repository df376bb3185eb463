/**
 * `capture`: files a request for the money of an authorised payment.
 */
import type { CaptureInput, Filed } from "@docdata/application"
import type * as Result from "effect/Result"
import { readReply, type ReplyFormat } from "../envelope/readReply.ts"
import type { Reply } from "../envelope/Reply.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import { boolean, date, paymentId, prose, text } from "../request/Rule.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"

/** Source: Docdata XSD 1.3, `captureRequest`. */
export const writeCapture = (writer: RequestWriter, input: CaptureInput): void => {
  writer.leaves(input, [
    needed<CaptureInput>("paymentId", "paymentId", paymentId),
    optional<CaptureInput>("merchantCaptureReference", "captureReference", text(35))
  ])
  writer.optionalMoney("amount", "amount", input.amount)
  writer.leaves(input, [
    optional<CaptureInput>("itemCode", "itemCode", text(50)),
    optional<CaptureInput>("description", "description", prose(250)),
    optional<CaptureInput>("finalCapture", "finalCapture", boolean),
    optional<CaptureInput>("cancelReserved", "replaceFiled", boolean),
    optional<CaptureInput>("requiredCaptureDate", "notBefore", date)
  ])
}

const format: ReplyFormat<Filed> = {
  roots: ["captureResponse"],
  success: "captureSuccess",
  errors: ["captureErrors", "captureError"],
  decode: () => ({ _tag: "Filed" })
}

/** Reads the reply to `capture`. Source: Docdata XSD 1.3, `captureResponse`. */
export const readCaptureReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<Filed>, ReplyFailure> => readReply(bytes, format, limits)
