/**
 * Several at once on one order, from two processes and from two pools of one process: one winner per revision, and one
 * set of events.
 */
import { Inbox, type Observation, OrderStore, Outbox, type StoredEvent, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { assert, describe, inject, it } from "vitest"
import { layerPostgres } from "../src/postgres/index.ts"
import { contest } from "./contest/contest.ts"
import { changeOf, consumers, newOrder, replay } from "./crash/orders.ts"
import { layerOf, type Place } from "./crash/place.ts"
import { temporaryDatabase, temporaryFile } from "./support/databases.ts"

const confirmedOrder = Effect.gen(function*() {
  const store = yield* OrderStore
  const order = newOrder(0)
  yield* store.reserve(order)
  return yield* store.confirm({
    orderId: order.id,
    key: "KEY",
    confirmedAtMs: order.createdAtMs,
    consumers,
    nextCheckAtMs: undefined
  })
})

interface History {
  readonly order: StoredOrder
  readonly looks: ReadonlyArray<Observation>
  readonly events: ReadonlyArray<StoredEvent>
  readonly backlog: number
}

const history = Effect.gen(function*() {
  const store = yield* OrderStore
  const { id } = newOrder(0)
  const { order } = yield* store.read({ by: "id", id })
  const looks = (yield* store.observations(id, { limit: 200 })).items.toReversed()
  return { order, looks, events: yield* store.events(id), backlog: yield* (yield* Outbox).backlog(consumers[0]) }
})

const assertOneStory = ({ backlog, events, looks, order }: History, first: StoredOrder): void => {
  assert.strictEqual(order.revision, looks.length + 1)
  assert.deepStrictEqual(looks.map(({ revision }) => revision), looks.map((_, index) => index + 2))
  assert.deepStrictEqual(replay(first.state, looks).state, order.state)
  assert.lengthOf(new Set(events.map(({ id }) => id)), events.length)
  assert.strictEqual(backlog, events.length)
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

for (const [name, temporary] of places) {
  describe(name, () => {
    it("lets one of two processes win each revision", () =>
      Effect.runPromise(Effect.scoped(Effect.gen(function*() {
        const place = yield* temporary
        const first = yield* Effect.provide(confirmedOrder, layerOf(place))
        const wins = 40
        const results = yield* Effect.promise(() => contest(place, ["north", "south"], wins))
        const story = yield* Effect.provide(history, layerOf(place))

        assertOneStory(story, first)
        const wonBy = new Map(results.flatMap(({ name, won }) => won.map((revision) => [revision, name])))
        assert.strictEqual(wonBy.size, 2 * wins)
        assert.strictEqual(story.order.revision, 1 + 2 * wins)
        // The events of each revision are those of its winner.
        for (const { news, revision } of story.events) {
          if (news.type === "return.visited") assert.strictEqual(news.callback, wonBy.get(revision))
        }
      }))))

    it("lets return, notification, recheck and operator come at once", () =>
      Effect.runPromise(Effect.scoped(Effect.gen(function*() {
        const place = yield* temporary
        const first = yield* Effect.provide(confirmedOrder, layerOf(place))
        // Each looks through a connection of its own, as processes do.
        const look = (number: number) =>
          Effect.gen(function*() {
            const store = yield* OrderStore
            for (;;) {
              const snapshot = yield* store.read({ by: "id", id: newOrder(0).id })
              const outcome = yield* Effect.exit(store.commit(changeOf(snapshot, number)))
              if (outcome._tag === "Success") return
            }
          }).pipe(Effect.provide(layerOf(place), { local: true }))
        yield* Effect.forEach([0, 1, 2, 3], look, { concurrency: "unbounded", discard: true })
        const story = yield* Effect.provide(history, layerOf(place))
        assertOneStory(story, first)
        assert.strictEqual(story.order.revision, 5)
      }))))
  })
}

describe.runIf(inject("postgresUrl") !== "")("two pools on one PostgreSQL database", () => {
  it("never hand two items of one order out at the same time, and lose none", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const url = Redacted.make(yield* temporaryDatabase(inject("postgresUrl")))
      const orderCount = 5
      const notificationCount = 100
      const held = new Set<string>()
      let handled = 0
      const notify = (number: number) =>
        Effect.flatMap(Inbox, (inbox) =>
          inbox.receive({
            id: `n${number}`,
            merchant: "shop",
            reference: `R${number % orderCount}`,
            receivedAtMs: number
          }))
      // The items of a round are held until all workers of the round have claimed theirs.
      const round = (name: string) =>
        Effect.gen(function*() {
          const inbox = yield* Inbox
          const items = yield* inbox.claim({ merchant: "shop", nowMs: 0, leaseUntilMs: 1_000, limit: 2, claim: name })
          for (const { reference } of items) {
            assert.isFalse(held.has(reference), `${reference} was handed out twice`)
            held.add(reference)
          }
          yield* Effect.yieldNow
          for (const item of items) {
            handled += item.notificationCount
            held.delete(item.reference)
            assert.isTrue(yield* inbox.acknowledge(item))
          }
        })
      const worker = (name: string) =>
        Effect.gen(function*() {
          for (let number = 0; number < 40; number++) yield* round(`${name}-${number}`)
        }).pipe(Effect.provide(layerPostgres({ url, connectionsMax: 2 }), { local: true }))
      const notifier = Effect.forEach(Array.from({ length: notificationCount }, (_, number) => number), notify, {
        concurrency: 4,
        discard: true
      }).pipe(Effect.provide(layerPostgres({ url, connectionsMax: 4 }), { local: true }))
      yield* Effect.all([notifier, worker("a"), worker("b"), worker("c")], { concurrency: "unbounded" })
      // What came after the last round is still there.
      const left = yield* Effect.gen(function*() {
        const inbox = yield* Inbox
        return yield* inbox.claim({ merchant: "shop", nowMs: 0, leaseUntilMs: 1_000, limit: 200, claim: "last" })
      }).pipe(Effect.provide(layerPostgres({ url })))
      assert.strictEqual(left.reduce((sum, item) => sum + item.notificationCount, handled), notificationCount)
    }))))
})
