/**
 * One entry of the log as one line of JSON: when, how bad, what, in which trace, and what it is about.
 *
 * The fields are flat, so that they can be searched by name: `merchant`, `orderId`, `eventId`, `subscriber`, `failure`. What
 * is logged is written by this product's own code; texts of Docdata and data of shoppers are never handed to the log.
 */
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Formatter from "effect/Formatter"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The line, without its end. */
export const logLine: Logger.Logger<unknown, string> = Logger.make(({ cause, date, fiber, logLevel, message }) => {
  const parts = Array.isArray(message) ? message : [message]
  const span = Context.getOrUndefined(fiber.context, Tracer.ParentSpan)
  return Formatter.formatJson({
    ...fiber.getRef(References.CurrentLogAnnotations),
    ...Object.assign({}, ...parts.filter(isRecord)),
    ...(cause.reasons.length === 0 ? {} : { cause: Cause.pretty(cause) }),
    ...(span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId }),
    time: date.toISOString(),
    level: logLevel.toLowerCase(),
    message: parts.filter((part) => !isRecord(part)).map(String).join(" ")
  })
})
