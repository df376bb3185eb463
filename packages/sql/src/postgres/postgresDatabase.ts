/**
 * PostgreSQL as the database under the stores, on the sessions of `@effect/sql-pg` without its statement builder.
 *
 * READ COMMITTED is enough. What decides is always one statement that compares and sets (the order's revision, the
 * state of a claim), and PostgreSQL evaluates its condition again on the newest row after waiting for a lock. Where
 * several rows are refreshed before one is written, the order's row is locked by a statement before, so that the
 * next one sees what was committed meanwhile. SERIALIZABLE would add failures to retry and protect nothing more.
 */
import type { StoreFailure } from "@docdata/application"
import type { PgConnection } from "@effect/sql-pg/PgConnection"
import * as PgPool from "@effect/sql-pg/PgPool"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { SqlError } from "effect/sql/SqlError"
import { Database, type Outcome, type ScriptSource } from "../Database.ts"
import { pause } from "../pause.ts"
import type { Row, Script, Statement } from "../Script.ts"
import { postgresDialect } from "./postgresDialect.ts"
import { poolConfigOf } from "./poolConfig.ts"
import { isConflict, isOfSession, isPoisoned, type Phase, postgresFailure } from "./postgresFailure.ts"

/** Conflicts in a row before one is reported. Each means that somebody else got through. */
const triesMax = 20

/** A failure, with what it says about the writes before it. */
interface SessionFailure {
  readonly _tag: "SessionFailure"
  readonly error: SqlError
  readonly phase: Phase
}

const during = (phase: Phase) => (error: SqlError): SessionFailure => ({ _tag: "SessionFailure", error, phase })

const numberedTexts = new Map<string, string>()

/** `$1`, `$2` and so on for each `?`. */
const numbered = (sql: string): string => {
  const present = numberedTexts.get(sql)
  if (present !== undefined) return present
  let count = 0
  const made = sql.replaceAll("?", () => `$${++count}`)
  // Lists over many merchants make new texts; they must not pile up.
  if (numberedTexts.size >= 500) numberedTexts.clear()
  numberedTexts.set(sql, made)
  return made
}

const query = (
  session: PgConnection,
  { params, sql }: Statement,
  phase: Phase
): Effect.Effect<ReadonlyArray<Row>, SessionFailure> =>
  session.query(numbered(sql), params).pipe(Effect.map(({ rows }) => rows), Effect.mapError(during(phase)))

/** Runs a script to its end. */
const follow = <A>(session: PgConnection, script: Script<A>, phase: Phase): Effect.Effect<A, SessionFailure> => {
  const next = (step: IteratorResult<Statement, A>): Effect.Effect<A, SessionFailure> =>
    step.done === true
      ? Effect.succeed(step.value)
      : Effect.flatMap(query(session, step.value, phase), (rows) => next(script.next(rows)))
  return Effect.suspend(() => next(script.next()))
}

const begin: Statement = { sql: "BEGIN", params: [] }
const commit: Statement = { sql: "COMMIT", params: [] }
const rollback: Statement = { sql: "ROLLBACK", params: [] }

const transaction = <A>(session: PgConnection, script: Script<A>): Effect.Effect<A, SessionFailure> =>
  query(session, begin, "work").pipe(
    Effect.andThen(follow(session, script, "work")),
    // A session that cannot roll back is dead, and the server has rolled back.
    Effect.onError(() => Effect.ignore(query(session, rollback, "work"))),
    Effect.tap(() => query(session, commit, "commit"))
  )

/** Makes the trouble a failure of the operation, or tries again after a conflict. */
const resolved = <A, E>(
  { operation, place }: { readonly operation: string; readonly place: string },
  attempt: Effect.Effect<Outcome<A, E>, SessionFailure>,
  tries = 1
): Effect.Effect<A, E | StoreFailure> =>
  Effect.matchEffect(attempt, {
    onSuccess: (outcome): Effect.Effect<A, E | StoreFailure> => outcome,
    onFailure: ({ error, phase }) =>
      // A session that takes no writes has written nothing, and is gone: the next one may be of the new primary.
      (isConflict(error) || isPoisoned(error)) && tries < triesMax
        ? Effect.andThen(pause(tries), resolved({ operation, place }, attempt, tries + 1))
        : Effect.fail(postgresFailure(operation, error, { phase, place }))
  })

/** What a pool is besides the place of its database. */
export interface PoolOptions extends Pick<PgPool.Config, "maxConnections" | "keepAlive" | "startupParameters"> {
  /** A connection string as libpq has it. */
  readonly url: Redacted.Redacted
  /** How long a server that is not up yet is waited for, default 0: not at all. */
  readonly waitMs?: number
}

/** A server that starts, restarts or is being replaced is asked again so often. */
const pollMs = 1_000

/** Waits for a server that cannot be reached or does not let anybody in yet, and says so once. */
const whenUp = (
  pool: PgPool.PgPool,
  { place, waitMs }: { readonly place: string; readonly waitMs: number }
): Effect.Effect<void, StoreFailure> =>
  Effect.gen(function*() {
    const untilMs = (yield* Clock.currentTimeMillis) + waitMs
    for (let tries = 0;; tries++) {
      const reached = yield* Effect.result(Effect.scoped(pool.get))
      if (reached._tag === "Success") return
      const failure = postgresFailure("open", reached.failure, { phase: "connect", place })
      if (!failure.retryable || (yield* Clock.currentTimeMillis) >= untilMs) return yield* failure
      if (tries === 0) {
        yield* Effect.logWarning("waiting for the database", { place, forSeconds: waitMs / 1000, code: failure.code })
      }
      yield* Effect.sleep(pollMs)
    }
  })

/** Opens a pool for the scope. */
export const openPostgres = (
  { url, waitMs = 0, ...options }: PoolOptions
): Effect.Effect<Database["Service"], StoreFailure, Scope.Scope> =>
  Effect.gen(function*() {
    const { config, place } = yield* poolConfigOf(url)
    const pool = yield* Effect.mapError(PgPool.make({ ...config, ...options }), (error) =>
      postgresFailure("open", error, { phase: "connect", place }))
    if (waitMs > 0) {
      yield* whenUp(pool, { place, waitMs })
    }
    // A reserved session: one step to get it, which sent nothing, and one to use it. Only the first can be
    // interrupted: what was begun is finished, so that nobody is left guessing.
    const on = <A>(
      use: (session: PgConnection) => Effect.Effect<A, SessionFailure>
    ): Effect.Effect<A, SessionFailure> =>
      Effect.uninterruptibleMask((restore) =>
        Effect.scoped(
          Effect.flatMap(
            Effect.mapError(restore(pool.get), during("connect")),
            (session) =>
              Effect.tapError(use(session), ({ error }) =>
                isOfSession(error) ? pool.invalidate(session) : Effect.void)
          )
        )
      )
    const each = (phase: Phase) => <A, E>(operation: string, source: ScriptSource<A, E>) =>
      resolved(
        { operation, place },
        on((session) => follow(session, source(), phase))
      )
    return Database.of({
      dialect: postgresDialect,
      read: each("read"),
      each: each("commit"),
      together: (operation, source) => resolved({ operation, place }, on((session) => transaction(session, source()))),
      // Sessions are with a server, not with a file: another one in its place shows in what it answers.
      untilReplaced: Effect.never
    })
  })
