/**
 * The operation `status`: totals and payments of one order.
 */
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { parent, required } from "../shape/Shape.ts"
import { statusReport } from "./statusReport.ts"

/** The extended reply holds the same report and more, so either can be read for its report. */
export const statusReply = replyFormat("status", parent({ report: required(statusReport) }, ({ report }) => report), {
  roots: ["statusResponse", "extendedStatusResponse"],
  inOnePass: true
})
