/**
 * The three stores that the lives of orders are played on; each starts empty whenever it is built.
 */
import type { Anomalies, Inbox, OrderStore, Outbox, StoreFailure } from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import { Database } from "@docdata/sql"
import { layerPostgres } from "@docdata/sql/postgres"
import { layerSqlite } from "@docdata/sql/sqlite"
import { startPostgres } from "@docdata/testkit/postgres"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

type Stores = Layer.Layer<OrderStore | Inbox | Outbox | Anomalies, StoreFailure>

export const memory: Stores = layerMemory

export const sqlite: Stores = Layer.unwrap(
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "docdata-lives-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
    ),
    (folder) => layerSqlite({ file: join(folder, "lives.sqlite"), durability: "normal" })
  )
)

const tables = [
  "anomalies",
  "deliveries",
  "events",
  "observations",
  "payments",
  "modifications",
  "periods",
  "inbox",
  "shop_orders"
]
const emptyText = `WITH ${
  tables.map((table) => `${table} AS (DELETE FROM docdata_${table})`).join(", ")
} DELETE FROM docdata_orders`

const run = (sql: string) =>
  Database.use(({ each }) =>
    each("test", function*() {
      yield { sql, params: [] }
      return Effect.void
    })
  )

/** A PostgreSQL of our own, or a database of our own on that of DATABASE_URL. */
export interface PostgresForScenarios {
  readonly stores: Stores
  readonly stop: () => Promise<void>
}

const storesAt = (url: string): Stores =>
  Layer.effectDiscard(run(emptyText)).pipe(
    Layer.provideMerge(layerPostgres({ url: Redacted.make(url), connectionsMax: 4 }))
  )

/** `undefined` where there is none: said in one line, and a failure where CI is set. */
export const postgresForScenarios = async (): Promise<PostgresForScenarios | undefined> => {
  const given = process.env["DATABASE_URL"]
  if (given !== undefined && given !== "") {
    const name = `docdata_lives_${randomBytes(8).toString("hex")}`
    const url = new URL(given)
    url.pathname = `/${name}`
    const onServer = (sql: string) =>
      Effect.runPromise(
        Effect.provide(run(sql), layerPostgres({ url: Redacted.make(given), connectionsMax: 1 }))
      )
    await onServer(`CREATE DATABASE ${name}`)
    return { stores: storesAt(url.href), stop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) }
  }
  const server = await startPostgres({ fsync: false })
  if (server !== undefined) return { stores: storesAt(server.url), stop: server.stop }
  const line = `no PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to test against one`
  if (process.env["CI"] === "true") throw new Error(line)
  console.log(line)
  return undefined
}
