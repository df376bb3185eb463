import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { continueTrace, currentTrace } from "../../src/observability/traceContext.ts"

const inSpan = Effect.withSpan(currentTrace, "work")

describe("the trace that goes along with stored work", () => {
  it.effect("is the current span, as W3C writes it", () =>
    Effect.gen(function*() {
      const { traceparent = "" } = yield* inSpan
      assert.match(traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
      const [, traceId] = traceparent.split("-")
      const later = yield* inSpan.pipe(continueTrace(traceparent))
      assert.include(later.traceparent, traceId)
    }))

  it.effect("is absent where there is no span, and where tracing is switched off", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* currentTrace, {})
      assert.deepStrictEqual(yield* Effect.withTracerEnabled(inSpan, false), {})
    }))

  it.effect("begins anew after text that is none", () =>
    Effect.gen(function*() {
      const { traceparent = "" } = yield* inSpan.pipe(continueTrace("00-nonsense"))
      assert.match(traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    }))
})
