/**
 * Brings a database to the newest version, or refuses one that is newer than this code.
 */
import { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { migration0001 } from "./0001_stores.ts"
import { migration0002 } from "./0002_inbox_by_merchant.ts"
import { migration0003 } from "./0003_webhooks.ts"
import { migration0004 } from "./0004_anomalies.ts"
import { migration0005 } from "./0005_traces.ts"
import { migration0006 } from "./0006_deliveries_in_line.ts"
import { migration0007 } from "./0007_event_feed.ts"
import { migration0008 } from "./0008_deliveries_let_go.ts"
import { migration0009 } from "./0009_orphans_of_endpoints.ts"
import { migration0010 } from "./0010_old_attempts.ts"
import { migration0011 } from "./0011_erased_orders.ts"
import { migration0012 } from "./0012_payments_of_one_order.ts"
import { migration0013 } from "./0013_due_while_young.ts"
import { migration0014 } from "./0014_field_vocabulary.ts"
import { migration0015 } from "./0015_create_keys.ts"
import { migration0016 } from "./0016_stored_policies.ts"
import { Database } from "../Database.ts"
import { integer, type Script, type Statement, statement } from "../Script.ts"
import { type Migration, schemaTypes } from "./Migration.ts"

/** All of them, in order. */
export const migrations: ReadonlyArray<Migration> = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
  migration0011,
  migration0012,
  migration0013,
  migration0014,
  migration0015,
  migration0016
]

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

function* migrateTo(target: number, dialect: "sqlite" | "postgres"): Script<Effect.Effect<number, StoreFailure>> {
  for (const step of dialect === "postgres" ? postgresTurn : []) yield step
  yield statement(createTable[dialect])
  const [row] = yield statement("SELECT COALESCE(MAX(id), 0) AS newest FROM docdata_migrations")
  const present = integer(row!, "newest")
  if (present > migrations.length) {
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
export const migrate = (target: number = migrations.length): Effect.Effect<number, StoreFailure, Database> =>
  Database.use((database) => database.together("migrate", () => migrateTo(target, database.dialect.name)))
