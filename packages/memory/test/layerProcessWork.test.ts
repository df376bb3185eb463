import { BackgroundWork, type Work } from "@docdata/application"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as Logger from "effect/Logger"
import { TestClock } from "effect/testing"
import { layerProcessWork, retryMsAfter, retryMsFirst, retryMsMax } from "../src/index.ts"

const pollMs = 5_000

/** Lets every fiber that can go on go on, without time passing. */
const resolve = Effect.repeat(Effect.yieldNow, { times: 100 })

/** Work of one kind that has begun, and how many of its rounds have. A round without anything to do unless told so. */
const begun = Effect.fnUntraced(function*(
  kind: Work,
  round: (number: number) => Effect.Effect<number> = () => Effect.succeed(0)
) {
  const work = yield* BackgroundWork
  let count = 0
  const counted = Effect.suspend(() => round(++count))
  const fiber = yield* Effect.forkChild(Effect.provide(work.run(kind, { round: counted, pollMs }), Logger.layer([])))
  yield* resolve
  return { fiber, work, rounds: () => count }
})

describe("background work in one process", () => {
  it.effect("runs at once, then every poll", () =>
    Effect.gen(function*() {
      const { rounds } = yield* begun("inbox")
      assert.strictEqual(rounds(), 1)
      yield* TestClock.adjust(pollMs - 1)
      assert.strictEqual(rounds(), 1)
      yield* TestClock.adjust(1)
      assert.strictEqual(rounds(), 2)
      yield* TestClock.adjust(pollMs * 3)
      assert.strictEqual(rounds(), 5)
    }).pipe(Effect.provide(layerProcessWork)))

  it.effect("runs at once after a wake of its own kind only", () =>
    Effect.gen(function*() {
      const { rounds, work } = yield* begun("inbox")
      yield* work.wake("outbox")
      yield* resolve
      assert.strictEqual(rounds(), 1)
      yield* Effect.all([work.wake("inbox"), work.wake("inbox"), work.wake("inbox")])
      yield* resolve
      assert.strictEqual(rounds(), 2)
    }).pipe(Effect.provide(layerProcessWork)))

  it.effect("goes on at once while a round handled something", () =>
    Effect.gen(function*() {
      const { rounds } = yield* begun("outbox", (number) => Effect.succeed(number <= 7 ? 1 : 0))
      assert.strictEqual(rounds(), 8)
    }).pipe(Effect.provide(layerProcessWork)))

  it.effect("runs once more after a wake that came during a round", () =>
    Effect.gen(function*() {
      const gate = yield* Latch.make(false)
      const { rounds, work } = yield* begun("inbox", () => Effect.as(gate.await, 0))
      yield* work.wake("inbox")
      yield* gate.open
      yield* resolve
      assert.strictEqual(rounds(), 2)
    }).pipe(Effect.provide(layerProcessWork)))

  it.effect("reports a failing round and repeats it later and later, whatever wakes it", () =>
    Effect.gen(function*() {
      const work = yield* BackgroundWork
      const starts: Array<number> = []
      const lines: Array<unknown> = []
      const round = Effect.gen(function*() {
        starts.push(yield* TestClock.testClockWith((clock) => clock.currentTimeMillis))
        return yield* Effect.die(new Error("the disk is full"))
      })
      const logger = Logger.make(({ message }) => {
        lines.push(message)
      })
      yield* Effect.forkChild(Effect.provide(work.run("inbox", { round, pollMs }), Logger.layer([logger])))
      yield* resolve
      yield* work.wake("inbox")
      yield* resolve
      assert.strictEqual(starts.length, 1)
      yield* TestClock.adjust(retryMsAfter(1) + retryMsAfter(2) + retryMsAfter(3))
      assert.deepStrictEqual(starts.map((at) => at - starts[0]!), [0, 1_000, 3_000, 7_000])
      assert.strictEqual(lines.length, 4)
    }).pipe(Effect.provide(layerProcessWork)))

  it.effect("forgets failures after a round that worked", () =>
    Effect.gen(function*() {
      const plan = ["die", "die", "works", "die"]
      const { rounds } = yield* begun(
        "inbox",
        (number) => plan[number - 1] === "die" ? Effect.die(new Error("busy")) : Effect.succeed(0)
      )
      yield* TestClock.adjust(retryMsAfter(1) + retryMsAfter(2))
      assert.strictEqual(rounds(), 3)
      yield* TestClock.adjust(pollMs)
      assert.strictEqual(rounds(), 4)
      yield* TestClock.adjust(retryMsFirst)
      assert.strictEqual(rounds(), 5)
    }).pipe(Effect.provide(layerProcessWork)))

  it.effect("never runs two rounds of one kind at once", () =>
    Effect.gen(function*() {
      const work = yield* BackgroundWork
      let running = 0
      let most = 0
      const round = Effect.gen(function*() {
        running++
        most = Math.max(most, running)
        yield* Effect.sleep(10)
        running--
        return 0
      })
      yield* Effect.forkChild(work.run("inbox", { round, pollMs }))
      yield* Effect.forkChild(work.run("inbox", { round, pollMs }))
      yield* TestClock.adjust(pollMs * 4)
      assert.strictEqual(most, 1)
    }).pipe(Effect.provide(layerProcessWork)))

  it.effect("ends with its scope", () =>
    Effect.gen(function*() {
      const { fiber, rounds, work } = yield* begun("inbox")
      yield* Fiber.interrupt(fiber)
      yield* work.wake("inbox")
      yield* TestClock.adjust(pollMs * 2)
      assert.strictEqual(rounds(), 1)
    }).pipe(Effect.provide(layerProcessWork)))

  it("waits at most a minute", () => {
    assert.strictEqual(retryMsAfter(50), retryMsMax)
  })
})
