/**
 * Whole milliseconds that never go back, for how long something takes or has to wait.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

const nanosPerMs = 1_000_000n

export const monotonicMs: Effect.Effect<number> = Effect.map(
  Clock.monotonicTimeNanos,
  (nanos) => Number(nanos / nanosPerMs)
)
