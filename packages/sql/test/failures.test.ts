/**
 * What the stores say when a database fails: whether something may have been written.
 */
import { chmodSync, renameSync, statSync, writeFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { connect, createServer, type Socket } from "node:net"
import { OrderStore, type StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, describe, inject, it } from "vitest"
import { Database } from "../src/index.ts"
import { layerPostgres } from "../src/postgres/index.ts"
import { statement } from "../src/Script.ts"
import { layerSqlite, openSqlite } from "../src/sqlite/index.ts"
import { newOrder } from "./crash/orders.ts"
import { temporaryDatabase, temporaryFile } from "./support/databases.ts"

const reserve = (number: number) => OrderStore.use((store) => store.reserve(newOrder(number)))

const failureOf = <A, R>(self: Effect.Effect<A, unknown, R>): Effect.Effect<StoreFailure, A, R> =>
  Effect.flip(self) as Effect.Effect<StoreFailure, A, R>

describe("SQLite", () => {
  it("waits for another process without holding up its own, and then writes", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const file = yield* temporaryFile
      yield* Effect.gen(function*() {
        const other = new DatabaseSync(file)
        other.exec("BEGIN IMMEDIATE")
        let turns = 0
        // Counts what else this process gets to do before the lock is let go.
        const meanwhile = Effect.gen(function*() {
          while (turns < 20) {
            yield* Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))
            turns++
          }
          other.exec("COMMIT")
          other.close()
        })
        yield* Effect.all([reserve(1), meanwhile], { concurrency: "unbounded" })
        assert.strictEqual(turns, 20)
      }).pipe(Effect.provide(layerSqlite({ file, busyTimeoutMs: 1 })))
    }))))

  it(
    "is retryable when it stays busy, and has written nothing",
    () =>
      Effect.runPromise(Effect.scoped(Effect.gen(function*() {
        const file = yield* temporaryFile
        yield* Effect.provide(reserve(0), layerSqlite({ file }))
        const other = new DatabaseSync(file)
        other.exec("BEGIN IMMEDIATE")
        const failure = yield* failureOf(
          Effect.provide(reserve(1), layerSqlite({ file, busyTimeoutMs: 0, busyWaitMs: 200 }))
        )
        assert.deepStrictEqual([failure.operation, failure.retryable, failure.code], [
          "OrderStore.reserve",
          true,
          "SQLITE_5"
        ])
        other.exec("COMMIT")
        other.close()
        const listed = yield* Effect.provide(
          OrderStore.use((store) => store.list({}, { limit: 9 })),
          layerSqlite({ file })
        )
        assert.lengthOf(listed.items, 1)
      }))),
    60_000
  )

  it("makes its file and the log beside it for the owner alone, and leaves the mode of a present file", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const file = yield* temporaryFile
      const modeOf = (path: string): number => statSync(path).mode & 0o777
      yield* Effect.gen(function*() {
        yield* reserve(1)
        assert.deepStrictEqual([file, `${file}-wal`, `${file}-shm`].map(modeOf), [0o600, 0o600, 0o600])
      }).pipe(Effect.provide(layerSqlite({ file })))
      chmodSync(file, 0o640)
      yield* Effect.provide(reserve(2), layerSqlite({ file }))
      assert.strictEqual(modeOf(file), 0o640)
    }))))

  it("refuses to write when its file was deleted or replaced, and says so", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const file = yield* temporaryFile
      yield* Effect.gen(function*() {
        yield* reserve(1)
        renameSync(file, `${file}.moved`)
        const deleted = yield* failureOf(reserve(2))
        assert.deepStrictEqual([deleted.code, deleted.retryable], ["file-replaced", true])
        assert.match(deleted.message, /it was deleted or replaced/)
        writeFileSync(file, "")
        assert.strictEqual((yield* failureOf(reserve(3))).code, "file-replaced")
        renameSync(`${file}.moved`, file)
        yield* reserve(4)
      }).pipe(Effect.provide(layerSqlite({ file })))
    }))))

  it("rolls back what a failing script has begun", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const database = yield* Effect.flatMap(temporaryFile, (file) => openSqlite({ file }))
      const failure = yield* failureOf(database.together("test", function*() {
        yield statement("CREATE TABLE half (id INTEGER)")
        yield statement("INSERT INTO nowhere VALUES (1)")
        return Effect.void
      }))
      assert.isFalse(failure.retryable)
      const rows = yield* database.read("test", function*() {
        return Effect.succeed(yield statement("SELECT name FROM sqlite_schema WHERE name = 'half'"))
      })
      assert.lengthOf(rows, 0)
    }))))

  it("says nothing of statements and values", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const database = yield* Effect.flatMap(temporaryFile, (file) => openSqlite({ file }))
      const failure = yield* failureOf(database.read("test", function*() {
        return Effect.succeed(yield statement("SELECT ? FROM nowhere", "J. de Vries"))
      }))
      assert.notMatch(`${failure.message} ${JSON.stringify(failure)}`, /nowhere|Vries|SELECT/)
    }))))
})

/** Passes bytes on to the server, until told to lose what the server answers. */
const losingProxy = async (target: URL) => {
  const sockets = new Set<Socket>()
  let losing = false
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname)
    sockets.add(client).add(server)
    client.pipe(server)
    server.on("data", (chunk) => {
      if (losing) { for (const socket of sockets) socket.destroy() }
      else client.write(chunk)
    })
    for (const socket of [client, server]) socket.on("error", () => socket.destroy())
    client.on("close", () => server.destroy())
    server.on("close", () => client.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
  const address = proxy.address()
  const url = new URL(target)
  url.hostname = "127.0.0.1"
  url.port = typeof address === "object" && address !== null ? String(address.port) : ""
  return { url: url.href, lose: () => losing = true, close: () => proxy.close() }
}

describe.runIf(inject("postgresUrl") !== "")("PostgreSQL", () => {
  it("does not know what became of a write whose answer was lost, and says so", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const url = yield* temporaryDatabase(inject("postgresUrl"))
      const proxy = yield* Effect.promise(() => losingProxy(new URL(url)))
      yield* Effect.gen(function*() {
        yield* reserve(0)
        proxy.lose()
        const failure = yield* failureOf(reserve(1))
        assert.deepStrictEqual([failure.operation, failure.retryable], ["OrderStore.reserve", false])
      }).pipe(Effect.provide(layerPostgres({ url: Redacted.make(proxy.url), connectionsMax: 1 })))
      proxy.close()
      // It was written: repeating blindly would have been wrong.
      const listed = yield* Effect.provide(
        OrderStore.use((store) => store.list({}, { limit: 9 })),
        layerPostgres({ url: Redacted.make(url) })
      )
      assert.lengthOf(listed.items, 2)
    }))))

  it("is retryable when a reading answer was lost, or nobody can be reached", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const url = yield* temporaryDatabase(inject("postgresUrl"))
      const proxy = yield* Effect.promise(() => losingProxy(new URL(url)))
      yield* Effect.gen(function*() {
        yield* reserve(0)
        proxy.lose()
        const read = OrderStore.use((store) => store.read({ by: "id", id: newOrder(0).id }))
        assert.isTrue((yield* failureOf(read)).retryable)
        proxy.close()
        assert.isTrue((yield* failureOf(reserve(1))).retryable)
      }).pipe(Effect.provide(layerPostgres({ url: Redacted.make(proxy.url), connectionsMax: 1 })))
    }))))

  it("throws a session away that became read-only, so that the write itself gets through", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const url = yield* temporaryDatabase(inject("postgresUrl"))
      yield* Effect.gen(function*() {
        yield* reserve(0)
        // As after a failover: the session goes on, on a server that only reads.
        yield* (yield* Database).each("test", function*() {
          yield statement("SET default_transaction_read_only = on")
          return Effect.void
        })
        yield* reserve(1)
      }).pipe(Effect.provide(layerPostgres({ url: Redacted.make(url), connectionsMax: 1 })))
    }))))

  it("begins again after a deadlock, so that both get through", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const url = yield* temporaryDatabase(inject("postgresUrl"))
      yield* Effect.gen(function*() {
        const { each, together } = yield* Database
        const run = (sql: string) =>
          each("test", function*() {
            yield statement(sql)
            return Effect.void
          })
        yield* run("CREATE TABLE pair (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
        yield* run("INSERT INTO pair VALUES (1, 0), (2, 0)")
        const add = (first: number, second: number) =>
          together("test", function*() {
            yield statement("UPDATE pair SET n = n + 1 WHERE id = ?", first)
            yield statement("SELECT pg_sleep(0.05)")
            yield statement("UPDATE pair SET n = n + 1 WHERE id = ?", second)
            return Effect.void
          })
        yield* Effect.all([add(1, 2), add(2, 1)], { concurrency: "unbounded" })
        const rows = yield* each("test", function*() {
          return Effect.succeed(yield statement("SELECT CAST(n AS TEXT) AS n FROM pair"))
        })
        assert.deepStrictEqual(rows.map((row) => row["n"]), ["2", "2"])
      }).pipe(Effect.provide(layerPostgres({ url: Redacted.make(url), connectionsMax: 4 })))
    }))))
})
