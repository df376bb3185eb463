/**
 * The operation `status`: totals and payment attempts of one order.
 */
import type { StatusReport } from "@docdata/domain"
import type * as Result from "effect/Result"
import { readReply, type ReplyFormat } from "../envelope/readReply.ts"
import type { Reply } from "../envelope/Reply.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"
import { decodeReport } from "./statusReport.ts"

const format: ReplyFormat<StatusReport> = {
  // The extended reply holds the same report and more, so either can be read for its report.
  roots: ["statusResponse", "extendedStatusResponse"],
  success: "statusSuccess",
  errors: ["statusErrors", "statusError"],
  decode: decodeReport
}

/**
 * Reads the reply to `status`, or the report in a reply to `statusExtended`.
 *
 * Amounts are minor units within 32 bits. Words (status, confidence, method, reasons) are text as sent, white space
 * included; they may hold characters that steer a terminal, so clean them before showing them. Totals that the
 * server left out are absent.
 *
 * Source: Docdata XSD 1.3, `statusResponse`.
 */
export const readStatusReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<StatusReport>, ReplyFailure> => readReply(bytes, format, limits)
