/**
 * Whether a database can be written, as readiness asks: what is refused shows, and a database that takes writes again is
 * taken again.
 */
import { type StoreFailure, StoreHealth } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import { renameSync, writeFileSync } from "node:fs"
import * as TestClock from "effect/testing/TestClock"
import { assert, describe, inject, it } from "@effect/vitest"
import { Database } from "../src/index.ts"
import { layerPostgres } from "../src/postgres/index.ts"
import { layerSqlite } from "../src/sqlite/index.ts"
import { temporaryDatabase, temporaryFile } from "./support/databases.ts"

const proveWrite = StoreHealth.use((health) => health.proveWrite())

const run = (sql: string) =>
  Database.use(({ read }) =>
    read("test", function*() {
      yield { sql, params: [] }
      return Effect.void
    })
  )

const codeOf = <A, R>(failing: Effect.Effect<A, StoreFailure, R>) =>
  Effect.map(Effect.flip(failing), ({ code }) => code)

describe("a write of SQLite", () => {
  const onFile = <A>(use: (file: string) => Effect.Effect<A, unknown, StoreHealth | Database>) =>
    Effect.scoped(Effect.flatMap(temporaryFile, (file) => Effect.provide(use(file), layerSqlite({ file }))))

  it.effect("is not proven while a full disk or anything else refuses it, although reads go on", () =>
    onFile(() =>
      Effect.gen(function*() {
        yield* proveWrite
        yield* run(
          "CREATE TRIGGER refusing BEFORE UPDATE ON docdata_migrations BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
        yield* run("SELECT 1 FROM docdata_orders")
        assert.strictEqual(yield* codeOf(proveWrite), "SQLITE_1811")
        yield* run("DROP TRIGGER refusing")
        yield* proveWrite
      })
    ))

  it.effect("is proven again by a new connection when the present one may only read", () =>
    onFile(() =>
      Effect.gen(function*() {
        yield* run("PRAGMA query_only = ON")
        assert.strictEqual(yield* codeOf(proveWrite), "SQLITE_8")
        yield* proveWrite
      })
    ))

  it.effect("ends the wait for another file within five seconds of its coming, and not with the going of the first", () =>
    onFile((file) =>
      Effect.gen(function*() {
        const watch = yield* Effect.forkChild(StoreHealth.use((health) => Effect.flip(health.untilReplaced())))
        yield* TestClock.adjust(2_000)
        renameSync(file, `${file}.moved`)
        yield* TestClock.adjust(5_000)
        assert.isUndefined(watch.pollUnsafe())
        assert.strictEqual(yield* codeOf(proveWrite), "file-replaced")
        writeFileSync(file, "")
        yield* TestClock.adjust(5_000)
        assert.strictEqual((yield* Fiber.join(watch)).code, "file-replaced")
      })
    ))
})

describe.runIf(inject("postgresUrl") !== "")("a write of PostgreSQL", () => {
  const sessions = 4

  it.live("is proven by every session soon after a failover, whose old sessions take none", () =>
    Effect.scoped(Effect.gen(function*() {
      const url = yield* temporaryDatabase(inject("postgresUrl"))
      yield* Effect.gen(function*() {
        // All sessions at once, so that each is one of its own, and all of them as after a failover.
        const poison = Database.use(({ read }) =>
          read("test", function*() {
            yield { sql: "SET default_transaction_read_only = on", params: [] }
            yield { sql: "SELECT pg_sleep(0.2)", params: [] }
            return Effect.void
          })
        )
        yield* Effect.all(Array.from({ length: sessions }, () => poison), { concurrency: "unbounded" })
        yield* Effect.all(Array.from({ length: 3 * sessions }, () => proveWrite), { concurrency: "unbounded" })
      }).pipe(Effect.provide(layerPostgres({ url: Redacted.make(url), connectionsMax: sessions })))
    })))

  it.live("is refused with the code of the server while it is a standby, and proven when it is the primary", () =>
    Effect.scoped(Effect.gen(function*() {
      const url = yield* temporaryDatabase(inject("postgresUrl"))
      const name = new URL(url).pathname.slice(1)
      yield* Effect.gen(function*() {
        yield* run(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
        yield* run("SET default_transaction_read_only = on")
        assert.strictEqual(yield* codeOf(proveWrite), "25006")
        yield* run("SET default_transaction_read_only = off")
        yield* run(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
        yield* run("SET default_transaction_read_only = on")
        yield* proveWrite
      }).pipe(Effect.provide(layerPostgres({ url: Redacted.make(url), connectionsMax: 1 })))
    })))
})
