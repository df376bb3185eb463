/**
 * Reading from a service that may be busy or away for a while.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type { CallFailure } from "./CallFailure.ts"
import type { ServiceClient } from "./ServiceClient.ts"

/** The first wait, where the service does not say how long, and the shortest; each further one is twice as long. */
const firstWaitMs = 1_000

/** A restart is noticed within half a minute, and a service in trouble is left alone. */
const longestWaitMs = 30_000

export interface PatientReads {
  /** What stands at the path. Waits as long as the service is busy or away; fails with what waiting does not help. */
  readonly read: <A>(path: string, answer: Schema.ConstraintDecoder<A>) => Effect.Effect<A, CallFailure>
}

/** Only reads are repeated: they change nothing. `tell` receives what is waited for, and when that is over. */
export const patientReads = (service: ServiceClient, report: (words: string) => void): PatientReads => ({
  read: Effect.fnUntraced(function*(path, answer) {
    for (let waitMs = firstWaitMs, hasWaited = false;; waitMs = Math.min(2 * waitMs, longestWaitMs), hasWaited = true) {
      const tried = yield* Effect.result(service.call(`GET ${path}`, answer))
      if (Result.isSuccess(tried)) {
        if (hasWaited) report("the service answers again")
        return tried.success
      }
      const { isPassing, retryAfterMs = waitMs, what } = tried.failure
      if (!isPassing) return yield* tried.failure
      const pauseMs = Math.max(retryAfterMs, firstWaitMs)
      report(`${what}; trying again in ${pauseMs / 1_000} s`)
      yield* Effect.sleep(pauseMs)
    }
  })
})
