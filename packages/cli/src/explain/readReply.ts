/**
 * From the bytes of a reply to its report, with refusals as problems of the input.
 */
import type { StatusReport } from "@docdata/domain"
import { readStatusReply, type Reply, type ReplyFailure } from "@docdata/soap"
import * as Result from "effect/Result"
import type { InputViolation } from "../input/InputViolation.ts"

// The place goes to the front, where editors look for it.
const sentenceOf = ({ message, position, reason }: ReplyFailure): string => {
  const place = `line ${position.line}, column ${position.column}`
  const sentence = message.endsWith(place) ? message.slice(0, -place.length).replace(/[,:] $/, "") : message
  return reason === "other-reply" ? `${sentence}: explain reads replies to status and statusExtended` : sentence
}

/** Reads a reply to `status` or `statusExtended`, in its envelope or without. */
export const readReply = (bytes: Uint8Array, source: string): Result.Result<Reply<StatusReport>, InputViolation> =>
  Result.mapError(readStatusReply(bytes), (refused) => ({
    source,
    line: refused.position.line,
    column: refused.position.column,
    sentence: sentenceOf(refused)
  }))
