/**
 * The operation `statusExtended`: the status report, and what is known about each payment.
 *
 * Its request element is `extendedStatusRequest` and its response element `extendedStatusResponse`; only the
 * operation has the words the other way round. Docdata switches it on per merchant.
 */
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { parent, required } from "../shape/Shape.ts"
import { extendedReport } from "./statusReport.ts"

export const extendedStatusReply = replyFormat(
  "status",
  parent({ report: required(extendedReport) }, ({ report }) => report),
  { roots: ["extendedStatusResponse"], inOnePass: true }
)
