/**
 * A span and a measurement for every request that has a route, under the names of OpenTelemetry.
 *
 * Instead of the platform's own span, which holds the whole address and all headers: those of shoppers and of Docdata
 * carry order keys and references. Here is only the route's template. The trace of a caller is joined on the REST API,
 * if there is a right key with it: whoever has none must not choose what is traced, nor write into the traces of others.
 *
 * Source: OpenTelemetry semantic conventions for HTTP servers, `http.server.request.duration`.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpMiddleware from "effect/http/HttpMiddleware"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import { ApiKeys } from "../access/ApiKeys.ts"
import { keyOf } from "../access/keyOf.ts"

// The buckets that the conventions recommend for durations in seconds.
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const duration = Metric.histogram("http.server.request.duration", {
  description: "Duration of HTTP server requests",
  // Exporters take the unit from here and do not make it a label.
  attributes: { unit: "s" },
  boundaries
})

/** What is known of an answer: its status, or why there is none. */
const endingOf = (exit: Exit.Exit<HttpServerResponse.HttpServerResponse, unknown>) => {
  if (Exit.isSuccess(exit)) return { "http.response.status_code": String(exit.value.status) }
  return { "error.type": Exit.hasInterrupts(exit) ? "interrupted" : "500" }
}

type Answer<E, R> = Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>

const observed = <E, R>(answer: Answer<E, R>, keys: ApiKeys["Service"]) =>
  Effect.gen(function*() {
    const { route } = yield* HttpRouter.RouteContext
    const { headers, method } = yield* HttpServerRequest.HttpServerRequest
    const labels = { "http.request.method": method, "http.route": route.path }
    const caller = Option.filter(
      HttpTraceContext.w3c(headers),
      () => route.path.startsWith("/v1/") && keyOf(keys, headers) !== undefined
    )
    const startedAtNs = yield* Clock.currentTimeNanos
    const measured = Effect.onExit(answer, (exit) => {
      const ending = endingOf(exit)
      return Effect.andThen(
        Effect.annotateCurrentSpan(ending),
        Effect.flatMap(Clock.currentTimeNanos, (nowNs) =>
          Metric.update(
            Metric.withAttributes(duration, { ...labels, ...ending }),
            Number(nowNs - startedAtNs) / 1e9
          ))
      )
    })
    return yield* Effect.withSpan(measured, `${method} ${route.path}`, {
      kind: "server",
      root: Option.isNone(caller),
      captureStackTrace: false,
      attributes: labels,
      ...(Option.isNone(caller) ? {} : { parent: caller.value })
    })
  })

/** For all routes that it is provided to. */
export const observeRequests = HttpRouter.middleware(
  Effect.map(ApiKeys, (keys) => (answer) => observed(answer, keys))
).layer

/** Switches the platform's own span off. */
export const withoutPlatformSpan = Layer.succeed(HttpMiddleware.TracerDisabledWhen, () => true)
