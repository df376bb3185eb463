/**
 * From what happened to what the caller gets.
 */
import { type GatewayFailureReason, onlyReads, type Operation, type OutputOf } from "@docdata/application"
import * as Result from "effect/Result"
import { cleanMessage } from "../redaction/cleanMessage.ts"
import { errorType } from "../transport/AttemptMeter.ts"
import type { PostResult } from "../transport/Transport.ts"
import type { ReadReply } from "./readAnswer.ts"
import { rejectionKind } from "./rejectionKind.ts"

/** The answer, or the reason why there is none. */
export const outcomeOf = <O extends Operation>(
  { operation, xml }: { readonly operation: O; readonly xml: string },
  result: PostResult<ReadReply<O>>,
  answeredStatus: number
): Result.Result<OutputOf<O>, GatewayFailureReason> => {
  if (result._tag === "Failed") {
    const { obstacle, sent, passing, retryAfterMs, httpStatus } = result.failed
    return Result.fail({
      _tag: "TransportFailure",
      obstacle,
      sent,
      retryable: passing && (sent === "not-sent" || onlyReads(operation)),
      ...(httpStatus === undefined ? {} : { httpStatus }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs })
    })
  }
  if (Result.isFailure(result.value)) {
    const { reason, position } = result.value.failure
    return Result.fail({ _tag: "UnreadableReply", reason, position, httpStatus: answeredStatus })
  }
  const reply = result.value.success
  switch (reply._tag) {
    case "Success":
      return Result.succeed(reply.value)
    case "Fault": {
      const message = cleanMessage(reply.faultstring, xml)
      return Result.fail({ _tag: "Fault", code: reply.faultcode, message, httpStatus: answeredStatus })
    }
    case "Errors": {
      const errors = reply.errors.map(({ code, text }) => ({ code, message: cleanMessage(text, xml) }))
      const [first = { code: "", message: "" }, ...rest] = errors
      const kind = rejectionKind([first, ...rest].map(({ code }) => code))
      return Result.fail({ _tag: "Rejected", kind, errors: [first, ...rest] })
    }
  }
}

/** `error.type` of a span: a word of a closed set or a status code, never a text of the reply. */
export const errorTypeOf = (reason: GatewayFailureReason): string => {
  switch (reason._tag) {
    case "TransportFailure":
      return errorType(reason)
    case "UnreadableReply":
      return reason.reason
    case "Rejected":
    case "Fault":
    case "RefusedBeforeSending":
    case "Unsupported":
      return reason._tag
  }
}
