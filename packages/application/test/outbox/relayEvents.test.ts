import { FakeProvider } from "@docdata/testkit"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import {
  DeliveryFailure,
  OrderStore,
  Outbox,
  redeliverDeadLetters,
  refreshOrder,
  relayAttemptsMax,
  relayEvents
} from "../../src/index.ts"
import { longestDelayMs } from "../../src/limits/index.ts"
import { relayLeaseMs } from "../../src/outbox/index.ts"
import { retryAfterMsMax } from "../../src/ports/index.ts"
import { day, finish, hour, named, orderOf, refusal, second, Subscribers, test } from "../support/shop.ts"

/** An order with four events: created, payment, status, fulfilment. */
const lively = (number: string) =>
  Effect.gen(function*() {
    const { act } = yield* FakeProvider
    const order = yield* orderOf(number)
    yield* act({ do: "pay", orderKey: order.state.key })
    yield* refreshOrder(named(order), { observedBy: "operator" })
    return order
  })

const relayAll = Effect.gen(function*() {
  let count = 0
  for (let begun = yield* relayEvents(); begun > 0; begun = yield* relayEvents()) count += begun
  return count
})

const gotBy = (subscriber: string) =>
  Effect.map(Subscribers, ({ got }) => got.filter((one) => one.subscriber === subscriber).map(({ event }) => event))

const storedIds = (order: { readonly id: string }) =>
  Effect.map(OrderStore.use((store) => store.events(order.id)), (events) => events.map(({ id }) => id))

const idsFor = (
  order: { readonly id: string },
  events: ReadonlyArray<{ readonly orderId: string; readonly id: string }>
) => events.filter(({ orderId }) => orderId === order.id).map(({ id }) => id)

const deadLetteredBy = (subscriber: string) =>
  Outbox.use((outbox) =>
    outbox.deadLettered({ subscriber, limit: 10, deadLetteredFromMs: 0, deadLetteredUntilMs: Number.MAX_SAFE_INTEGER })
  )

const backlog = (subscriber: string) => Outbox.use((outbox) => outbox.backlog(subscriber))

describe("the schedule of tries", () => {
  // A wait is between half of the longest and all of it, three quarters in the middle.
  it("spans about 75 hours", () => {
    let longestMs = 0
    for (let attempts = 1; attempts < relayAttemptsMax; attempts++) longestMs += longestDelayMs(attempts)
    assert.approximately(longestMs * 0.75, 75 * hour, hour)
  })
})

describe("the relay", () => {
  test(
    "hands every event to every subscriber once, in order per order",
    Effect.gen(function*() {
      const orders = [yield* lively("web-1"), yield* lively("web-2"), yield* lively("web-3")]
      // Three orders for each of two subscribers; the later events of an order follow its first one.
      assert.strictEqual(yield* relayAll, 6)
      for (const subscriber of ["books", "mail"]) {
        const got = yield* gotBy(subscriber)
        assert.strictEqual(got.length, 18)
        for (const order of orders) assert.deepEqual(idsFor(order, got), yield* storedIds(order))
        assert.strictEqual(yield* backlog(subscriber), 0)
      }
    }),
    { subscribers: ["books", "mail"] }
  )

  test(
    "repeats what a subscriber refused, with the same id and contents, later each time, before what came after it",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      const order = yield* lively("web-1")
      const refused: Array<unknown> = []
      subscribers.behave = (subscriber, event) =>
        Effect.suspend(() => {
          if (refused.length >= 3) return Effect.void
          refused.push(event)
          return Effect.fail(refusal(subscriber, event, false))
        })
      for (let waitedMs = 0; waitedMs < 30 * second; waitedMs += second) {
        yield* relayAll
        yield* TestClock.adjust(second)
      }
      const [first, ...others] = yield* gotBy("books")
      assert.deepEqual(refused, [first, first, first])
      assert.strictEqual(others.length, 5)
      assert.deepEqual((yield* gotBy("books")).map(({ id }) => id), yield* storedIds(order))
    })
  )

  test(
    "lets a failing subscriber delay only itself",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      yield* lively("web-1")
      subscribers.behave = (subscriber, event) =>
        subscriber === "mail" ? Effect.fail(refusal(subscriber, event, false)) : Effect.void
      yield* relayAll
      assert.strictEqual((yield* gotBy("books")).length, 6)
      assert.strictEqual((yield* gotBy("mail")).length, 0)
      assert.strictEqual(yield* backlog("mail"), 6)
    }),
    { subscribers: ["books", "mail"] }
  )

  test(
    "lets a slow subscriber delay only itself, and one slow order of it only that order",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      const slow = yield* lively("web-1")
      subscribers.behave = (subscriber, { orderId }) =>
        subscriber === "mail" && orderId === slow.id ? Effect.sleep(30 * second) : Effect.void
      const round = yield* Effect.forkChild(relayEvents())
      yield* TestClock.adjust(second)
      yield* finish(round)
      const quick = yield* lively("web-2")
      for (let i = 0; i < 10; i++) yield* finish(yield* Effect.forkChild(relayEvents()), 1)
      assert.strictEqual((yield* gotBy("books")).length, 12)
      assert.deepEqual(idsFor(quick, yield* gotBy("mail")).length, 6)
      assert.deepEqual(idsFor(slow, yield* gotBy("mail")), [])
      yield* TestClock.adjust(30 * second)
      assert.strictEqual(idsFor(slow, yield* gotBy("mail")).length, 1)
    }),
    { subscribers: ["books", "mail"] }
  )

  test(
    "never has more than its capacity under way with one subscriber",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      for (let i = 0; i < 40; i++) yield* orderOf(`web-${i}`)
      let now = 0
      let most = 0
      subscribers.behave = () =>
        Effect.ensuring(
          Effect.andThen(
            Effect.sync(() => {
              now++
              most = Math.max(most, now)
            }),
            Effect.sleep(5 * second)
          ),
          Effect.sync(() => now--)
        )
      const rounds = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: 60 }), () => Effect.andThen(relayEvents(), Effect.sleep(500)))
      )
      yield* finish(rounds)
      assert.strictEqual(most, 16)
      assert.strictEqual((yield* gotBy("books")).length, 40)
    })
  )

  test(
    "dead-letters at once what a subscriber will never take, and goes on with the next event of the order",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      const order = yield* lively("web-1")
      subscribers.behave = (subscriber, event) =>
        event.payload.type === "payment.added" ? Effect.fail(refusal(subscriber, event, true)) : Effect.void
      yield* relayAll
      const [deadLettered] = yield* deadLetteredBy("books")
      assert.deepInclude(deadLettered, { attempts: 1, reason: "refused by the test" })
      assert.strictEqual((yield* gotBy("books")).length, 5)
      subscribers.behave = () => Effect.void
      yield* Outbox.use((outbox) =>
        outbox.redeliver({ subscriber: "books", eventId: deadLettered?.event.id ?? "", notBeforeMs: 0 })
      )
      yield* relayAll
      assert.sameMembers((yield* gotBy("books")).map(({ id }) => id), [...yield* storedIds(order)])
    })
  )

  test(
    "what is dead-lettered is opened again in the order of its order, once, although it is dead-lettered again",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      const order = yield* lively("web-1")
      subscribers.behave = (subscriber, event) => Effect.fail(refusal(subscriber, event, true))
      yield* relayAll
      yield* TestClock.adjust(second)
      const span = { deadLetteredFromMs: 0, deadLetteredUntilMs: yield* Clock.currentTimeMillis }
      const outbox = yield* Outbox
      const opened: Array<string> = []
      const noted = Outbox.of({
        ...outbox,
        redeliver: (request) => {
          opened.push(request.eventId)
          return outbox.redeliver(request)
        }
      })
      const redelivered = yield* Effect.provideService(redeliverDeadLetters({ name: "books" }, span), Outbox, noted)
      assert.deepEqual(redelivered, { opened: 6, more: false })
      assert.deepEqual(opened, [...yield* storedIds(order)])
      yield* relayAll
      assert.strictEqual((yield* deadLetteredBy("books")).length, 6)
      assert.deepEqual(yield* redeliverDeadLetters({ name: "books" }, span), { opened: 0, more: false })
    })
  )

  test(
    "a delivery that was given up and is opened again has its whole schedule",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      yield* orderOf("web-1")
      subscribers.behave = (subscriber, event) => Effect.fail(refusal(subscriber, event, false))
      const untilDeadLettered = Effect.gen(function*() {
        while ((yield* backlog("books")) > 0) {
          yield* relayEvents()
          yield* TestClock.adjust(4 * hour)
        }
        return (yield* deadLetteredBy("books"))[0]?.attempts
      })
      assert.strictEqual(yield* untilDeadLettered, relayAttemptsMax)
      const span = { deadLetteredFromMs: 0, deadLetteredUntilMs: yield* Clock.currentTimeMillis }
      assert.deepEqual(yield* redeliverDeadLetters({ name: "books" }, span), { opened: 1, more: false })
      yield* relayEvents()
      assert.strictEqual(yield* backlog("books"), 1)
      assert.strictEqual(yield* untilDeadLettered, relayAttemptsMax)
    })
  )

  test(
    "dead-letters what failed for days, with the last reason",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      yield* orderOf("web-1")
      subscribers.behave = (subscriber, event) => Effect.fail(refusal(subscriber, event, false))
      let waitedMs = 0
      for (; (yield* backlog("books")) > 0 && waitedMs < 6 * day; waitedMs += hour / 4) {
        yield* relayEvents()
        yield* TestClock.adjust(hour / 4)
      }
      assert.strictEqual((yield* deadLetteredBy("books"))[0]?.attempts, relayAttemptsMax)
      assert.isAbove(waitedMs, 65 * hour)
      assert.isBelow(waitedMs, 90 * hour)
    })
  )

  test(
    "waits as long as a subscriber asks, but no longer than four hours",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      yield* orderOf("web-1")
      let asked = 0
      const asksFor = (retryAfterMs: number) => {
        subscribers.behave = (subscriber, event) =>
          Effect.suspend(() => {
            asked++
            return Effect.fail(
              new DeliveryFailure({ subscriber, eventId: event.id, permanent: false, reason: "too much", retryAfterMs })
            )
          })
      }
      asksFor(hour)
      yield* relayAll
      yield* TestClock.adjust(hour - second)
      yield* relayAll
      assert.strictEqual(asked, 1)
      yield* TestClock.adjust(2 * second)
      asksFor(30 * day)
      yield* relayAll
      assert.strictEqual(asked, 2)
      yield* TestClock.adjust(retryAfterMsMax - second)
      yield* relayAll
      assert.strictEqual(asked, 2)
      yield* TestClock.adjust(2 * second)
      yield* relayAll
      assert.strictEqual(asked, 3)
    })
  )

  test(
    "delivers again what a dead process had claimed, when the claim ends",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      const order = yield* orderOf("web-1")
      // The subscriber has the event, and the process dies before that is written down.
      subscribers.behave = () => Effect.die(new Error("the process ends here"))
      yield* relayEvents()
      subscribers.behave = () => Effect.void
      yield* TestClock.adjust(relayLeaseMs - second)
      assert.strictEqual(yield* relayEvents(), 0)
      yield* TestClock.adjust(2 * second)
      assert.strictEqual(yield* relayEvents(), 1)
      assert.deepEqual((yield* gotBy("books")).map(({ id }) => id), yield* storedIds(order))
    })
  )

  test(
    "opens deliveries for the subscribers of the moment of the commit, and for a new one on request",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      const order = yield* orderOf("web-1")
      subscribers.names.push("late")
      yield* relayAll
      assert.strictEqual((yield* gotBy("late")).length, 0)
      const [id] = yield* storedIds(order)
      yield* Outbox.use((outbox) => outbox.redeliver({ subscriber: "late", eventId: id ?? "", notBeforeMs: 0 }))
      yield* relayAll
      assert.deepEqual((yield* gotBy("late")).map((event) => event.id), [id])
    })
  )
})
