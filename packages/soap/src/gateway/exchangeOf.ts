/**
 * The record of a call.
 */
import type { Exchange, Merchant, Operation } from "@docdata/application"
import * as Result from "effect/Result"
import { redactXml } from "../redaction/redactXml.ts"
import type { EncodedRequest } from "../request/encodeRequest.ts"
import type { HttpAnswer } from "../transport/dispatchOnce.ts"
import type { PostResult } from "../transport/Transport.ts"
import type { ReadReply } from "./readAnswer.ts"

const lenientUtf8 = new TextDecoder("utf-8")

/** Redacts when somebody looks, once. Most exchanges of a busy shop are never looked at, and redacting is not free. */
const lazily = (redacted: () => string): () => string => {
  let text: string | undefined
  return () => text ??= redacted()
}

/** `answer` is what the last attempt brought, if it brought any. */
export const exchangeOf = (
  { merchant, encoded }: { readonly merchant: Merchant; readonly encoded: EncodedRequest },
  { course, ...result }: PostResult<ReadReply<Operation>>,
  answer: HttpAnswer | undefined
): Exchange => {
  const httpStatus = answer?.status ?? (result._tag === "Failed" ? result.failed.httpStatus : undefined)
  const reply = result._tag === "Answered" && Result.isSuccess(result.value) ? result.value.success : undefined
  const serverVersion = reply !== undefined && reply._tag !== "Fault" ? reply.ddpXsdVersion : undefined
  const subject = merchant.subjectMerchant?.name
  const requestText = lazily(() => redactXml(encoded.xml))
  const replyText = answer === undefined ? undefined : lazily(() => redactXml(lenientUtf8.decode(answer.body)))
  const exchange = {
    operation: encoded.operation,
    environment: merchant.environment,
    merchantName: merchant.merchantName,
    ...(subject === undefined ? {} : { subjectMerchantName: subject }),
    get requestText() {
      return requestText()
    },
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
    startedAtMs: course.startedAtMs,
    finishedAtMs: course.finishedAtMs,
    timings: {
      queuedMs: course.queuedMs,
      ...(course.firstByteMs === undefined ? {} : { firstByteMs: course.firstByteMs }),
      totalMs: course.totalMs
    },
    attempts: course.attempts,
    shortened: encoded.shortened
  }
  return replyText === undefined
    ? exchange
    : Object.defineProperty(exchange, "replyText", { enumerable: true, get: replyText })
}
