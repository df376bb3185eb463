/**
 * Which version a database is at, without changing it.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { Database } from "../Database.ts"
import { integer, type Script, statement } from "../Script.ts"

/** What this release works on: the id of the last migration. */
export const newestVersion = 19

// Named in two places: as a row of the catalogue, and as what the migrations are written into.
const hasTable = {
  sqlite: statement("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'docdata_migrations'"),
  postgres: statement("SELECT 1 AS name WHERE to_regclass('docdata_migrations') IS NOT NULL")
}

export interface SchemaVersion {
  /** 0 for a database without our tables. */
  readonly present: number
  /** What this release brings it to; a greater `present` is the work of a newer release. */
  readonly newest: number
}

function* presentVersion(dialect: "sqlite" | "postgres"): Script<Effect.Effect<number>> {
  if ((yield hasTable[dialect]).length === 0) return Effect.succeed(0)
  const [row] = yield statement("SELECT COALESCE(MAX(id), 0) AS newest FROM docdata_migrations")
  return Effect.succeed(integer(row!, "newest"))
}

/** Reads it. Safe to repeat, and on a database that is opened read-only. */
export const schemaVersion: Effect.Effect<SchemaVersion, StoreFailure, Database> = Database.use(({ dialect, read }) =>
  Effect.map(read("schemaVersion", () => presentVersion(dialect.name)), (present) => ({
    present,
    newest: newestVersion
  }))
)
