/**
 * The database of an earlier version, and a shop that goes on with it.
 *
 * `schema.*.sql` and `rows.sql` are what commit fbc913a wrote: a script played orders of every status, captures and refunds
 * in every state, creates that came to nothing, notifications, deliveries, endpoints, anomalies and an import of the legacy
 * implementation through that commit's use cases, `SoapGateway` and simulator, once on SQLite and once on PostgreSQL, with a
 * seeded `Random` and a fixed clock. It dumped `sqlite_master`, the catalogue of PostgreSQL and all rows. The rows of both
 * were the same, but for trace ids, which were made one. `settings.json` is what the commands on merchants and keys of that
 * commit wrote into a file with the other settings. Never write any of it anew: it shows what stands on users' disks.
 *
 * Tests read it through the stores only, so that tables and columns may be renamed by a migration.
 */
import {
  EventSink,
  type Exchange,
  type Filed,
  type MerchantAccount,
  Merchants,
  OrderStore,
  PaymentGateway,
  RefreshBudget,
  SingleFlight,
  type StoredEvent,
  WorkCapacity
} from "@docdata/application"
import { defaultPolicy, type StatusReport } from "@docdata/domain"
import * as PgPool from "@effect/sql-pg/PgPool"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { readFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { inject } from "vitest"
import { layerPostgres } from "../../src/postgres/index.ts"
import { layerSqlite } from "../../src/sqlite/index.ts"
import { temporaryDatabase, temporaryFile } from "../support/databases.ts"

const written = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8")

const sqliteFile = Effect.map(temporaryFile, (file) => {
  const database = new DatabaseSync(file)
  database.exec(`BEGIN; ${written("schema.sqlite.sql")} ${written("rows.sql")} COMMIT`)
  database.close()
  return file
})

const postgresUrl = Effect.gen(function*() {
  const url = Redacted.make(yield* temporaryDatabase(inject("postgresUrl")))
  yield* Effect.scoped(Effect.gen(function*() {
    const pool = yield* PgPool.make({ url, maxConnections: 1 })
    const connection = yield* pool.get
    const statements = `${written("schema.postgres.sql")}${written("rows.sql")}`.split(";\n")
    for (const sql of statements) if (sql !== "") yield* connection.query(sql)
  }))
  return url
})

const sqlite = Layer.unwrap(Effect.map(sqliteFile, (file) => layerSqlite({ file, durability: "normal" })))
const postgres = Layer.unwrap(Effect.map(postgresUrl, (url) => layerPostgres({ url, connectionsMax: 4 })))

/** The stores of the present code on what was written, where there is such an engine. */
export const writtenStores = [
  { name: "SQLite", layer: sqlite },
  ...inject("postgresUrl") === "" ? [] : [{ name: "PostgreSQL", layer: postgres }]
] as const

/** Three hours after the last row was written. */
export const nowMs = Date.UTC(2026, 10, 30, 17)

// Databases wait in real time, so only the time of day stands still.
const layerClock = Layer.effect(
  Clock.Clock,
  Effect.map(Clock.Clock, (real): Clock.Clock => ({
    currentTimeMillisUnsafe: () => nowMs,
    currentTimeMillis: Effect.succeed(nowMs),
    currentTimeNanosUnsafe: () => BigInt(nowMs) * 1_000_000n,
    currentTimeNanos: Effect.succeed(BigInt(nowMs) * 1_000_000n),
    monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: real.monotonicTimeNanos,
    sleep: (duration) => real.sleep(duration)
  }))
)

const accountOf = (name: string): MerchantAccount => ({
  name,
  active: true,
  credentials: { environment: "test", merchantName: `lantern_${name}`, password: Redacted.make("made-up-password") },
  policy: defaultPolicy,
  profile: "standard",
  daysToPay: 7,
  refreshesPerMinute: 600
})

const layerMerchants = Layer.succeed(
  Merchants,
  Merchants.of({ find: (name) => Effect.succeed(accountOf(name)), all: () => Effect.succeed([accountOf("shop")]) })
)

/** What Docdata answers from now on, by order key, where it is not what it answered last. */
export type Reports = Map<string, StatusReport>

const exchangeOf = (operation: Exchange["operation"]): Exchange => ({
  operation,
  environment: "test",
  merchantName: "lantern_shop",
  requestText: "<request/>",
  startedAtMs: nowMs,
  finishedAtMs: nowMs,
  timings: { queuedMs: 0, totalMs: 0 },
  attempts: 1,
  shortened: []
})

/** Docdata answers what it answered last, as the stored observation says, and files everything. */
const layerGateway = (reports: Reports) =>
  Layer.effect(
    PaymentGateway,
    Effect.map(OrderStore, (store) => {
      const filed = { _tag: "Filed" } satisfies Filed
      const no = () => Effect.die(new Error("nobody asks for this"))
      const lastReport = Effect.fnUntraced(function*(key: string) {
        const { order } = yield* store.read({ by: "key", merchant: "shop", key })
        const [last] = (yield* store.observations(order.id, { limit: 1 })).items
        return last!.report
      }, Effect.orDie)
      return PaymentGateway.of({
        status: (_, { orderKey }) =>
          Effect.map(
            Effect.suspend(() => {
              const given = reports.get(orderKey)
              return given === undefined ? lastReport(orderKey) : Effect.succeed(given)
            }),
            (value) => ({ value, exchange: exchangeOf("status") })
          ),
        capture: () => Effect.succeed({ value: filed, exchange: exchangeOf("capture") }),
        refund: () => Effect.succeed({ value: filed, exchange: exchangeOf("refund") }),
        create: no,
        start: no,
        proceed: no,
        cancel: no,
        statusExtended: no,
        listPaymentMethods: no
      })
    })
  )

/** The use cases on what was written. What is delivered lands in `delivered`. */
export const layerShop = (
  stores: (typeof writtenStores)[number]["layer"],
  { delivered, reports }: { readonly delivered: Array<readonly [string, StoredEvent]>; readonly reports: Reports }
) =>
  Layer.mergeAll(
    layerMerchants,
    Layer.succeed(
      EventSink,
      EventSink.of({
        subscribersFor: () => Effect.succeed(["shop"]),
        subscribers: () => Effect.succeed(["shop", "whe_0000000000000000ACTV"]),
        deliver: (name, event) => Effect.sync(() => void delivered.push([name, event]))
      })
    ),
    layerGateway(reports),
    SingleFlight.layer,
    WorkCapacity.layer,
    RefreshBudget.layer
  ).pipe(Layer.provideMerge(stores), Layer.provideMerge(layerClock))
