/**
 * One time for all: the service's clock is the simulator's, so that a night passes for both at once.
 */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** A clock that reads the given time. Waiting takes real time, as long as the time runs no faster. */
export const clockOf = (real: Clock.Clock, nowMs: () => number): Clock.Clock => ({
  currentTimeMillisUnsafe: nowMs,
  currentTimeMillis: Effect.sync(nowMs),
  currentTimeNanosUnsafe: () => BigInt(Math.round(nowMs())) * 1_000_000n,
  currentTimeNanos: Effect.sync(() => BigInt(Math.round(nowMs())) * 1_000_000n),
  monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
  monotonicTimeNanos: real.monotonicTimeNanos,
  sleep: (duration) => real.sleep(duration)
})
