/**
 * `cancel`: what became of the request to cancel an order. Its request is {@link writeOrderByKey}.
 */
import type { CancelResult } from "@docdata/application"
import type * as Result from "effect/Result"
import { displayText } from "../displayText.ts"
import { readReply, type ReplyFormat } from "../envelope/readReply.ts"
import { type Reply, statusLengthMax } from "../envelope/Reply.ts"
import * as Fields from "../Fields.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"

const resultByText: ReadonlyMap<string, CancelResult> = new Map([
  ["NO_PAYMENTS", { _tag: "NoPayments" }],
  ["ALREADY_CANCELED", { _tag: "AlreadyCancelled" }],
  ["SUCCESS", { _tag: "Cancelled" }],
  ["FAILED", { _tag: "NotCancelled" }],
  ["PENDING", { _tag: "Pending" }]
])

// Versions before 1.3 send no result: then it is not known which of the words holds.
const decodeCancelled = (fields: Fields.Fields, success: XmlElement): CancelResult => {
  const word = Fields.optionalText(fields, success, "result")?.trim() ?? ""
  return resultByText.get(word) ?? { _tag: "Unrecognised", word: displayText(word, statusLengthMax) }
}

const format: ReplyFormat<CancelResult> = {
  roots: ["cancelResponse"],
  success: "cancelSuccess",
  errors: ["cancelErrors", "cancelError"],
  decode: decodeCancelled
}

/** Reads the reply to `cancel`. Source: Docdata XSD 1.3, `cancelResponse`. */
export const readCancelReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<CancelResult>, ReplyFailure> => readReply(bytes, format, limits)
