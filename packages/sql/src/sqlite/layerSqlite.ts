/**
 * The stores in an SQLite file, for one process or a few on one machine.
 */
import type { StoreFailure } from "@docdata/application"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Database } from "../Database.ts"
import { layerStores, type Stores } from "../layerStores.ts"
import { openSqlite } from "./sqliteDatabase.ts"
import type { SqliteOptions } from "./SqliteFile.ts"

/**
 * Opens the file, brings it to the newest version and keeps it open for the layer's scope. Besides the stores there is
 * the `Database` itself, for retention and for the importer.
 */
export const layerSqlite = (options: SqliteOptions): Layer.Layer<Stores | Database, StoreFailure> =>
  Layer.provideMerge(layerStores, Layer.effect(Database, openSqlite(options)))

/** `docdata.sqlite.file` and `docdata.sqlite.durability` (`full` by default). */
export const sqliteConfig: Config.Config<SqliteOptions> = Config.all({
  file: Config.String("file"),
  durability: Config.Literals(["full", "normal"], "durability").pipe(Config.withDefault("full" as const))
}).pipe(Config.nested("sqlite"), Config.nested("docdata"))

/** {@link layerSqlite} as the configuration says. */
export const layerSqliteConfig: Layer.Layer<Stores | Database, StoreFailure | Config.ConfigError> = Layer.unwrap(
  Effect.map(sqliteConfig, layerSqlite)
)
