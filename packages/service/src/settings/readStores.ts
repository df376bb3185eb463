/**
 * Where the settings say that orders, notifications and events are kept.
 */
import { existsSync } from "node:fs"
import { dirname, resolve } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { StorePlan } from "../stores/layerStores.ts"
import { isStillToBeMade } from "../stores/openDatabase.ts"
import { printable } from "../text/printable.ts"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"
import { isInEnvironment } from "./Sources.ts"

const inMemory = ":memory:"

/**
 * The path of the file. Named in the settings file, or nowhere, it is relative to the settings file, so that it is the same
 * wherever a command is called.
 */
const sqlitePath = (reader: SettingsReader, file: string): string => {
  const { sources } = reader
  const { key } = serviceSettings.sqliteFile
  if (file === inMemory || sources.origin === undefined || isInEnvironment(sources, key)) return file
  const path = resolve(dirname(sources.origin.path), file)
  if (!existsSync(path) && existsSync(file)) {
    reader.note(
      `${reader.place(key)} is relative to the settings file now: there is no ${printable(path)}, but ${
        printable(resolve(file))
      } here: name its whole path`
    )
  }
  return path
}

export const readStores = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<StorePlan> {
  const { connectionsMax, databaseUrl, sqliteDurability, sqliteFile } = serviceSettings
  const url = yield* reader.read(databaseUrl)
  const file = yield* reader.read(sqliteFile)
  const sqlite = {
    file: file === undefined ? file : sqlitePath(reader, file),
    durability: yield* reader.read(sqliteDurability)
  }
  const sessions = yield* reader.read(connectionsMax)
  const text = url === undefined ? "" : Redacted.value(url)
  if (text === "") return { kind: "sqlite", options: sqlite }
  // Only who has one loads what reads it.
  const { readPostgresAddress } = yield* Effect.promise(() => import("@docdata/sql/postgres-address"))
  const address = readPostgresAddress(text)
  if ("violations" in address) {
    for (const violation of address.violations) reader.note(`${reader.place(databaseUrl.key)}: ${violation}`)
  }
  return { kind: "postgres", url, connectionsMax: sessions }
})

/** A service that starts together with its database waits so long for it: a server that recovers from a crash needs as long. */
const waitForDatabaseMs = 60_000

/** The same for who makes the database or serves on it, and may come before it. */
export const readOwnStores = (reader: SettingsReader): Effect.Effect<StorePlan> =>
  Effect.map(
    readStores(reader),
    (plan) => plan.kind === "postgres" ? { ...plan, waitMs: waitForDatabaseMs } : plan
  )

/** The same for commands that work on what is there: an empty database of their own would answer that there is nothing. */
export const readPresentStores = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<StorePlan> {
  const plan = yield* readStores(reader)
  if (plan.kind === "sqlite" && plan.options.file !== undefined && isStillToBeMade(plan)) {
    const path = printable(resolve(plan.options.file))
    reader.note(`there is no database at ${path}: docdata serve makes it, and so does docdata migrate`)
  }
  return plan
})
