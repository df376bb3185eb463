import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { readFileSync } from "node:fs"
import { assert, describe, inject, it } from "vitest"
import { Database, migrate, probeWrite, schemaVersion } from "../../src/index.ts"
import { layerStores } from "../../src/layerStores.ts"
import { migrations } from "../../src/migrations/migrations.ts"
import { newestVersion } from "../../src/migrations/schemaVersion.ts"
import { openPostgres } from "../../src/postgres/index.ts"
import { statement } from "../../src/Script.ts"
import { openSqlite } from "../../src/sqlite/index.ts"
import { temporaryDatabase, temporaryFile } from "../support/databases.ts"
import { filled, fillVersion } from "./snapshots.ts"

type Opened = Effect.Effect<Database["Service"], unknown, Scope.Scope>

const engines: ReadonlyArray<readonly [name: string, empty: Opened]> = [
  ["SQLite", Effect.flatMap(temporaryFile, (file) => openSqlite({ file }))],
  ...inject("postgresUrl") === "" ? [] : [
    [
      "PostgreSQL",
      Effect.flatMap(
        temporaryDatabase(inject("postgresUrl")),
        (url) => openPostgres({ url: Redacted.make(url), maxConnections: 4 })
      )
    ] as const
  ]
]

for (const [name, empty] of engines) {
  describe(`migrations of ${name}`, () => {
    const run = <A, E>(use: Effect.Effect<A, E, Database | Scope.Scope>) =>
      Effect.runPromise(
        Effect.scoped(Effect.flatMap(empty, (database) => Effect.provideService(use, Database, database)))
      )

    it("are numbered without gaps, up to the version that this release works on", () => {
      assert.strictEqual(migrations.length, newestVersion)
      assert.deepStrictEqual(migrations.map(({ id }) => id), migrations.map((_, index) => index + 1))
    })

    // Version 0 is an empty database; of every other one there is a snapshot with rows in each table.
    for (const version of [0, ...migrations.map(({ id }) => id)]) {
      it(`bring version ${version} to the newest, with all that is stored`, () =>
        run(Effect.gen(function*() {
          if (version > 0) {
            assert.strictEqual(yield* migrate(version), version)
            assert.deepStrictEqual(yield* schemaVersion, { present: version, newest: migrations.length })
            yield* fillVersion(version)
          }
          assert.strictEqual(yield* migrate(), migrations.length)
          assert.strictEqual(yield* migrate(), migrations.length)
          if (version > 0) yield* filled
        })))
    }

    // Such a process neither says where a delivery stands nor looks for those behind one that it ends.
    for (const queuePosition of ["NULL", "'behind'"]) {
      it(`let go what a process of before version 6 left standing ${queuePosition}`, () =>
        run(Effect.gen(function*() {
          yield* migrate(7)
          yield* fillVersion(7)
          const { each } = yield* Database
          yield* each("test", function*() {
            yield statement(`UPDATE docdata_deliveries SET standing = ${queuePosition}`)
            return Effect.void
          })
          yield* migrate()
          yield* filled
        })))
    }

    it("take away what removed endpoints left behind, and nothing else", () =>
      run(Effect.gen(function*() {
        yield* migrate(8)
        yield* fillVersion(8)
        const { each, read } = yield* Database
        const [removed, present] = ["whe_0123456789ABCDEFGHJK", "whe_KJHGFEDCBA9876543210"]
        const orphans = [removed, present].flatMap((subscriber) => [
          `INSERT INTO docdata_deliveries (consumer, order_id, revision, position, occurred_at_ms, place, ready_at_ms,
            standing, attempts) VALUES ('${subscriber}', 'order-1', 2, 0, 2200, 'waiting', 2200, 'later', 1)`,
          `INSERT INTO docdata_delivery_attempts VALUES ('${subscriber}', 'order-1', 2, 0, 2300, 40, 503, NULL)`
        ])
        yield* each("test", function*() {
          yield statement(`UPDATE docdata_webhook_endpoints SET id = '${present}'`)
          for (const sql of orphans) yield statement(sql)
          return Effect.void
        })
        yield* migrate()
        const left = (table: string) =>
          read("test", function*() {
            const rows = yield statement(`SELECT subscriber FROM docdata_${table} ORDER BY subscriber`)
            return Effect.succeed(rows.map((row) => row["subscriber"]))
          })
        assert.deepStrictEqual(yield* left("deliveries"), ["webhook", present])
        assert.deepStrictEqual(yield* left("delivery_attempts"), ["webhook", present])
        yield* filled
      })))

    it("give a payment to its order, and leave a pair of an older version to both, changeable", () =>
      run(Effect.gen(function*() {
        yield* migrate(11)
        yield* fillVersion(11)
        const { each } = yield* Database
        const copyOf = (table: string, columns: string, from: string): string =>
          `INSERT INTO docdata_${table} SELECT ${columns} FROM (SELECT * FROM docdata_${table}) AS old ${from}`
        yield* each("test", function*() {
          yield statement(copyOf(
            "orders",
            `'order-2', merchant, subject_merchant, shop_reference, 'R2', 'I2', fingerprint, language, bill_to_country,
              currency, gross_minor, created_at_ms, 2, registration, revision, 'KEY2', status, state, observed_from_ms,
              next_check_at_ms, quiet_checks, 0`,
            ""
          ))
          const rest = "payment_method, status, confidence_level, currency, allocated_minor, debited_minor, " +
            "refunded_minor, charged_back_minor, reversed_minor"
          yield statement(copyOf("payments", `'order-2', payment_id, ${rest}`, ""))
          yield statement(copyOf("payments", `order_id, '4712', ${rest}`, "WHERE order_id = 'order-1'"))
          return Effect.void
        })
        yield* migrate()
        yield* Effect.gen(function*() {
          const store = yield* OrderStore
          const rows = (order: string) =>
            Effect.map(
              store.read({ by: "id", id: order }, ["4711", "4712"]),
              ({ payments }) => payments.map(({ orderKey = "own", paymentId }) => `${paymentId} ${orderKey}`)
            )
          assert.deepStrictEqual(yield* rows("order-1"), ["4711 own", "4711 KEY2", "4712 own"])
          assert.deepStrictEqual(yield* rows("order-2"), ["4711 own", "4711 KEY1", "4712 KEY1"])
          const { order, payments } = yield* store.read({ by: "id", id: "order-2" })
          const change = {
            orderId: order.id,
            expectedRevision: order.revision,
            committedAtMs: 3000,
            state: order.state,
            payments,
            events: [],
            subscribers: [],
            modifications: [],
            nextRefreshAtMs: undefined,
            quietRefreshes: 0
          }
          const added = { ...change, payments: [...payments, { ...payments[0]!, paymentId: "4712" }] }
          assert.deepInclude(yield* Effect.flip(store.commit(added)), { _tag: "Outdated", paymentId: "4712" })
          yield* store.commit(change)
          yield* store.commit({ ...change, expectedRevision: change.expectedRevision + 1, payments: [] })
          assert.deepStrictEqual(yield* rows("order-1"), ["4711 own", "4712 own"])
        }).pipe(Effect.provide(layerStores))
      })))

    it("give back the key of an order that was abandoned before", () =>
      run(Effect.gen(function*() {
        yield* migrate(14)
        yield* fillVersion(14)
        const { each } = yield* Database
        yield* each("test", function*() {
          yield statement("DELETE FROM docdata_payments")
          yield statement("UPDATE docdata_orders SET registration = 'abandoned', order_key = NULL")
          return Effect.void
        })
        yield* migrate()
        yield* Effect.gen(function*() {
          const store = yield* OrderStore
          const { order } = yield* store.read({ by: "id", id: "order-1" })
          const again = yield* store.reserve({ ...order, id: "order-2", orderReference: "R2" })
          assert.deepStrictEqual([again.created, again.order.orderAttempt], [true, 2])
        }).pipe(Effect.provide(layerStores))
      })))

    it("happen once when several start at once", () =>
      run(Effect.gen(function*() {
        const versions = yield* Effect.all([migrate(), migrate(), migrate()], { concurrency: "unbounded" })
        assert.deepStrictEqual(versions, [migrations.length, migrations.length, migrations.length])
      })))

    it("refuse a database that a newer release has changed", () =>
      run(Effect.gen(function*() {
        yield* migrate()
        const { each } = yield* Database
        yield* each("test", function*() {
          yield statement("INSERT INTO docdata_migrations (id, name) VALUES (?, 'later')", migrations.length + 1)
          return Effect.void
        })
        const failure = yield* Effect.flip(migrate())
        assert.deepStrictEqual([failure.code, failure.retryable], ["schema-is-newer", false])
        const stores = Layer.build(layerStores)
        assert.strictEqual((yield* Effect.flip(stores)).code, "schema-is-newer")
      })))

    it("leave a database that says its version and can be probed; an empty one cannot", () =>
      run(Effect.gen(function*() {
        assert.deepStrictEqual(yield* schemaVersion, { present: 0, newest: migrations.length })
        assert.strictEqual((yield* Effect.flip(probeWrite)).operation, "probeWrite")
        yield* migrate()
        yield* probeWrite
        assert.deepStrictEqual(yield* schemaVersion, { present: migrations.length, newest: migrations.length })
      })))

    it("leave an order store that works", () =>
      run(Effect.gen(function*() {
        yield* migrate()
        const listed = yield* Effect.provide(OrderStore.use((store) => store.list({}, { limit: 1 })), layerStores)
        assert.deepStrictEqual(listed, { items: [] })
      })))
  })
}

describe.runIf(inject("postgresUrl") !== "")("migrations of PostgreSQL", () => {
  it("take longer than a statement may in a large database, and are not ended", () =>
    Effect.runPromise(
      Effect.scoped(Effect.gen(function*() {
        const url = Redacted.make(yield* temporaryDatabase(inject("postgresUrl")))
        const before = yield* openPostgres({ url, maxConnections: 1 })
        yield* Effect.gen(function*() {
          yield* migrate(11)
          yield* fillVersion(11)
          yield* before.each("test", function*() {
            // One row that takes as long as very many.
            yield statement(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END $$`)
            yield statement(
              "CREATE TRIGGER slow BEFORE UPDATE ON docdata_payments FOR EACH ROW EXECUTE FUNCTION slow()"
            )
            return Effect.void
          })
        }).pipe(Effect.provideService(Database, before))
        const limited = yield* openPostgres({
          url,
          maxConnections: 1,
          startupParameters: { statement_timeout: "1000" }
        })
        const timeout = limited.read("test", function*() {
          return Effect.succeed(yield statement("SHOW statement_timeout"))
        })
        assert.strictEqual(yield* Effect.provideService(migrate(), Database, limited), migrations.length)
        assert.deepStrictEqual(yield* timeout, [{ statement_timeout: "1s" }])
      }))
    ))
})

describe("the probe of SQLite", () => {
  it("writes to the file, and leaves every row as it was", () =>
    Effect.runPromise(
      Effect.scoped(Effect.gen(function*() {
        const file = yield* temporaryFile
        const database = yield* openSqlite({ file })
        yield* Effect.provideService(migrate(), Database, database)
        const rows = database.each("test", function*() {
          return Effect.succeed(yield statement("SELECT * FROM docdata_migrations ORDER BY id"))
        })
        const rowsBefore = yield* rows
        const logBefore = readFileSync(`${file}-wal`)
        yield* Effect.provideService(probeWrite, Database, database)
        assert.isFalse(readFileSync(`${file}-wal`).equals(logBefore))
        assert.deepStrictEqual(yield* rows, rowsBefore)
      }))
    ))
})
