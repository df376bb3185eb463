/**
 * The metrics of this process in Prometheus' text format 0.0.4, for whoever has a key of all merchants.
 *
 * They say how much business a shop does and how well, so they are not for everybody who can reach the service. Reading
 * them asks no store anything.
 */
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { ApiKeys } from "../access/ApiKeys.ts"
import { keyOf } from "../access/keyOf.ts"
import { RateLimits, requestsPerKey } from "../access/RateLimits.ts"

const refusal = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) =>
  HttpServerResponse.text(`${text}\n`, { status, headers })

// OpenTelemetry's names say no unit, Prometheus' do; this is how OpenTelemetry's own exporter joins the two.
const named = (name: string): string => /^http\..*\.duration$/.test(name) ? `${name}_seconds` : name

const handle = Effect.gen(function*() {
  const { headers } = yield* HttpServerRequest.HttpServerRequest
  const key = keyOf(yield* ApiKeys, headers)
  if (key === undefined) return refusal(401, "send Authorization: Bearer KEY", { "www-authenticate": "Bearer" })
  if (key.merchants !== "all") return refusal(403, "the metrics are of all merchants: use a key that is for all")
  const seconds = yield* (yield* RateLimits).take(requestsPerKey, key.id)
  if (seconds !== undefined) return refusal(429, "too many requests", { "retry-after": String(seconds) })
  return HttpServerResponse.text(yield* PrometheusMetrics.format({ metricNameMapper: named }), {
    contentType: "text/plain; version=0.0.4; charset=utf-8"
  })
})

export const metricsRoute = HttpRouter.add("GET", "/metrics", handle)
