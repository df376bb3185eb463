/**
 * The port `PaymentGateway` over SOAP.
 */
import {
  type Answer,
  type Environment,
  type Exchange,
  GatewayFailure,
  type GatewayFailureReason,
  type InputOf,
  type Merchant,
  onlyReads,
  type Operation,
  type OutputOf,
  PaymentGateway
} from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { decodeReply } from "./decodeReply.ts"
import type { Reply } from "./envelope/Reply.ts"
import { cleanMessage } from "./redaction/cleanMessage.ts"
import { redactXml } from "./redaction/redactXml.ts"
import type { ReplyRefused } from "./ReplyRefused.ts"
import { type EncodedRequest, type EncodeOptions, encodeRequest } from "./request/encodeRequest.ts"
import { endpointAttributes, errorType } from "./transport/AttemptMeter.ts"
import type { HttpAnswer } from "./transport/dispatchOnce.ts"
import {
  defaultEndpoints,
  type Endpoint,
  EndpointRefused,
  type Endpoints,
  parseEndpoint
} from "./transport/Endpoint.ts"
import { defaultTransportLimits, type TransportLimits } from "./transport/Limits.ts"
import { makeTransport, type PostResult, type Reading, type Transport } from "./transport/Transport.ts"

export interface SoapGatewayOptions extends EncodeOptions {
  /** Where the test and the live system listen. Docdata's own addresses unless told otherwise. */
  readonly endpoints?: Partial<Endpoints>
  readonly limits?: Partial<TransportLimits>
}

interface Line {
  readonly endpoint: Endpoint
  readonly transport: Transport
}

type Read<O extends Operation> = Result.Result<Reply<OutputOf<O>>, ReplyRefused>

/** Server trouble and "try later" pass by themselves; other statuses say that the address or the account is wrong. */
const passes = (status: number): boolean => status >= 500 || status === 408 || status === 429

/**
 * A SOAP fault is an answer with any status, and so is any reply of this API. With an error status and no such body
 * the status is what is known; with a good status, that the body was not understood.
 */
const judge = <O extends Operation>(operation: O, { status, body }: HttpAnswer): Reading<Read<O>> => {
  const value = decodeReply(operation, body)
  if (Result.isSuccess(value)) return { _tag: "Read", value, healthy: true }
  return status >= 200 && status < 300
    ? { _tag: "Read", value, healthy: false }
    : {
      _tag: "Unusable",
      failed: { obstacle: "http-status", sent: "answered", passing: passes(status), httpStatus: status }
    }
}

const lenientUtf8 = new TextDecoder("utf-8")

/** Redacts when somebody looks, once. Most exchanges of a busy shop are never looked at, and redacting is not free. */
const lazily = (redacted: () => string): () => string => {
  let text: string | undefined
  return () => text ??= redacted()
}

const exchangeOf = (
  { merchant, encoded }: { readonly merchant: Merchant; readonly encoded: EncodedRequest },
  { course, ...result }: PostResult<Read<Operation>>,
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

/** The answer, or the reason why there is none. */
const outcomeOf = <O extends Operation>(
  { operation, xml }: { readonly operation: O; readonly xml: string },
  result: PostResult<Read<O>>,
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
      return Result.fail({ _tag: "Rejected", errors: [first, ...rest] })
    }
  }
}

const errorTypeOf = (reason: GatewayFailureReason): string => {
  switch (reason._tag) {
    case "TransportFailure":
      return errorType(reason)
    case "UnreadableReply":
      return reason.reason
    case "Rejected":
    case "Fault":
    case "RefusedBeforeSending":
      return reason._tag
  }
}

const annotate = (exchange: Exchange, reason: GatewayFailureReason | undefined): Effect.Effect<void> =>
  Effect.annotateCurrentSpan({
    ...(exchange.httpStatus === undefined ? {} : { "http.response.status_code": exchange.httpStatus }),
    ...(exchange.attempts > 1 ? { "http.request.resend_count": exchange.attempts - 1 } : {}),
    ...(reason === undefined ? {} : { "error.type": errorTypeOf(reason) })
  })

/** True if the last attempt is the one that brought the last answer. */
const hasAnswer = (result: PostResult<unknown>): boolean =>
  result._tag === "Answered" || result.failed.obstacle === "http-status"

const exchangeOver = <O extends Operation>(
  { transport }: Line,
  merchant: Merchant,
  encoded: EncodedRequest & { readonly operation: O }
): Effect.Effect<Answer<OutputOf<O>>, GatewayFailure> => {
  const { operation, soapAction, xml } = encoded
  let arrived: HttpAnswer | undefined
  const post = {
    operation,
    soapAction,
    body: xml,
    merchant: merchant.merchantName,
    repeatable: onlyReads(operation)
  }
  const posted = transport.post(post, (answer) => {
    arrived = answer
    return judge(operation, answer)
  })
  return Effect.flatMap(posted, (result) => {
    const answer = hasAnswer(result) ? arrived : undefined
    const exchange = exchangeOf({ merchant, encoded }, result, answer)
    const outcome = outcomeOf(encoded, result, answer?.status ?? 0)
    if (Result.isSuccess(outcome)) return Effect.as(annotate(exchange, undefined), { value: outcome.success, exchange })
    const reason = outcome.failure
    return Effect.andThen(annotate(exchange, reason), Effect.fail(new GatewayFailure({ operation, reason, exchange })))
  })
}

const makeCall = <O extends Operation>(
  operation: O,
  lines: Readonly<Record<Environment, Line>>,
  options: SoapGatewayOptions
) =>
(merchant: Merchant, input: InputOf<O>): Effect.Effect<Answer<OutputOf<O>>, GatewayFailure> =>
  Effect.suspend(() => {
    const encoded = encodeRequest(operation, { merchant, input }, options)
    if ("problems" in encoded) return Effect.fail(new GatewayFailure({ operation, reason: encoded }))
    const line = lines[merchant.environment]
    return Effect.withSpan(exchangeOver(line, merchant, { ...encoded, operation }), `PaymentGateway.${operation}`, {
      kind: "client",
      // A stack trace per call costs more than the span and always shows this line.
      captureStackTrace: false,
      attributes: { ...endpointAttributes(line.endpoint), "docdata.operation": operation }
    })
  })

const openLine = (
  environment: Environment,
  options: SoapGatewayOptions
): Effect.Effect<Line, EndpointRefused, Scope.Scope> => {
  const endpoint = parseEndpoint(environment, options.endpoints?.[environment] ?? defaultEndpoints[environment])
  if (endpoint instanceof EndpointRefused) return Effect.fail(endpoint)
  const limits = { ...defaultTransportLimits, ...options.limits }
  return Effect.map(makeTransport(endpoint, limits), (transport) => ({ endpoint, transport }))
}

/** Opens both lines; at the end both take no new calls before the first waits for those under way. */
const openLines = (
  options: SoapGatewayOptions
): Effect.Effect<Readonly<Record<Environment, Line>>, EndpointRefused, Scope.Scope> =>
  Effect.tap(
    Effect.all({ test: openLine("test", options), live: openLine("live", options) }),
    ({ test, live }) =>
      Effect.addFinalizer(() =>
        Effect.sync(() => {
          test.transport.takeNoMore()
          live.transport.takeNoMore()
        })
      )
  )

/**
 * A gateway that lives as long as its scope. No connection is opened before the first call.
 *
 * Fails if an address is none or would send passwords in the clear.
 */
export const make = (
  options: SoapGatewayOptions = {}
): Effect.Effect<PaymentGateway["Service"], EndpointRefused, Scope.Scope> =>
  Effect.map(openLines(options), (lines) =>
    PaymentGateway.of({
      create: makeCall("create", lines, options),
      start: makeCall("start", lines, options),
      proceed: makeCall("proceed", lines, options),
      cancel: makeCall("cancel", lines, options),
      capture: makeCall("capture", lines, options),
      refund: makeCall("refund", lines, options),
      status: makeCall("status", lines, options),
      statusExtended: makeCall("statusExtended", lines, options),
      listPaymentMethods: makeCall("listPaymentMethods", lines, options)
    }))

/** {@link make} as a layer: built once, closed with the program. */
export const layer = (options: SoapGatewayOptions = {}): Layer.Layer<PaymentGateway, EndpointRefused> =>
  Layer.effect(PaymentGateway, make(options))
