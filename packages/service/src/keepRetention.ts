/**
 * Empties the texts of old exchanges and removes old attempts at deliveries once a day.
 */
import { type Database, purge } from "@docdata/sql"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

const dayMs = 86_400_000

/** Goes on for ever, from now on. A day that fails is logged; the next one makes up for it. */
export const keepRetention = (days: number): Effect.Effect<never, never, Database> => {
  const once = Effect.gen(function*() {
    const purged = yield* purge((yield* Clock.currentTimeMillis) - days * dayMs)
    if (purged.texts + purged.attempts > 0) yield* Effect.logInfo("what is old was purged", { ...purged })
  }).pipe(Effect.catchCause((cause) => Effect.logError("what is old stays until tomorrow", cause)))
  return Effect.forever(Effect.andThen(once, Effect.sleep(dayMs)))
}
