/**
 * From the text of a status reply to the decision, in one call.
 */
import { type Outcome, type Question, reconcile } from "@docdata/domain"
import * as Result from "effect/Result"
import { readStatusReply } from "./decodeReply.ts"
import type { ErrorReply, SoapFault } from "./envelope/Reply.ts"
import type { ReplyFailure } from "./ReplyFailure.ts"

/**
 * Decides what a reply to `status` or `statusExtended` means for an order. Fails with what is wrong with the text, or with what
 * Docdata answered instead of a report; nothing was decided then. Pure; never throws; repeating is safe.
 */
export const decideReply = (
  reply: string | Uint8Array,
  question: Omit<Question, "report">
): Result.Result<Outcome, ReplyFailure | ErrorReply | SoapFault> => {
  const bytes = typeof reply === "string" ? new TextEncoder().encode(reply) : reply
  return Result.flatMap(
    readStatusReply(bytes),
    (read): Result.Result<Outcome, ReplyFailure | ErrorReply | SoapFault> =>
      read._tag === "Success" ? Result.succeed(reconcile({ ...question, report: read.value })) : Result.fail(read)
  )
}
