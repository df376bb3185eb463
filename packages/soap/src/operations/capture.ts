/**
 * `capture`: files a request for the money of an authorised payment.
 */
import type { CaptureInput, Filed } from "@docdata/application"
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { parent } from "../shape/Shape.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import { boolean, date, orderKey, paymentId, prose, reference, text } from "../request/Rule.ts"

/** Source: Docdata XSD 1.3, `captureRequest`. */
export const writeCapture = (writer: RequestWriter, input: CaptureInput): void => {
  writer.unsent("orderKey", input.orderKey, orderKey)
  writer.leaves(input, [
    needed<CaptureInput>("paymentId", "paymentId", paymentId),
    optional<CaptureInput>("merchantCaptureReference", "captureReference", reference(35))
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

/** Source: Docdata XSD 1.3, `captureResponse`. */
export const captureReply = replyFormat("capture", parent({}, (): Filed => ({ _tag: "Filed" })))
