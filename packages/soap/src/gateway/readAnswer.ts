/**
 * What an HTTP answer turned out to be.
 */
import type { Operation, OutputOf } from "@docdata/application"
import * as Result from "effect/Result"
import { decodeReply } from "../decodeReply.ts"
import type { Reply } from "../envelope/Reply.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import type { HttpAnswer } from "../transport/dispatchOnce.ts"
import type { Reading } from "../transport/Transport.ts"

/** A reply of this API, or why the body is none. */
export type ReadReply<O extends Operation> = Result.Result<Reply<OutputOf<O>>, ReplyFailure>

/** Server trouble and "try later" pass by themselves; other statuses say that the address or the account is wrong. */
const passes = (status: number): boolean => status >= 500 || status === 408 || status === 429

// The right document with a word we do not understand is the account's own trouble, or a newer version; the host works.
const isOfThisApi = ({ path, reason }: ReplyFailure): boolean =>
  path !== undefined || reason === "other-reply" || reason === "no-verdict"

/**
 * A SOAP fault is an answer with any status, and so is any reply of this API. With an error status and no such body
 * the status is what is known; with a good status, that the body was not understood.
 */
export const readAnswer = <O extends Operation>(operation: O, { status, body }: HttpAnswer): Reading<ReadReply<O>> => {
  const value = decodeReply(operation, body)
  if (Result.isSuccess(value)) return { _tag: "Read", value, healthy: true }
  return status >= 200 && status < 300
    ? { _tag: "Read", value, healthy: isOfThisApi(value.failure) }
    : {
      _tag: "Unusable",
      failed: { obstacle: "http-status", sent: "answered", passing: passes(status), httpStatus: status }
    }
}
