/**
 * Somebody whose transaction on PostgreSQL has done its work and is not committed yet, so that who comes too late for it
 * can be met at that very moment.
 */
import * as PgPool from "@effect/sql-pg/PgPool"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import type * as Redacted from "effect/Redacted"
import { vi } from "vitest"

/**
 * Runs the statements, lets `late` begin, commits when that one waits for a lock, and answers how it ended. Fails if it does
 * not wait.
 */
export const whileHeld = <A, E, R>(
  url: Redacted.Redacted,
  statements: ReadonlyArray<string>,
  late: Effect.Effect<A, E, R>
): Effect.Effect<Exit.Exit<A, E>, unknown, R> =>
  Effect.scoped(Effect.gen(function*() {
    const pool = yield* PgPool.make({ url, maxConnections: 2 })
    const [holder, watcher] = [yield* pool.get, yield* pool.get]
    const isWaiting = async (): Promise<boolean> => {
      const { rows } = await Effect.runPromise(watcher.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
      ))
      return rows.length > 0
    }
    for (const sql of ["BEGIN", ...statements]) yield* holder.query(sql)
    const writing = yield* Effect.forkChild(Effect.exit(late))
    yield* Effect.promise(() => vi.waitUntil(isWaiting, { timeout: 20_000 }))
    yield* holder.query("COMMIT")
    return yield* Fiber.join(writing)
  }))
