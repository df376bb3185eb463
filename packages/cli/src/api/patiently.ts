/**
 * Reading from a service that may be busy or away for a while.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { CommandFailure } from "./CommandFailure.ts"
import { failureOf } from "./failureOf.ts"

/** The first wait, where the service does not say how long, and the shortest; each further one is twice as long. */
const firstWaitMs = 1_000

/** A restart is noticed within half a minute, and a service in trouble is left alone. */
const longestWaitMs = 30_000

/**
 * Reads, and waits as long as the service is busy or away; fails with what waiting does not help. Only reads are repeated:
 * they change nothing. `say` gets what is waited for, and when that is over.
 */
export const patiently = Effect.fnUntraced(function*<A>(
  read: Effect.Effect<A, unknown>,
  say: (text: string) => void
): Effect.fn.Return<A, CommandFailure> {
  for (let waitMs = firstWaitMs, hasWaited = false;; waitMs = Math.min(2 * waitMs, longestWaitMs), hasWaited = true) {
    const tried = yield* Effect.result(Effect.mapError(read, failureOf))
    if (Result.isSuccess(tried)) {
      if (hasWaited) say("the service answers again")
      return tried.success
    }
    const { isPassing = false, message, retryAfterMs = waitMs } = tried.failure
    if (!isPassing) return yield* tried.failure
    const pauseMs = Math.max(retryAfterMs, firstWaitMs)
    say(`${message}; trying again in ${pauseMs / 1_000} s`)
    yield* Effect.sleep(pauseMs)
  }
})
