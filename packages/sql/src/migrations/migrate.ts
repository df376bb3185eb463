/**
 * Brings a database to the newest version, or refuses one that is newer than this code.
 */
import { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { Database } from "../Database.ts"
import { integer, type Script, type Statement, statement } from "../Script.ts"
import { type Migration, schemaTypes } from "./Migration.ts"
import { newestVersion, schemaVersion } from "./schemaVersion.ts"

// The time is the database's own: it is for people who look, and decides nothing.
const createTable = {
  sqlite: `CREATE TABLE IF NOT EXISTS docdata_migrations (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT`,
  postgres: `CREATE TABLE IF NOT EXISTS docdata_migrations (
    id BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP)`
}

/**
 * Two processes that start at once migrate one after the other. On SQLite the transaction itself sees to that.
 *
 * Neither that wait nor a statement over a large table ends by the limit of the sessions: a migration that it ends would
 * never come through, however often it is begun. While it waits for a table everybody else waits behind it, so not for
 * long.
 */
const postgresTurn: ReadonlyArray<Statement> = [
  statement("SET LOCAL statement_timeout = 0"),
  statement("SELECT pg_advisory_xact_lock(1685021540)"),
  statement("SET LOCAL lock_timeout = '5s'")
]

interface Plan {
  readonly migrations: ReadonlyArray<Migration>
  readonly target: number
  readonly dialect: "sqlite" | "postgres"
}

function* migrateTo({ dialect, migrations, target }: Plan): Script<Effect.Effect<number, StoreFailure>> {
  for (const step of dialect === "postgres" ? postgresTurn : []) yield step
  yield statement(createTable[dialect])
  const [row] = yield statement("SELECT COALESCE(MAX(id), 0) AS newest FROM docdata_migrations")
  const present = integer(row!, "newest")
  if (present > newestVersion) {
    return Effect.fail(new StoreFailure({ operation: "migrate", retryable: false, code: "schema-is-newer" }))
  }
  for (const { id, name, statements } of migrations.slice(present, target)) {
    for (const sql of statements(schemaTypes[dialect])) yield statement(sql)
    yield statement("INSERT INTO docdata_migrations (id, name) VALUES (?, ?)", id, name)
  }
  return Effect.succeed(Math.max(present, target))
}

/**
 * Applies what is missing, in one transaction, and answers the version. Safe to repeat, and when several processes
 * start at once. Fails with `schema-is-newer` on a database that a newer release has changed.
 *
 * `target` is for tests that need a database of an earlier version.
 */
export const migrate = Effect.fnUntraced(function*(
  target: number = newestVersion
): Effect.fn.Return<number, StoreFailure, Database> {
  const database = yield* Database
  const { present } = yield* schemaVersion
  // Nearly every start: nothing is written, and the migrations are not even loaded.
  if (present === newestVersion) return present
  const { migrations } = yield* Effect.promise(() => import("./migrations.ts"))
  const dialect = database.dialect.name
  return yield* database.together("migrate", () => migrateTo({ migrations, target, dialect }))
})
