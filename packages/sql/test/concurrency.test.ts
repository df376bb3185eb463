/**
 * Several at once on one order, from two processes and from two pools of one process: one winner per revision, and one
 * set of events.
 */
import {
  type Committed,
  Inbox,
  type Observation,
  OrderStore,
  Outbox,
  type StoredEvent,
  type StoredOrder
} from "@docdata/application"
import { checkOrderHistories, type OrderOperation, recordedOrderStore } from "@docdata/testkit"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { assert, describe, inject, it } from "vitest"
import { layerPostgres } from "../src/postgres/index.ts"
import { contest } from "./contest/contest.ts"
import { contestRounds } from "./contest/contestRounds.ts"
import { contestOrder, contestSubscriber, machineTime } from "./contest/shop.ts"
import { changeOf, newOrder, replay, subscribers } from "./crash/orders.ts"
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
    subscribers,
    nextRefreshAtMs: undefined
  })
})

interface History {
  readonly order: StoredOrder
  readonly refreshes: ReadonlyArray<Observation>
  readonly events: ReadonlyArray<StoredEvent>
  readonly backlog: number
}

const history = Effect.gen(function*() {
  const store = yield* OrderStore
  const { id } = newOrder(0)
  const { order } = yield* store.read({ by: "id", id })
  const refreshes = (yield* store.observations(id, { limit: 200 })).items.toReversed()
  return { order, refreshes, events: yield* store.events(id), backlog: yield* (yield* Outbox).backlog(subscribers[0]) }
})

const assertOneStory = ({ backlog, events, refreshes, order }: History, first: StoredOrder): void => {
  assert.strictEqual(order.revision, refreshes.length + 1)
  assert.deepStrictEqual(refreshes.map(({ revision }) => revision), refreshes.map((_, index) => index + 2))
  assert.deepStrictEqual(replay(first.state, refreshes).state, order.state)
  assert.lengthOf(new Set(events.map(({ id }) => id)), events.length)
  assert.strictEqual(backlog, events.length)
}

/** The revisions that the answered commits of an order got, ascending. */
const wonRevisions = (history: ReadonlyArray<OrderOperation>, orderId: string): ReadonlyArray<number> =>
  history.flatMap(({ call, ended }) => {
    if (call.method !== "commit" || call.input[0].orderId !== orderId) return []
    return ended !== undefined && "answer" in ended.reply ? [(ended.reply.answer as Committed).revision] : []
  }).toSorted((one, other) => one - other)

/** The last writer wins: a change is written over whatever is there by then. */
const forgetful = (store: OrderStore["Service"]): OrderStore["Service"] => ({
  ...store,
  commit: (change) =>
    Effect.flatMap(
      store.read({ by: "id", id: change.orderId }),
      ({ order }) => store.commit({ ...change, expectedRevision: order.revision })
    )
})

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
        for (const { payload, revision } of story.events) {
          if (payload.type === "return.visited") assert.strictEqual(payload.callback, wonBy.get(revision))
        }
      }))))

    it("lets return, notification, schedule and operator come at once, and the checker accepts what they saw", () =>
      Effect.runPromise(Effect.scoped(Effect.gen(function*() {
        const place = yield* temporary
        const history: Array<OrderOperation> = []
        const recording = { caller: "setup", now: machineTime, keep: (one: OrderOperation) => void history.push(one) }
        const services = yield* Layer.build(layerOf(place))
        const store = recordedOrderStore(Context.get(services, OrderStore), recording)
        const prepare = Effect.fnUntraced(function*(round: number) {
          const order = contestOrder(round, yield* Clock.currentTimeMillis)
          yield* store.reserve(order)
          const confirmedAtMs = order.createdAtMs
          const key = `KEY${round + 1}`
          const subscribers = [contestSubscriber]
          yield* store.confirm({ orderId: order.id, key, confirmedAtMs, subscribers, nextRefreshAtMs: confirmedAtMs })
        })
        const rounds = 32
        history.push(
          ...yield* Effect.promise(() => contestRounds(place, rounds, (round) => Effect.runPromise(prepare(round))))
        )
        let published = 0
        for (let round = 0; round < rounds; round++) {
          const { id } = contestOrder(round, 0)
          const { order } = yield* store.read({ by: "id", id })
          const events = yield* store.events(id)
          published += events.length
          const won = wonRevisions(history, id)
          // One winner for each revision, and the events of exactly these.
          assert.deepStrictEqual(won, Array.from({ length: order.revision - 1 }, (_, index) => index + 2))
          assert.lengthOf(new Set(events.map((event) => event.id)), events.length)
          const types = events.map(({ payload }) => payload.type)
          assert.lengthOf(types.filter((type) => type === "return.visited"), 1)
          assert.lengthOf(types.filter((type) => type === "notification.received"), 1)
        }
        assert.isUndefined(checkOrderHistories(history))
        const callers = new Set(history.map(({ caller }) => caller))
        assert.deepStrictEqual([...callers].toSorted(), ["north", "setup", "south"])
        const backlog = yield* Context.get(services, Outbox).backlog(contestSubscriber)
        assert.strictEqual(backlog, published)
      }))))

    it("the checker refuses a store that commits whatever the revision is", () =>
      Effect.runPromise(Effect.scoped(Effect.gen(function*() {
        const place = yield* temporary
        const history: Array<OrderOperation> = []
        const recordedOn = Effect.fnUntraced(function*(caller: string, spoil: typeof forgetful | undefined) {
          const store = Context.get(yield* Layer.build(layerOf(place)), OrderStore)
          const keep = (one: OrderOperation) => void history.push(one)
          return recordedOrderStore(spoil?.(store) ?? store, { caller, now: machineTime, keep })
        })
        const north = yield* recordedOn("north", undefined)
        const south = yield* recordedOn("south", forgetful)
        yield* north.reserve(newOrder(0))
        const early = yield* south.read({ by: "id", id: newOrder(0).id })
        yield* north.commit(changeOf(yield* north.read({ by: "id", id: newOrder(0).id }), 1))
        assert.isUndefined(checkOrderHistories(history))
        yield* south.commit(changeOf(early, 2))
        const refused = checkOrderHistories(history)
        assert.strictEqual(refused?.stuck[0]?.call.method, "commit")
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
            orderReference: `R${number % orderCount}`,
            receivedAtMs: number
          }))
      // The items of a round are held until all workers of the round have claimed theirs.
      const round = (name: string) =>
        Effect.gen(function*() {
          const inbox = yield* Inbox
          const items = yield* inbox.claim({ merchant: "shop", nowMs: 0, leaseUntilMs: 1_000, limit: 2, claim: name })
          for (const { orderReference } of items) {
            assert.isFalse(held.has(orderReference), `${orderReference} was handed out twice`)
            held.add(orderReference)
          }
          yield* Effect.yieldNow
          for (const item of items) {
            handled += item.notificationCount
            held.delete(item.orderReference)
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
