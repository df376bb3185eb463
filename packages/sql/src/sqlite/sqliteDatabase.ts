/**
 * SQLite as the database under the stores.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Database, type ScriptSource } from "../Database.ts"
import { pause } from "../pause.ts"
import { isBusy, sqliteFailure } from "./sqliteFailure.ts"
import { SqliteFile, type SqliteOptions } from "./SqliteFile.ts"

/**
 * Tries before a busy database is reported: with the pauses between them about ten seconds, far longer than any
 * transaction of ours holds the lock.
 */
const triesMax = 250

/** Runs one synchronous step, again when another process was in the way. */
const stepping = <A, E>(
  operation: string,
  step: () => Effect.Effect<A, E>,
  attempt = 1
): Effect.Effect<A, E | StoreFailure> =>
  Effect.suspend((): Effect.Effect<A, E | StoreFailure> => {
    try {
      return step()
    } catch (error) {
      if (isBusy(error) && attempt < triesMax) {
        return Effect.andThen(pause(attempt), again(operation, step, attempt))
      }
      const failure = sqliteFailure(operation, error)
      return failure === undefined ? Effect.die(error) : Effect.fail(failure)
    }
  })

const again = <A, E>(operation: string, step: () => Effect.Effect<A, E>, attempt: number) =>
  stepping(operation, step, attempt + 1)

/** Opens the file and keeps it open for the scope. */
export const openSqlite = (options: SqliteOptions): Effect.Effect<Database["Service"], StoreFailure, Scope.Scope> =>
  Effect.gen(function*() {
    const file = yield* Effect.acquireRelease(
      stepping("open", () => Effect.succeed(new SqliteFile(options))),
      (file) => Effect.sync(() => file.close())
    )
    if (options.readOnly !== true) yield* stepping("open", () => Effect.succeed(file.useWriteAheadLog()))
    const write = <A, E>(operation: string, source: ScriptSource<A, E>) =>
      stepping(operation, () => file.write(source()))
    return Database.of({
      dialect: file.dialect,
      read: (operation, source) => stepping(operation, () => file.read(source())),
      each: write,
      together: write
    })
  })
