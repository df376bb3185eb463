/**
 * As an application that starts while its database recovers: it tries until it is let in.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"

/** About half a minute. */
const triesMax = 300

export const patiently = <A, E, R>(
  self: Effect.Effect<A, E | StoreFailure, R>
): Effect.Effect<A, E | StoreFailure, R> =>
  Effect.retry(self, {
    while: (failure) => isStoreFailure(failure) && failure.retryable,
    times: triesMax,
    schedule: Schedule.spaced("100 millis")
  })

const isStoreFailure = (failure: unknown): failure is StoreFailure =>
  typeof failure === "object" && failure !== null && "_tag" in failure && failure._tag === "StoreFailure"
