/**
 * What a claim has to look at while a subscriber refuses everything, and that nothing is forgotten behind it.
 */
import { OrderStore, Outbox } from "@docdata/application"
import { claimFor, deadLetter, delivered, retryLater } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { assert, describe, inject, it } from "vitest"
import { Database } from "../../src/index.ts"
import { integer, statement, text } from "../../src/Script.ts"
import { newOrder } from "../crash/orders.ts"
import { layerOf, type Place } from "../crash/place.ts"
import { temporaryDatabase, temporaryFile } from "../support/databases.ts"
import { engines } from "../support/engines.ts"

const subscriber = "webhook"
const orderCount = 20
const changesPerOrder = 3
const farMs = 9_000_000

const numbersBelow = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, number) => number)

/** A change of an order with two events. */
const publish = (orderId: string) =>
  OrderStore.use((store) =>
    Effect.flatMap(store.read({ by: "id", id: orderId }), ({ order }) =>
      store.commit({
        orderId,
        expectedRevision: order.revision,
        committedAtMs: order.revision,
        state: order.state,
        payments: [],
        events: [{ type: "notification.received" }, { type: "return.visited", callback: "success" }],
        subscribers: [subscriber],
        modifications: [],
        nextRefreshAtMs: undefined,
        quietRefreshes: 0
      }))
  )

const publishMany = Effect.gen(function*() {
  const store = yield* OrderStore
  for (const number of numbersBelow(orderCount)) {
    yield* store.reserve(newOrder(number))
    for (let change = 0; change < changesPerOrder; change++) yield* publish(newOrder(number).id)
  }
})

const claim = (nowMs: number, name: string, limit = 200) =>
  Outbox.use((outbox) => claimFor(outbox, { subscriber, nowMs, leaseUntilMs: nowMs + 1_000, limit, claim: name }))

/** How many deliveries stand where. */
const positions = Database.use(({ read }) =>
  read("test", function*() {
    const rows = yield statement(
      `SELECT COALESCE(queue_position, 'none') AS queue_position, COUNT(*) AS count FROM docdata_deliveries
      GROUP BY queue_position ORDER BY queue_position`
    )
    return Effect.succeed(Object.fromEntries(rows.map((row) => [text(row, "queue_position"), integer(row, "count")])))
  })
)

/** A subscriber that refuses everything. */
const refuseAll = Effect.gen(function*() {
  const outbox = yield* Outbox
  for (const { claim: name, event } of yield* claim(10, "c0")) {
    yield* retryLater(outbox, { subscriber, eventId: event.id, claim: name }, farMs)
  }
})

const deliveryCount = orderCount * changesPerOrder * 2
const waiting = { later: orderCount, blocked: deliveryCount - orderCount }

for (const { layer, name } of engines()) {
  describe(`deliveries in line on ${name}`, () => {
    it("leave one per order to look at when a subscriber refuses everything, and that one when its time has come", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          yield* publishMany
          yield* refuseAll
          assert.deepStrictEqual(yield* positions, waiting)
          assert.lengthOf(yield* claim(farMs - 1, "c1"), 0)
          assert.deepStrictEqual(yield* positions, waiting)
          // Somebody whose clock is ahead looked: for the others their time has not come yet.
          assert.lengthOf(yield* claim(farMs, "c2", 1), 1)
          assert.deepStrictEqual(yield* positions, { first: orderCount - 1, later: 1, blocked: waiting.blocked })
          assert.lengthOf(yield* claim(farMs - 1, "c3"), 0)
        }).pipe(Effect.provide(layer))
      ))

    for (const end of ["delivered", "dead-lettered"] as const) {
      it(`move up when the one before is ${end}`, () =>
        Effect.runPromise(
          Effect.gen(function*() {
            const outbox = yield* Outbox
            yield* publishMany
            for (let turn = 0; turn < changesPerOrder * 2; turn++) {
              const claimed = yield* claim(100 + turn, `c${turn}`)
              assert.lengthOf(claimed, orderCount)
              for (const { claim: name, event } of claimed) {
                const ended = { subscriber, eventId: event.id, claim: name }
                yield* end === "delivered"
                  ? delivered(outbox, ended, 100)
                  : deadLetter(outbox, ended, { reason: "given up", atMs: 100 })
              }
            }
            assert.deepStrictEqual(yield* positions, { none: deliveryCount })
          }).pipe(Effect.provide(layer))
        ))
    }

    it("stand aside for an earlier one that is opened again", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          const outbox = yield* Outbox
          yield* publishMany
          const [first] = yield* claim(10, "c0", 1)
          const eventId = first!.event.id
          yield* delivered(outbox, { subscriber, eventId, claim: "c0" }, 10)
          yield* claim(10, "c1", 0)
          assert.deepStrictEqual(yield* positions, {
            none: 1,
            first: orderCount,
            blocked: deliveryCount - orderCount - 1
          })
          yield* outbox.redeliver({ subscriber, eventId, notBeforeMs: 0 })
          yield* claim(10, "c2", 0)
          assert.deepStrictEqual(yield* positions, { first: orderCount, blocked: deliveryCount - orderCount })
        }).pipe(Effect.provide(layer))
      ))
  })
}

const places: ReadonlyArray<readonly [name: string, place: Effect.Effect<Place, never, Scope.Scope>]> = [
  ["SQLite", Effect.map(temporaryFile, (at) => ({ engine: "sqlite", at }))],
  ...inject("postgresUrl") === "" ? [] : [
    [
      "PostgreSQL",
      Effect.map(temporaryDatabase(inject("postgresUrl")), (at): Place => ({ engine: "postgres", at }))
    ] as const
  ]
]

/** Ends what it claims, in one way or another, and opens some of it again. */
const deliver = (worker: number, rounds: number) =>
  Effect.gen(function*() {
    const outbox = yield* Outbox
    for (let round = 0; round < rounds; round++) {
      for (const { claim: name, event } of yield* claim(10, `w${worker}-${round}`, 3)) {
        const ended = { subscriber, eventId: event.id, claim: name }
        if (round % 3 === 0) yield* deadLetter(outbox, ended, { reason: "given up", atMs: 10 })
        else if (round % 3 === 1) yield* retryLater(outbox, ended, 5)
        else yield* delivered(outbox, ended, 10)
        if (round % 5 === worker) yield* outbox.redeliver({ subscriber, eventId: event.id, notBeforeMs: 5 })
      }
    }
  })

for (const [name, temporary] of places) {
  it(`none is forgotten while changes, claims and their ends meet on ${name}`, () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const place = yield* temporary
      const orders = numbersBelow(3).map(newOrder)
      const own = <A, E>(work: Effect.Effect<A, E, OrderStore | Outbox>) =>
        Effect.provide(work, layerOf(place), { local: true })
      yield* own(OrderStore.use((store) => Effect.forEach(orders, store.reserve)))
      const changes = orders.map(({ id }) =>
        own(Effect.forEach(numbersBelow(40), () => publish(id), { discard: true }))
      )
      yield* Effect.all([...changes, ...numbersBelow(3).map((worker) => own(deliver(worker, 60)))], {
        concurrency: "unbounded"
      })
      // Without anybody else in the way, everything that is open is handed out and ends.
      yield* own(Effect.gen(function*() {
        const outbox = yield* Outbox
        for (let round = 0;; round++) {
          const claimed = yield* claim(farMs, `last-${round}`)
          if (claimed.length === 0) break
          for (const { claim: name, event } of claimed) {
            assert.isTrue(yield* delivered(outbox, { subscriber, eventId: event.id, claim: name }, 10))
          }
        }
        assert.strictEqual(yield* outbox.backlog(subscriber), 0)
      }))
    }))))
}
