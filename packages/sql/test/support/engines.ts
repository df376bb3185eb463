/**
 * The engines that tests run on, each with a place that is made for the test file and emptied when a layer is built.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { afterAll, beforeAll, inject } from "vitest"
import { Database } from "../../src/index.ts"
import type { Stores } from "../../src/layerStores.ts"
import { layerPostgres } from "../../src/postgres/index.ts"
import { layerSqlite } from "../../src/sqlite/index.ts"
import { onTemporary, temporaryDatabase, temporaryFile } from "./databases.ts"

export interface Engine {
  readonly name: "SQLite" | "PostgreSQL"
  /** Starts empty whenever it is built; only one at a time. */
  readonly layer: Layer.Layer<Stores | Database, StoreFailure>
}

/** A new file for each layer. What is tested is not the disk, so nothing waits for it. */
const sqlite: Engine = {
  name: "SQLite",
  layer: onTemporary(temporaryFile, (file) => layerSqlite({ file, durability: "normal" }))
}

// Far quicker than TRUNCATE on tables of a few rows. Foreign keys are checked when the statement is through.
const emptyText = `WITH ${
  [
    "anomalies",
    "deliveries",
    "delivery_attempts",
    "events",
    "observations",
    "payments",
    "modifications",
    "periods",
    "inbox",
    "webhook_endpoints",
    "shop_orders"
  ]
    .map((table) => `${table} AS (DELETE FROM docdata_${table})`).join(", ")
} DELETE FROM docdata_orders`

const emptied = Layer.effectDiscard(
  Database.use(({ each }) =>
    each("test", function*() {
      yield { sql: emptyText, params: [] }
      return Effect.void
    })
  )
)

/** The url of a database that lives as long as the test file. To be called while tests are registered. */
const databaseOfFile = (): () => string => {
  let url = ""
  const scope = Scope.makeUnsafe()
  beforeAll(async () => {
    url = await Effect.runPromise(Scope.provide(temporaryDatabase(inject("postgresUrl")), scope))
  })
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))
  return () => url
}

const postgres = (): Engine => {
  const url = databaseOfFile()
  return {
    name: "PostgreSQL",
    layer: Layer.provideMerge(
      emptied,
      Layer.unwrap(Effect.sync(() => layerPostgres({ url: Redacted.make(url()), connectionsMax: 4 })))
    )
  }
}

/** SQLite, and PostgreSQL where there is one. To be called while tests are registered. */
export const engines = (): ReadonlyArray<Engine> => inject("postgresUrl") === "" ? [sqlite] : [sqlite, postgres()]
