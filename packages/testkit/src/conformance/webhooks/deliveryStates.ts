import assert from "node:assert/strict"
import { DeliveryLog, type DeliveryState, OrderStore, Outbox, pageSizeMax } from "@docdata/application"
import { eventId } from "@docdata/domain"
import { claimFor, deadLetter, delivered, retryLater } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { startMs } from "../sample.ts"
import { claim, named, publish, published } from "../outbox/deliveries.ts"
import type { WebhookStores } from "./WebhookStores.ts"

const first = (number: number): string => eventId(`order-${number}`, 2, 0)

const listed = (state: DeliveryState, subscriber = "mail") =>
  Effect.gen(function*() {
    const log = yield* DeliveryLog
    const { items } = yield* log.list({ subscriber, state }, { limit: 100 })
    return items.map(({ event }) => event.id)
  })

export const deliveryStates: Group<WebhookStores> = {
  title: "deliveries and where they stand",
  cases: [
    specify(
      "a delivery is found with its event, wherever it stands",
      Effect.gen(function*() {
        const log = yield* DeliveryLog
        const outbox = yield* Outbox
        yield* published(1, 10)
        const event = (yield* OrderStore.use((store) => store.events("order-1")))[1]!
        const common = { subscriber: "mail", event }
        const delivery = log.find("mail", first(1))
        yield* answers(delivery, { ...common, state: "waiting", attempts: 0 })
        yield* claim(20, "c1")
        yield* answers(delivery, { ...common, state: "waiting", attempts: 1 })
        yield* retryLater(outbox, named(first(1), "c1"), startMs + 500)
        yield* answers(delivery, { ...common, state: "waiting", attempts: 1, notBeforeMs: startMs + 500 })
        yield* claim(500, "c2")
        yield* deadLetter(outbox, named(first(1), "c2"), { reason: "gone", atMs: startMs + 510 })
        const deadLettered = { atMs: startMs + 510, reason: "gone" }
        yield* answers(delivery, { ...common, state: "dead-lettered", attempts: 2, deadLettered })
        yield* outbox.redeliver({ subscriber: "mail", eventId: first(1), notBeforeMs: startMs + 600 })
        yield* claim(600, "c3")
        yield* delivered(outbox, named(first(1), "c3"), startMs + 610)
        yield* answers(delivery, { ...common, state: "delivered", attempts: 1 })
      })
    ),
    specify(
      "what a subscriber was not told is not found",
      Effect.gen(function*() {
        const log = yield* DeliveryLog
        yield* published(1, 10)
        yield* answers(log.find("books", first(1)), undefined)
        yield* answers(log.find("mail", eventId("order-1", 1, 0)), undefined)
        yield* answers(log.find("mail", "nothing"), undefined)
      })
    ),
    specify(
      "the deliveries of an event are those of everybody who was told of it, by subscriber",
      Effect.gen(function*() {
        const log = yield* DeliveryLog
        const outbox = yield* Outbox
        yield* published(4, 10)
        const published2 = yield* published(1, 10)
        yield* publish(published2, 20, { subscribers: ["mail", "books", "Till"] })
        yield* claimFor(outbox, {
          subscriber: "books",
          nowMs: startMs + 30,
          leaseUntilMs: startMs + 60,
          limit: 9,
          claim: "c"
        })
        const id = eventId("order-1", 3, 0)
        yield* deadLetter(outbox, { subscriber: "books", eventId: id, claim: "c" }, {
          reason: "gone",
          atMs: startMs + 40
        })
        const found = yield* log.ofEvent(id)
        assert.deepEqual(found.map(({ subscriber, state }) => [subscriber, state]), [
          ["Till", "waiting"],
          ["books", "dead-lettered"],
          ["mail", "waiting"]
        ])
        assert.deepEqual(found[1], yield* log.find("books", id))
        yield* answers(log.ofEvent(eventId("order-1", 1, 0)), [])
        yield* answers(log.ofEvent("nothing"), [])
      })
    ),
    specify(
      "lists hold the deliveries of one subscriber in one state, newest event first",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(2, 30)
        yield* published(1, 30)
        yield* publish(yield* published(3, 10), 20, { subscribers: ["mail", "books"], count: 2 })
        yield* published(4, 40)
        const claims = yield* claim(50, "c")
        assert.deepEqual(claims.map(({ event }) => event.id), [first(3), first(1), first(2), first(4)])
        yield* delivered(outbox, named(first(3), "c"), startMs)
        yield* delivered(outbox, named(first(1), "c"), startMs)
        yield* delivered(outbox, named(first(2), "c"), startMs)
        yield* deadLetter(outbox, named(first(4), "c"), { reason: "gone", atMs: startMs })
        yield* answers(listed("waiting"), [eventId("order-3", 3, 1), eventId("order-3", 3, 0)])
        yield* answers(listed("delivered"), [first(2), first(1), first(3)])
        yield* answers(listed("dead-lettered"), [first(4)])
        yield* answers(listed("waiting", "books"), [eventId("order-3", 3, 1), eventId("order-3", 3, 0)])
        yield* answers(listed("dead-lettered", "nobody"), [])
      })
    ),
    specify(
      "pages go on after the last of the page before, and what comes in between shifts nothing",
      Effect.gen(function*() {
        const log = yield* DeliveryLog
        for (const number of [1, 2, 3, 4]) yield* published(number, 10)
        const question = { subscriber: "mail", state: "waiting" } as const
        const page = yield* log.list(question, { limit: 2 })
        assert.deepEqual(page.items.map(({ event }) => event.id), [first(4), first(3)])
        yield* published(5, 20)
        const rest = yield* log.list(question, { limit: 2, after: page.next! })
        assert.deepEqual(rest.items.map(({ event }) => event.id), [first(2), first(1)])
        assert.equal(rest.next, undefined)
      })
    ),
    specify(
      `a page holds at least one and at most ${pageSizeMax}`,
      Effect.gen(function*() {
        const log = yield* DeliveryLog
        yield* publish(yield* published(1, 10), 20, { count: pageSizeMax + 1 })
        const question = { subscriber: "mail", state: "waiting" } as const
        assert.equal((yield* log.list(question, { limit: 10_000 })).items.length, pageSizeMax)
        assert.equal((yield* log.list(question, { limit: 0 })).items.length, 1)
      })
    )
  ]
}
