/**
 * Empties the texts of old exchanges once a day.
 */
import { type Database, purge } from "@docdata/sql"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

const dayMs = 86_400_000

/** Goes on for ever, from now on. A day that fails is logged; the next one makes up for it. */
export const keepRetention = (days: number): Effect.Effect<never, never, Database> => {
  const once = Effect.gen(function*() {
    const texts = yield* purge((yield* Clock.currentTimeMillis) - days * dayMs)
    if (texts > 0) yield* Effect.logInfo("texts of old exchanges were emptied", { texts })
  }).pipe(Effect.catchCause((cause) => Effect.logError("texts of old exchanges stay until tomorrow", cause)))
  return Effect.forever(Effect.andThen(once, Effect.sleep(dayMs)))
}
