import assert from "node:assert/strict"
import { OrderStore, Outbox } from "@docdata/application"
import { eventId } from "@docdata/domain"
import { deadLetter, delivered, retryLater } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { confirmed, startMs } from "../sample.ts"
import { claim, claimIds, claimOf, named, publish, published } from "./deliveries.ts"

const first = (number: number): string => eventId(`order-${number}`, 2, 0)
const second = (number: number): string => eventId(`order-${number}`, 3, 0)

const deadLetterOf = (id: string, afterMs: number) =>
  Effect.gen(function*() {
    const outbox = yield* Outbox
    return yield* deadLetter(outbox, named(id, "c"), { reason: `reason ${id}`, atMs: startMs + afterMs })
  })

const deadLettered = (subscriber: string, limit: number, [afterMs, untilMs] = [0, 9_000_000]) =>
  Outbox.use((outbox) =>
    outbox.deadLettered({
      subscriber,
      limit,
      deadLetteredFromMs: startMs + afterMs,
      deadLetteredUntilMs: startMs + untilMs
    })
  )

const redeliver = (id: string, afterMs: number, subscriber = "mail") =>
  Effect.gen(function*() {
    const outbox = yield* Outbox
    return yield* outbox.redeliver({ subscriber, eventId: id, notBeforeMs: startMs + afterMs })
  })

export const deadLettering: Group<OrderStore | Outbox> = {
  title: "dead-letter and redeliver",
  cases: [
    specify(
      "a dead-lettered delivery keeps its reason and what is known of it",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* published(1, 10)
        yield* claim(20, "c")
        yield* answers(deadLetterOf(first(1), 30), true)
        const event = (yield* store.events("order-1"))[1]!
        yield* answers(deadLettered("mail", 10), [{
          subscriber: "mail",
          event,
          attempts: 1,
          deadLetteredAtMs: startMs + 30,
          reason: `reason ${first(1)}`
        }])
        yield* answers(deadLettered("books", 10), [])
      })
    ),
    specify(
      "a dead-lettered delivery is no longer open and never handed out by itself",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c")
        yield* deadLetterOf(first(1), 30)
        yield* answers(outbox.backlog("mail"), 0)
        yield* answers(claimIds(9_000_000, "d"), [])
      })
    ),
    specify(
      "a dead-lettered delivery lets the next event of its order go",
      Effect.gen(function*() {
        yield* publish(yield* published(1, 10), 20)
        yield* claim(30, "c")
        yield* answers(claimIds(30, "d"), [])
        yield* deadLetterOf(first(1), 40)
        yield* answers(claimIds(50, "e"), [second(1)])
      })
    ),
    specify(
      "dead-lettered deliveries come earliest first, then by event id, those of the asked time and as many as asked for",
      Effect.gen(function*() {
        for (const number of [1, 2, 3]) yield* published(number, number)
        yield* claim(20, "c")
        yield* deadLetterOf(first(2), 30)
        yield* deadLetterOf(first(3), 20)
        yield* deadLetterOf(first(1), 20)
        const ids = (yield* deadLettered("mail", 10)).map(({ event }) => event.id)
        assert.deepEqual(ids, [first(1), first(3), first(2)])
        assert.equal((yield* deadLettered("mail", 2)).length, 2)
        yield* answers(deadLettered("mail", 0), [])
        assert.equal((yield* deadLettered("mail", 10, [20, 30])).length, 2)
        assert.equal((yield* deadLettered("mail", 10, [21, 31])).length, 1)
      })
    ),
    specify(
      "a claim that dead-lettered its delivery has ended",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c")
        yield* deadLetterOf(first(1), 30)
        yield* answers(deadLetterOf(first(1), 40), false)
        yield* answers(delivered(outbox, named(first(1), "c"), startMs), false)
        yield* answers(retryLater(outbox, named(first(1), "c"), startMs), false)
      })
    ),
    specify(
      "redeliver opens a delivered delivery again, with the same event and its attempts anew",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        const [once] = yield* claim(20, "c")
        yield* delivered(outbox, named(first(1), "c"), startMs + 20)
        yield* answers(redeliver(first(1), 100), true)
        yield* answers(outbox.backlog("mail"), 1)
        yield* answers(claimIds(99, "d"), [])
        yield* answers(claim(100, "e"), [{ ...once!, claim: "e" }])
      })
    ),
    specify(
      "redeliver opens a dead-lettered delivery again, which is dead-lettered no longer",
      Effect.gen(function*() {
        yield* published(1, 10)
        yield* claim(20, "c")
        yield* deadLetterOf(first(1), 30)
        yield* answers(redeliver(first(1), 40), true)
        yield* answers(deadLettered("mail", 5), [])
        const [again] = yield* claim(50, "d")
        assert.equal(again!.attempts, 1)
        assert.equal(again!.event.id, first(1))
      })
    ),
    specify(
      "redeliver makes a delivery for a subscriber that had none",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* answers(redeliver(first(1), 50, "new subscriber"), true)
        yield* answers(outbox.backlog("new subscriber"), 1)
        yield* answers(claimOf("new subscriber", 49, { claim: "c" }), [])
        const [delivery] = yield* claimOf("new subscriber", 50, { claim: "d" })
        assert.equal(delivery!.event.id, first(1))
        assert.equal(delivery!.attempts, 1)
        yield* answers(outbox.backlog("mail"), 1)
      })
    ),
    specify(
      "redeliver of an unknown event answers false",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* answers(redeliver("nothing", 10), false)
        yield* answers(outbox.backlog("mail"), 1)
      })
    ),
    specify(
      "redeliver lets a delivery that waits be claimed from another instant on",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c")
        yield* retryLater(outbox, named(first(1), "c"), startMs + 9_000_000)
        yield* answers(redeliver(first(1), 30), true)
        yield* answers(outbox.backlog("mail"), 1)
        yield* answers(claimIds(30, "d"), [first(1)])
      })
    ),
    specify(
      "redeliver leaves a claimed delivery to its claim",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* published(1, 10)
        yield* claim(20, "c")
        yield* answers(redeliver(first(1), 30), true)
        yield* answers(claimIds(40, "d"), [])
        yield* answers(delivered(outbox, named(first(1), "c"), startMs), true)
        yield* answers(outbox.backlog("mail"), 0)
      })
    ),
    specify(
      "redeliver puts an event before the later ones of its order again",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* published(1, 10), 20)
        yield* claim(30, "c")
        yield* delivered(outbox, named(first(1), "c"), startMs + 30)
        yield* redeliver(first(1), 40)
        yield* answers(claimIds(50, "d"), [first(1)])
        yield* delivered(outbox, named(first(1), "d"), startMs + 50)
        yield* answers(claimIds(60, "e"), [second(1)])
      })
    ),
    specify(
      "the backlog counts what waits or is claimed, of one subscriber",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        const order = yield* publish(yield* confirmed(1), 10, { count: 3 })
        yield* publish(order, 20, { subscribers: ["books"] })
        yield* claim(30, "c")
        yield* answers(outbox.backlog("mail"), 3)
        yield* delivered(outbox, named(first(1), "c"), startMs)
        yield* answers(outbox.backlog("mail"), 2)
        yield* answers(outbox.backlog("books"), 1)
        yield* answers(outbox.backlog("nobody"), 0)
      })
    ),
    specify(
      "an event for a new subscriber waits for nothing that the subscriber was never told",
      Effect.gen(function*() {
        const order = yield* published(1, 10)
        yield* publish(order, 20, { subscribers: ["late"] })
        const [delivery] = yield* claimOf("late", 30, { claim: "c" })
        assert.equal(delivery!.event.id, second(1))
      })
    )
  ]
}
