/**
 * Milliseconds that never go back, for measuring how long something takes.
 */
import type * as Clock from "effect/Clock"

export const monotonicMs = (clock: Clock.Clock): number => Number(clock.monotonicTimeNanosUnsafe()) / 1e6
