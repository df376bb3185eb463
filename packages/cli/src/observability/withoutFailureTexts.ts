/**
 * Keeps the messages of failures out of spans.
 *
 * They may quote what Docdata wrote, and Docdata quotes names, addresses and account numbers wherever it likes. A span says
 * which failure it was; the message stands in the stored exchange, which retention empties.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Tracer from "effect/Tracer"

/** Codes of our own and of drivers are words; whatever is no word may be a text. */
const word = /^[\w.-]{1,60}$/

const isWord = (value: unknown): value is string => typeof value === "string" && word.test(value)

/** The kind of a failure, and its code if it has one. */
const masked = (failure: unknown): Error => {
  const { _tag: tag, code, name }: { readonly _tag?: unknown; readonly code?: unknown; readonly name?: unknown } =
    typeof failure === "object" && failure !== null ? failure : {}
  const error = new Error(isWord(code) ? code : "")
  error.name = [tag, name].find(isWord) ?? "Failure"
  error.stack = error.name
  return error
}

const maskedReason = (reason: Cause.Reason<unknown>): Cause.Reason<unknown> => {
  switch (reason._tag) {
    case "Fail":
      return Cause.makeFailReason(masked(reason.error))
    case "Die":
      return Cause.makeDieReason(masked(reason.defect))
    case "Interrupt":
      return reason
  }
}

const maskedExit = (exit: Exit.Exit<unknown, unknown>): Exit.Exit<unknown, unknown> =>
  Exit.isSuccess(exit) ? exit : Exit.failCause(Cause.fromReasons(exit.cause.reasons.map(maskedReason)))

const notExported = Tracer.Tracer.defaultValue()

const masking = (tracer: Tracer.Tracer): Tracer.Tracer =>
  Tracer.make({
    ...(tracer.context === undefined ? {} : { context: tracer.context }),
    span: (options) => {
      const span = tracer.span(options)
      const end = span.end.bind(span)
      span.end = (endTime, exit) => end(endTime, maskedExit(exit))
      return span
    }
  })

/** A tracer whose spans end without the messages of failures. */
export const withoutFailureTexts = <E, R>(telemetry: Layer.Layer<never, E, R>): Layer.Layer<never, E, R> =>
  Layer.provideMerge(
    Layer.effect(
      Tracer.Tracer,
      Effect.map(Tracer.Tracer, (tracer) => tracer === notExported ? tracer : masking(tracer))
    ),
    telemetry
  )
