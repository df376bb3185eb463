/**
 * A short wait before another try, of random length so that two who met do not meet again.
 *
 * On real time and not on the clock of the application: what is waited for is another process letting go of a lock,
 * and no test that stops the clock can make it.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

// Doubled with each try from the first up to the longest.
const firstMs = 2
const longestMs = 50

const realClock = Clock.Clock.defaultValue()

/** Waits before try number `attempt` (from 1 on): somewhere between half and all of its length. */
export const pause = (attempt: number): Effect.Effect<void> =>
  Effect.flatMap(Random.next, (random) => {
    const lengthMs = Math.min(firstMs * 2 ** Math.min(attempt - 1, 10), longestMs)
    return Effect.sleep(lengthMs * (0.5 + random / 2)).pipe(Effect.provideService(Clock.Clock, realClock))
  })
