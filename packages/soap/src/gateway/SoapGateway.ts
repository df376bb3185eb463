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
import * as Metric from "effect/Metric"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { exchangeOf } from "./exchangeOf.ts"
import { errorTypeOf, outcomeOf } from "./outcomeOf.ts"
import { readAnswer } from "./readAnswer.ts"
import { type EncodedRequest, type EncodeOptions, encodeRequest } from "../encodeRequest.ts"
import { endpointAttributes } from "../transport/AttemptMeter.ts"
import type { HttpAnswer } from "../transport/dispatchOnce.ts"
import {
  defaultEndpoints,
  type Endpoint,
  EndpointFailure,
  type Endpoints,
  parseEndpoint
} from "../transport/Endpoint.ts"
import { defaultTransportLimits, LimitFailure, refusedLimit, type TransportLimits } from "../transport/Limits.ts"
import { makeTransport, type PostResult, type Transport } from "../transport/Transport.ts"

export interface SoapGatewayOptions extends EncodeOptions {
  /** Where the test and the live system listen. Docdata's own addresses unless told otherwise. */
  readonly endpoints?: Partial<Endpoints>
  readonly limits?: Partial<TransportLimits>
}

interface Line {
  readonly endpoint: Endpoint
  readonly transport: Transport
}

const calls = Metric.counter("docdata_calls_total", {
  description: "Calls of Docdata, by operation and what came of them",
  incremental: true
})

// A series for each combination that occurs: making one costs more than counting.
const series = new Map<string, Metric.Counter<number>>()

const countCall = (operation: Operation, environment: Environment, outcome: string): Effect.Effect<void> => {
  const key = `${operation} ${environment} ${outcome}`
  const known = series.get(key) ?? Metric.withAttributes(calls, { operation, environment, outcome })
  series.set(key, known)
  return Metric.update(known, 1)
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
    return readAnswer(operation, answer)
  })
  return Effect.flatMap(posted, (result) => {
    const answer = hasAnswer(result) ? arrived : undefined
    const exchange = exchangeOf({ merchant, encoded }, result, answer)
    const outcome = outcomeOf(encoded, result, answer?.status ?? 0)
    const { environment } = merchant
    if (Result.isSuccess(outcome)) {
      const noted = Effect.andThen(annotate(exchange, undefined), countCall(operation, environment, "answered"))
      return Effect.as(noted, { value: outcome.success, exchange })
    }
    const reason = outcome.failure
    return annotate(exchange, reason).pipe(
      Effect.andThen(countCall(operation, environment, errorTypeOf(reason))),
      Effect.andThen(Effect.fail(new GatewayFailure({ operation, reason, exchange })))
    )
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
): Effect.Effect<Line, EndpointFailure | LimitFailure, Scope.Scope> => {
  const endpoint = parseEndpoint(environment, options.endpoints?.[environment] ?? defaultEndpoints[environment])
  if (endpoint instanceof EndpointFailure) return Effect.fail(endpoint)
  const limits = { ...defaultTransportLimits, ...options.limits }
  const limit = refusedLimit(limits)
  if (limit !== undefined) return Effect.fail(new LimitFailure({ limit }))
  return Effect.map(makeTransport(endpoint, limits), (transport) => ({ endpoint, transport }))
}

/** Opens both lines; at the end both take no new calls before the first waits for those under way. */
const openLines = (
  options: SoapGatewayOptions
): Effect.Effect<Readonly<Record<Environment, Line>>, EndpointFailure | LimitFailure, Scope.Scope> =>
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
 * Fails if an address is none or would send passwords in the clear, and if a limit is no number above zero.
 */
export const make = (
  options: SoapGatewayOptions = {}
): Effect.Effect<PaymentGateway["Service"], EndpointFailure | LimitFailure, Scope.Scope> =>
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
export const layer = (options: SoapGatewayOptions = {}): Layer.Layer<PaymentGateway, EndpointFailure | LimitFailure> =>
  Layer.effect(PaymentGateway, make(options))
