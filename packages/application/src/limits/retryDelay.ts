/**
 * How long to wait before trying again.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

const firstMs = 1_000
const longestMs = 4 * 60 * 60 * 1000

/** The upper end of the wait after `attempts` tries: doubling from one second to four hours. */
export const longestDelayMs = (attempts: number): number => Math.min(longestMs, firstMs * 2 ** Math.min(attempts, 30))

/** A random wait between half of it and all of it, so that what failed together does not come back together. */
export const retryDelayMs = (attempts: number): Effect.Effect<number> =>
  Effect.map(Random.next, (random) => Math.round(longestDelayMs(attempts) * (0.5 + random / 2)))
