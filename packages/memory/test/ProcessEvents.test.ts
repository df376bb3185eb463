import { EventSink, type StoredEvent } from "@docdata/application"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"
import { handoverCapacity, layerProcessEvents, ProcessEvents } from "../src/index.ts"

const event = (number: number): StoredEvent => ({
  id: `order-1-${number}-0`,
  merchant: "shop",
  orderId: "order-1",
  revision: number,
  position: 0,
  occurredAtMs: number,
  payload: { type: "notification.received" }
})

const layer = layerProcessEvents({ subscribers: ["mail", "books"], takeWithinMs: 1_000 })

describe("events inside this process", () => {
  it.effect("names its subscribers", () =>
    Effect.gen(function*() {
      const sink = yield* EventSink
      assert.deepStrictEqual(yield* sink.subscribers(), ["mail", "books"])
    }).pipe(Effect.provide(layer)))

  it.effect("answers a delivery when the subscriber comes back for more, not before", () =>
    Effect.gen(function*() {
      const sink = yield* EventSink
      const gate = yield* Latch.make(false)
      const seen: Array<string> = []
      const streams = yield* ProcessEvents
      yield* Effect.forkChild(Stream.runForEach(streams.events("mail"), ({ id }) =>
        Effect.andThen(
          Effect.sync(() => {
            seen.push(id)
          }),
          gate.await
        )))
      const delivery = yield* Effect.forkChild(sink.deliver("mail", event(1)))
      yield* TestClock.adjust(10)
      assert.deepStrictEqual(seen, [event(1).id])
      assert.isUndefined(delivery.pollUnsafe())
      yield* gate.open
      yield* Fiber.join(delivery)
    }).pipe(Effect.provide(layer)))

  it.effect("fails a delivery that is not done in time, and hands the event over again", () =>
    Effect.gen(function*() {
      const sink = yield* EventSink
      const streams = yield* ProcessEvents
      const late = yield* Effect.forkChild(Effect.flip(sink.deliver("mail", event(1))))
      yield* TestClock.adjust(1_000)
      assert.strictEqual((yield* Fiber.join(late)).permanent, false)
      const reader = yield* Effect.forkChild(Stream.runCollect(Stream.take(streams.events("mail"), 2)))
      const again = yield* Effect.forkChild(sink.deliver("mail", event(1)))
      yield* TestClock.adjust(1)
      const next = yield* Effect.forkChild(Effect.exit(sink.deliver("mail", event(2))))
      yield* TestClock.adjust(1)
      yield* Fiber.join(again)
      // The late one was withdrawn: it is not seen twice.
      assert.deepStrictEqual([...yield* Fiber.join(reader)].map(({ revision }) => revision), [1, 2])
      yield* Fiber.join(next)
    }).pipe(Effect.provide(layer)))

  it.effect("a subscriber that is not there fails its own deliveries only", () =>
    Effect.gen(function*() {
      const sink = yield* EventSink
      const streams = yield* ProcessEvents
      yield* Effect.forkChild(Stream.runDrain(streams.events("books")))
      const absent = yield* Effect.forkChild(Effect.flip(sink.deliver("mail", event(1))))
      const present = yield* Effect.forkChild(sink.deliver("books", event(1)))
      yield* TestClock.adjust(1)
      yield* Fiber.join(present)
      yield* TestClock.adjust(1_000)
      assert.strictEqual((yield* Fiber.join(absent)).subscriber, "mail")
    }).pipe(Effect.provide(layer)))

  it.effect("a full queue is a failed delivery at once", () =>
    Effect.gen(function*() {
      const sink = yield* EventSink
      for (let number = 0; number < handoverCapacity; number++) {
        yield* Effect.forkChild(Effect.exit(sink.deliver("mail", event(number))))
      }
      yield* TestClock.adjust(0)
      const refusal = yield* Effect.flip(sink.deliver("mail", event(9_999)))
      assert.include(refusal.reason, "full")
    }).pipe(Effect.provide(layer)))

  it.effect("a subscriber that leaves in the middle of an event has not taken it", () =>
    Effect.gen(function*() {
      const sink = yield* EventSink
      const streams = yield* ProcessEvents
      const reader = yield* Effect.forkChild(Stream.runForEach(streams.events("mail"), () => Effect.never))
      const delivery = yield* Effect.forkChild(Effect.flip(sink.deliver("mail", event(1))))
      yield* TestClock.adjust(1)
      yield* Fiber.interrupt(reader)
      assert.include((yield* Fiber.join(delivery)).reason, "left")
    }).pipe(Effect.provide(layer)))

  it.effect("a name that nobody has fails without being given up", () =>
    Effect.gen(function*() {
      const sink = yield* EventSink
      assert.strictEqual((yield* Effect.flip(sink.deliver("stranger", event(1)))).permanent, false)
    }).pipe(Effect.provide(layer)))
})
