/**
 * One measurement per attempt, under the names of OpenTelemetry.
 *
 * Labels are few and fixed: operation, host, port, status code, kind of failure. Nothing of a request or a reply.
 *
 * Source: OpenTelemetry semantic conventions for HTTP client metrics, `http.client.request.duration`.
 */
import type { Operation } from "@docdata/application"
import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import type { HttpAnswer } from "./dispatchOnce.ts"
import type { Endpoint } from "./Endpoint.ts"
import type { Failed } from "./obstacleOf.ts"

// The buckets that the conventions recommend for durations in seconds.
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const duration = Metric.histogram("http.client.request.duration", {
  description: "Duration of HTTP client requests",
  // Exporters take the unit from here and do not make it a label.
  attributes: { unit: "s" },
  boundaries
})

export type AttemptMeter = (
  operation: Operation,
  seconds: number,
  exit: Exit.Exit<readonly [unknown, HttpAnswer, boolean], Failed>
) => Effect.Effect<void>

/** `error.type`: the status code where one is the error, our word for the obstacle otherwise. */
export const errorType = ({ obstacle, httpStatus }: Pick<Failed, "obstacle" | "httpStatus">): string =>
  obstacle === "http-status" && httpStatus !== undefined ? String(httpStatus) : obstacle

/** The attributes that every span and measurement of this endpoint has. */
export const endpointAttributes = (endpoint: Endpoint) => ({
  "http.request.method": "POST",
  "server.address": endpoint.host,
  "server.port": String(endpoint.port)
})

export const makeAttemptMeter = (endpoint: Endpoint): AttemptMeter => {
  const fixed = endpointAttributes(endpoint)
  // A series per combination; at most nine operations times a few dozen outcomes.
  const series = new Map<string, Metric.Histogram<number>>()
  const seriesOf = (operation: Operation, status: number | undefined, error: string | undefined) => {
    const key = `${operation} ${status} ${error}`
    const known = series.get(key)
    if (known !== undefined) return known
    const made = Metric.withAttributes(duration, {
      ...fixed,
      "docdata.operation": operation,
      ...(status === undefined ? {} : { "http.response.status_code": String(status) }),
      ...(error === undefined ? {} : { "error.type": error })
    })
    series.set(key, made)
    return made
  }
  return (operation, seconds, exit) => {
    if (Exit.isSuccess(exit)) return Metric.update(seriesOf(operation, exit.value[1].status, undefined), seconds)
    const failed = Option.getOrUndefined(Exit.findErrorOption(exit))
    const error = failed === undefined ? "interrupted" : errorType(failed)
    return Metric.update(seriesOf(operation, failed?.httpStatus, error), seconds)
  }
}
