/**
 * The trace of what is going on, as text that can be stored with work that somebody does later.
 *
 * Notifications and events wait in rows between the one who wrote them down and the one who works on them. The text
 * goes along, so that both are one trace, whatever process the second one runs in.
 *
 * Source: W3C Trace Context, the `traceparent` header.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"

const written = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0([01])$/

// Where tracing is switched off there are spans all the same, with words instead of ids.
const fieldOf = ({ sampled, spanId, traceId }: Tracer.AnySpan): { readonly traceparent?: string } => {
  const traceparent = `00-${traceId.padStart(32, "0")}-${spanId}-${sampled ? "01" : "00"}`
  return written.test(traceparent) ? { traceparent } : {}
}

/** The current span as text, in a field to be spread; no field where nothing is traced. */
export const currentTrace: Effect.Effect<{ readonly traceparent?: string }> = Effect.map(
  Effect.option(Effect.currentParentSpan),
  Option.match({ onNone: () => ({}), onSome: fieldOf })
)

/** Goes on with the trace that the text names. Text that is none, or none at all, begins one of its own. */
export const continueTrace = (traceparent: string | undefined) => <A, E, R>(effect: Effect.Effect<A, E, R>) => {
  const [, traceId, spanId, sampled] = written.exec(traceparent ?? "") ?? []
  if (traceId === undefined || spanId === undefined) return effect
  const parent = Tracer.externalSpan({ traceId, spanId, sampled: sampled === "1" })
  return Effect.withParentSpan(effect, parent) as Effect.Effect<A, E, R>
}
