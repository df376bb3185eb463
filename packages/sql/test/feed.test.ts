/**
 * The feed where commits become visible in another order than they were written.
 */
import { EventFeed, OrderStore } from "@docdata/application"
import { positionsAtOnce } from "../src/feed/assignFeedPositions.ts"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { assert, describe, inject, it } from "vitest"
import { layerStores } from "../src/layerStores.ts"
import { Database } from "../src/index.ts"
import { openPostgres } from "../src/postgres/index.ts"
import { statement } from "../src/Script.ts"
import { temporaryDatabase } from "./support/databases.ts"
import { engines } from "./support/engines.ts"

const newOrder = (number: number) => ({
  id: `order-${number}`,
  merchant: "shop",
  shopReference: `S${number}`,
  orderReference: `R${number}`,
  idempotencyKey: `I${number}`,
  fingerprint: "F",
  language: "nl",
  billToCountry: "NL",
  currency: "EUR",
  grossMinor: 1000,
  createdAtMs: number,
  leaseUntilMs: number
})

const confirmed = (number: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    yield* store.reserve(newOrder(number))
    return yield* store.confirm({
      orderId: `order-${number}`,
      key: `K${number}`,
      confirmedAtMs: number,
      subscribers: [],
      nextRefreshAtMs: undefined
    })
  })

const idsAfter = (after: number, question: { readonly limit?: number; readonly orderId?: string } = {}) =>
  Effect.map(
    EventFeed.use((feed) => feed.read({ after, limit: 200, ...question })),
    ({ entries, more, next }) => ({ ids: entries.map(({ event }) => event.id), more, next })
  )

/** Reads as long as the feed says that more follows. */
const idsToTheEnd = Effect.fnUntraced(function*(question: { readonly limit?: number; readonly orderId?: string }) {
  const seen: Array<string> = []
  for (let after = 0, isMore = true; isMore;) {
    const { ids, more, next } = yield* idsAfter(after, question)
    seen.push(...ids)
    after = next
    isMore = more
  }
  return seen
})

// A number of our own: whoever holds it decides when the other transaction ends.
const gate = statement("SELECT pg_advisory_xact_lock(77001)")

describe.skipIf(inject("postgresUrl") === "")("the feed on PostgreSQL", () => {
  it("shows an event that was written first and became visible last, behind what was read before", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const url = Redacted.make(yield* temporaryDatabase(inject("postgresUrl")))
      const database = yield* openPostgres({ url, maxConnections: 4 })
      yield* Effect.gen(function*() {
        yield* confirmed(1)
        yield* confirmed(2)
        const isHeld = yield* Deferred.make<void>()
        const keeping = { isOver: false }
        // Holds the gate until it is told to let go.
        const keeper = yield* Effect.forkChild(database.together("test", function*() {
          yield gate
          Deferred.doneUnsafe(isHeld, Effect.void)
          while (!keeping.isOver) yield statement("SELECT 1")
          return Effect.void
        }))
        yield* Deferred.await(isHeld)
        const slow = yield* Effect.forkChild(database.together("test", function*() {
          yield statement(
            "INSERT INTO docdata_events (order_id, revision, position, occurred_at_ms, payload) VALUES (?, 2, 0, 0, ?)",
            "order-1",
            "{\"type\":\"notification.received\"}"
          )
          yield gate
          return Effect.void
        }))
        // The slow one has written when it waits at the gate.
        const waiting = database.read("test", function*() {
          const rows = yield statement("SELECT 1 AS there FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
          return Effect.succeed(rows.length > 0)
        })
        while (!(yield* waiting)) yield* Effect.yieldNow
        const first = yield* idsAfter(0)
        assert.deepStrictEqual(first.ids, ["order-1-1-0", "order-2-1-0"])
        keeping.isOver = true
        yield* Fiber.join(keeper)
        yield* Fiber.join(slow)
        assert.deepStrictEqual((yield* idsAfter(first.next)).ids, ["order-1-2-0"])
      }).pipe(Effect.provide(Layer.provideMerge(layerStores, Layer.succeed(Database, database))))
    }))))
})

for (const { layer, name } of engines()) {
  describe(`a long feed on ${name}`, () => {
    const count = positionsAtOnce + 150
    const many = Effect.gen(function*() {
      for (let number = 1; number <= count; number++) yield* confirmed(number)
    })

    it("is caught up page by page: more events than places are given at once", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          yield* many
          const seen = yield* idsToTheEnd({ limit: 100 })
          assert.deepStrictEqual(seen, Array.from({ length: count }, (_, index) => `order-${index + 1}-1-0`))
        }).pipe(Effect.provide(layer))
      ))

    it("shows an order's event that has its place last", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          yield* many
          assert.deepStrictEqual(yield* idsToTheEnd({ orderId: `order-${count}` }), [`order-${count}-1-0`])
        }).pipe(Effect.provide(layer))
      ))
  })
}
