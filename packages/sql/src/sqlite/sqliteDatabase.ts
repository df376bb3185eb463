/**
 * SQLite as the database under the stores.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Database, type ScriptSource } from "../Database.ts"
import { pause } from "../pause.ts"
import { fileReplaced, isBusy, sqliteFailure } from "./sqliteFailure.ts"
import { SqliteFile, type SqliteOptions } from "./SqliteFile.ts"

const busyWaitMsDefault = 10_000

/** What the pauses between tries come to on average, once they have grown. */
const meanPauseMs = 37

/** Runs one synchronous step, again when another process was in the way. */
const steppingUpTo = (triesMax: number, file: string) => {
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
          return Effect.flatMap(pause(attempt), () => stepping(operation, step, attempt + 1))
        }
        const failure = sqliteFailure(operation, error, file)
        return failure === undefined ? Effect.die(error) : Effect.fail(failure)
      }
    })
  return stepping
}

/** Opens the file and keeps it open for the scope. */
export const openSqlite = (options: SqliteOptions): Effect.Effect<Database["Service"], StoreFailure, Scope.Scope> =>
  Effect.gen(function*() {
    const stepping = steppingUpTo(
      1 + Math.ceil((options.busyWaitMs ?? busyWaitMsDefault) / meanPauseMs),
      options.file
    )
    const file = yield* Effect.acquireRelease(
      stepping("open", () => Effect.succeed(new SqliteFile(options))),
      (file) => Effect.sync(() => file.close())
    )
    if (options.readOnly !== true) yield* stepping("open", () => Effect.succeed(file.useWriteAheadLog()))
    const write = <A, E>(operation: string, source: ScriptSource<A, E>): Effect.Effect<A, E | StoreFailure> =>
      Effect.suspend(() =>
        file.isInPlace()
          ? stepping(operation, () => file.write(source()))
          : Effect.fail(fileReplaced(operation, options.file))
      )
    return Database.of({
      dialect: file.dialect,
      read: (operation, source) => stepping(operation, () => file.read(source())),
      each: write,
      together: write
    })
  })
