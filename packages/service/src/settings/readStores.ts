/**
 * Where the settings say that orders, notifications and events are kept.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { StorePlan } from "../stores/layerStores.ts"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

export const readStores = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<StorePlan> {
  const { connectionsMax, databaseUrl, sqliteDurability, sqliteFile } = serviceSettings
  const url = yield* reader.read(databaseUrl)
  const sqlite = { file: yield* reader.read(sqliteFile), durability: yield* reader.read(sqliteDurability) }
  const sessions = yield* reader.read(connectionsMax)
  const text = url === undefined ? "" : Redacted.value(url)
  if (text === "") return { kind: "sqlite", options: sqlite }
  if (!/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "")) {
    reader.note(`${reader.place(databaseUrl.key)} is not ${databaseUrl.words}`)
  }
  return { kind: "postgres", url, connectionsMax: sessions }
})
