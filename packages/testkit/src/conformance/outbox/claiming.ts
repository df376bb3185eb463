import assert from "node:assert/strict"
import { OrderStore, Outbox, pageSizeMax } from "@docdata/application"
import { eventId } from "@docdata/domain"
import { deadLetter, delivered, retryLater } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce } from "../expectations.ts"
import { change, confirmed, startMs } from "../sample.ts"
import { claim, claimIds, claimOf, leaseMs, named, publish, published } from "./deliveries.ts"

const first = (number: number): string => eventId(`order-${number}`, 2, 0)

export const claiming: Group<OrderStore | Outbox> = {
  title: "claim and deliver",
  cases: [
    specify("answers nothing for a subscriber that nothing was told", answers(claimIds(0, "c"), [])),
    specify(
      "hands out the stored event, its attempts and the claim",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* published(1, 10)
        const event = (yield* store.events("order-1"))[1]!
        yield* answers(claim(20, "c"), [{ subscriber: "mail", event, attempts: 1, claim: "c" }])
      })
    ),
    specify(
      "hands out the trace that the event was committed in",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        const payloads = [{ type: "notification.received" }] as const
        const { events } = yield* store.commit(
          change(yield* confirmed(1), { events: payloads, subscribers: ["mail"], traceparent })
        )
        assert.equal(events[0]?.traceparent, traceparent)
        yield* answers(store.events("order-1").pipe(Effect.map((all) => all[1])), events[0])
        yield* answers(claim(20, "c").pipe(Effect.map(([delivery]) => delivery?.event)), events[0])
      })
    ),
    specify(
      "can be claimed at once, also by somebody whose clock is behind",
      Effect.gen(function*() {
        yield* published(1, 10_000)
        yield* answers(claimIds(0, "c"), [first(1)])
      })
    ),
    specify(
      "takes the oldest events first, then by order",
      Effect.gen(function*() {
        yield* published(3, 30)
        yield* published(1, 10)
        yield* published(4, 10)
        yield* published(2, 20)
        yield* answers(claimIds(100, "c"), [first(1), first(4), first(2), first(3)])
      })
    ),
    specify(
      "takes no more than asked for, and the others next time",
      Effect.gen(function*() {
        for (const number of [1, 2, 3]) yield* published(number, number)
        yield* answers(claimIds(100, "c0", 0), [])
        yield* answers(claimIds(100, "c1", 2), [first(1), first(2)])
        yield* answers(claimIds(100, "c2", 2), [first(3)])
      })
    ),
    specify(
      `takes at most ${pageSizeMax}`,
      Effect.gen(function*() {
        for (let number = 0; number <= pageSizeMax; number++) yield* published(number, number)
        assert.equal((yield* claimIds(1000, "c", 1_000_000)).length, pageSizeMax)
      })
    ),
    specify(
      "gives every delivery to one of several claimers at once",
      Effect.gen(function*() {
        for (let number = 1; number <= 24; number++) yield* published(number, number)
        const taken = (yield* atOnce((caller) => claimIds(100, `c${caller}`, 3))).flat()
        assert.equal(new Set(taken).size, taken.length)
        assert.equal(taken.length, 24)
      })
    ),
    specify(
      "gives one order's events out one after the other, by revision and position",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* publish(yield* confirmed(1), 10, { count: 2 }), 5, { count: 1 })
        const expected = [eventId("order-1", 2, 0), eventId("order-1", 2, 1), eventId("order-1", 3, 0)]
        for (const [turn, id] of expected.entries()) {
          yield* answers(claimIds(100, `c${turn}`), [id])
          yield* answers(claimIds(100, "too early"), [])
          yield* answers(delivered(outbox, named(id, `c${turn}`), startMs + 100), true)
        }
        yield* answers(claimIds(100, "c"), [])
      })
    ),
    specify(
      "counts positions and revisions as numbers",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        let order = yield* publish(yield* confirmed(1), 1, { count: 11 })
        for (let turn = 0; turn < 9; turn++) order = yield* publish(order, 2)
        const seen: Array<string> = []
        for (let turn = 0; turn < 20; turn++) {
          const [delivery] = yield* claim(100, `c${turn}`)
          seen.push(`${delivery!.event.revision}-${delivery!.event.position}`)
          yield* delivered(outbox, named(delivery!.event.id, `c${turn}`), startMs)
        }
        const positions = Array.from({ length: 11 }, (_, position) => `2-${position}`)
        const revisions = Array.from({ length: 9 }, (_, turn) => `${turn + 3}-0`)
        assert.deepEqual(seen, [...positions, ...revisions])
      })
    ),
    specify(
      "takes an event that was committed late, although younger ones are delivered",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 100)
        yield* claim(200, "c1")
        yield* delivered(outbox, named(first(1), "c1"), startMs + 200)
        yield* published(2, 50)
        yield* answers(claimIds(200, "c2"), [first(2)])
      })
    ),
    specify(
      "keeps subscribers apart",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* confirmed(1), 10, { subscribers: ["mail", "books"] })
        yield* answers(claimIds(20, "c1"), [first(1)])
        const [delivery] = yield* claimOf("books", 20, { claim: "c2" })
        assert.equal(delivery!.event.id, first(1))
        yield* delivered(outbox, { subscriber: "books", eventId: first(1), claim: "c2" }, startMs + 20)
        yield* answers(outbox.backlog("books"), 0)
        yield* answers(outbox.backlog("mail"), 1)
      })
    ),
    specify(
      "lets a subscriber that is behind delay only itself",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        const order = yield* publish(yield* confirmed(1), 10, { subscribers: ["mail", "books"] })
        yield* publish(order, 11, { subscribers: ["mail", "books"] })
        yield* claim(20, "held by mail")
        for (const revision of [2, 3]) {
          const [delivery] = yield* claimOf("books", 20, { claim: `c${revision}` })
          assert.equal(delivery!.event.revision, revision)
          const name = { subscriber: "books", eventId: delivery!.event.id, claim: `c${revision}` }
          yield* delivered(outbox, name, startMs)
        }
        yield* answers(outbox.backlog("books"), 0)
      })
    ),
    specify(
      "lets one order that is behind delay only that order",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* published(2, 20)
        yield* claim(30, "c1", 1)
        yield* retryLater(outbox, named(first(1), "c1"), startMs + 9_000_000)
        yield* answers(claimIds(40, "c2"), [first(2)])
      })
    ),
    specify(
      "a delivery that was delivered is never handed out again",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c")
        yield* answers(delivered(outbox, named(first(1), "c"), startMs + 30), true)
        yield* answers(outbox.backlog("mail"), 0)
        yield* answers(claimIds(9_000_000, "d"), [])
      })
    ),
    specify(
      "delivered by a stranger, of nothing, and twice answers false",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* answers(delivered(outbox, named(first(1), "c"), startMs), false)
        yield* claim(20, "c")
        yield* answers(delivered(outbox, named(first(1), "d"), startMs), false)
        yield* answers(delivered(outbox, named("nothing", "c"), startMs), false)
        yield* answers(delivered(outbox, { ...named(first(1), "c"), subscriber: "books" }, startMs), false)
        yield* answers(outbox.backlog("mail"), 1)
        yield* answers(delivered(outbox, named(first(1), "c"), startMs), true)
        yield* answers(delivered(outbox, named(first(1), "c"), startMs), false)
      })
    ),
    specify(
      "a delivery can be claimed again from the end of its time on, with the same event",
      Effect.gen(function*() {
        yield* published(1, 10)
        const [once] = yield* claim(20, "c1")
        yield* answers(claimIds(20 + leaseMs - 1, "c2"), [])
        yield* answers(claim(20 + leaseMs, "c3"), [{ ...once!, attempts: 2, claim: "c3" }])
      })
    ),
    specify(
      "a claim that was followed by another can do nothing any more",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c1")
        yield* claim(20 + leaseMs, "c2")
        const old = named(first(1), "c1")
        yield* answers(delivered(outbox, old, startMs), false)
        yield* answers(retryLater(outbox, old, startMs), false)
        yield* answers(deadLetter(outbox, old, { reason: "late", atMs: startMs }), false)
        yield* answers(delivered(outbox, named(first(1), "c2"), startMs), true)
      })
    ),
    specify(
      "a claim whose time is over can deliver while nobody else has the delivery",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c1")
        yield* answers(delivered(outbox, named(first(1), "c1"), startMs + 9_000_000), true)
      })
    ),
    specify(
      "a delivery that was retried later can be claimed from the given instant on, not before",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        const [once] = yield* claim(20, "c1")
        yield* answers(retryLater(outbox, named(first(1), "c1"), startMs + 500), true)
        yield* answers(retryLater(outbox, named(first(1), "c1"), startMs), false)
        yield* answers(claimIds(499, "c2"), [])
        yield* answers(claim(500, "c3"), [{ ...once!, attempts: 2, claim: "c3" }])
      })
    ),
    specify(
      "a delivery that waits holds back the later ones of its order",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* published(1, 10), 20)
        yield* claim(30, "c1")
        yield* retryLater(outbox, named(first(1), "c1"), startMs + 500)
        yield* answers(claimIds(100, "c2"), [])
        yield* answers(claimIds(500, "c3"), [first(1)])
      })
    ),
    specify(
      "nothing is lost by an asker whose clock is behind",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c1")
        yield* retryLater(outbox, named(first(1), "c1"), startMs + 500)
        yield* answers(claimIds(600, "c2", 0), [])
        yield* answers(claimIds(400, "c3"), [])
        yield* answers(claimIds(600, "c4"), [first(1)])
      })
    )
  ]
}
