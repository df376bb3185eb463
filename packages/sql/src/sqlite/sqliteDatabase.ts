/**
 * SQLite as the database under the stores.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Database, type ScriptSource } from "../Database.ts"
import { pause } from "../pause.ts"
import { fileReplaced, isBusy, isOfConnection, sqliteFailure } from "./sqliteFailure.ts"
import { type FilePlace, SqliteFile, type SqliteOptions } from "./SqliteFile.ts"

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

/** Leaves a new connection for the next step when this one is of no more use. */
const renewing = <A>(file: SqliteFile, step: () => A): A => {
  try {
    return step()
  } catch (error) {
    if (isOfConnection(error)) {
      try {
        file.reopen()
      } catch {
        // The old one stays: what it failed of is what whoever called has to know.
      }
    }
    throw error
  }
}

/** Whoever answers for the file has to know within seconds; asking the system is cheap. */
const placeEveryMs = 2_000

/**
 * A file that is gone may come back, and until then the open one holds the only copy of its orders. One that is replaced
 * was meant to be: it has to be opened anew.
 */
const untilReplaced = (file: SqliteFile, path: string): Effect.Effect<never, StoreFailure> => {
  const waitFrom = (before: FilePlace): Effect.Effect<never, StoreFailure> =>
    Effect.flatMap(Effect.sync(() => file.place()), (now) => {
      if (now === "another") return Effect.fail(fileReplaced("untilReplaced", path))
      const report = now === "absent"
        ? Effect.logError("the database file is gone, and nothing is written until it is back", { file: path })
        : Effect.logInfo("the database file is back", { file: path })
      return Effect.andThen(
        now === before ? Effect.void : report,
        Effect.flatMap(Effect.sleep(placeEveryMs), () => waitFrom(now))
      )
    })
  return waitFrom("same")
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
        file.place() === "same"
          ? stepping(operation, () => renewing(file, () => file.write(source())))
          : Effect.fail(fileReplaced(operation, options.file))
      )
    return Database.of({
      dialect: file.dialect,
      read: (operation, source) => stepping(operation, () => file.read(source())),
      each: write,
      together: write,
      untilReplaced: untilReplaced(file, options.file)
    })
  })
