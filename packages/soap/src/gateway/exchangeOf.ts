/**
 * The record of a call.
 */
import type { Exchange, Merchant, Operation } from "@docdata/application"
import * as Result from "effect/Result"
import { redactXml } from "../redaction/redactXml.ts"
import type { EncodedRequest } from "../encodeRequest.ts"
import type { HttpAnswer } from "../transport/dispatchOnce.ts"
import type { PostResult } from "../transport/Transport.ts"
import type { ReadReply } from "./readAnswer.ts"

type Mutable<A> = { -readonly [K in keyof A]: A[K] }

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
  const { attempts, finishedAtMs, firstByteMs, queuedMs, startedAtMs, totalMs } = course
  const exchange: Mutable<Exchange> = {
    operation: encoded.operation,
    environment: merchant.environment,
    merchantName: merchant.merchantName,
    get requestText() {
      return requestText()
    },
    startedAtMs,
    finishedAtMs,
    timings: firstByteMs === undefined ? { queuedMs, totalMs } : { queuedMs, firstByteMs, totalMs },
    attempts,
    shortened: encoded.shortened
  }
  if (subject !== undefined) exchange.subjectMerchantName = subject
  if (httpStatus !== undefined) exchange.httpStatus = httpStatus
  if (serverVersion !== undefined) exchange.serverVersion = serverVersion
  return replyText === undefined
    ? exchange
    : Object.defineProperty(exchange, "replyText", { enumerable: true, get: replyText })
}
