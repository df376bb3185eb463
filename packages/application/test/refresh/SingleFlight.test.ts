import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { TestClock } from "effect/testing"
import { SingleFlight } from "../../src/index.ts"

/** A run that takes a second and keeps the requests it was given. */
const slowRun = (runs: Array<ReadonlyArray<number>>) => (requests: ReadonlyArray<number>) =>
  Effect.suspend(() => {
    runs.push(requests)
    return Effect.as(Effect.sleep("1 second"), runs.length)
  })

describe("a single flight", () => {
  it.effect("takes two runs for however many come at once, and loses nobody's request", () =>
    Effect.gen(function*() {
      const { share } = yield* SingleFlight
      const runs: Array<ReadonlyArray<number>> = []
      const calls = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: 500 }, (_, i) => i), (i) => share("k", i, slowRun(runs)), {
          concurrency: "unbounded"
        })
      )
      yield* TestClock.adjust("5 seconds")
      const answers = yield* Fiber.join(calls)
      assert.strictEqual(runs.length, 2)
      assert.deepEqual(runs.flat(), Array.from({ length: 500 }, (_, i) => i))
      assert.strictEqual(answers.filter((answer) => answer === 1).length, 1)
    }).pipe(Effect.provide(SingleFlight.layer)))

  it.effect("never answers with a run that began before the question", () =>
    Effect.gen(function*() {
      const { share } = yield* SingleFlight
      const runs: Array<ReadonlyArray<number>> = []
      const first = yield* Effect.forkChild(share("k", 1, slowRun(runs)))
      yield* TestClock.adjust("500 millis")
      const second = yield* Effect.forkChild(share("k", 2, slowRun(runs)))
      yield* TestClock.adjust("5 seconds")
      assert.deepEqual([yield* Fiber.join(first), yield* Fiber.join(second)], [1, 2])
    }).pipe(Effect.provide(SingleFlight.layer)))

  it.effect("goes on for the others when a caller is interrupted", () =>
    Effect.gen(function*() {
      const { share } = yield* SingleFlight
      const runs: Array<ReadonlyArray<number>> = []
      const first = yield* Effect.forkChild(share("k", 1, slowRun(runs)))
      yield* Effect.yieldNow
      const second = yield* Effect.forkChild(share("k", 2, slowRun(runs)))
      yield* Effect.yieldNow
      const third = yield* Effect.forkChild(share("k", 3, slowRun(runs)))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(first)
      yield* Fiber.interrupt(second)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* Fiber.join(third), 2)
      assert.deepEqual(runs, [[1], [2, 3]])
    }).pipe(Effect.provide(SingleFlight.layer)))

  it.effect("gives a failure to those who shared the run and to nobody after them", () =>
    Effect.gen(function*() {
      const { share } = yield* SingleFlight
      const failed = yield* Effect.exit(share("k", 0, () => Effect.fail("down")))
      assert.deepEqual(failed, Exit.fail("down"))
      assert.strictEqual(yield* share("k", 0, () => Effect.succeed("up")), "up")
      const died = yield* Effect.exit(share("k", 0, () => Effect.die("fault")))
      assert.isTrue(Exit.isFailure(died))
      assert.strictEqual(yield* share("k", 0, () => Effect.succeed("up")), "up")
    }).pipe(Effect.provide(SingleFlight.layer)))

  it.effect("lets keys run beside each other", () =>
    Effect.gen(function*() {
      const { share } = yield* SingleFlight
      const gate = yield* Deferred.make<void>()
      const waiting = yield* Effect.forkChild(share("a", 0, () => Deferred.await(gate)))
      assert.strictEqual(yield* share("b", 0, () => Effect.succeed("b")), "b")
      yield* Deferred.succeed(gate, undefined)
      yield* Fiber.join(waiting)
    }).pipe(Effect.provide(SingleFlight.layer)))

  it.effect("is usable again after callers were interrupted at every moment of their call", () =>
    Effect.gen(function*() {
      const { share } = yield* SingleFlight
      for (let steps = 0; steps < 40; steps++) {
        const caller = yield* Effect.forkChild(share("k", steps, () => Effect.yieldNow))
        for (let step = 0; step < steps; step++) yield* Effect.yieldNow
        yield* Fiber.interrupt(caller)
      }
      assert.strictEqual(yield* share("k", 0, () => Effect.succeed("free")), "free")
    }).pipe(Effect.provide(SingleFlight.layer)))

  it.effect("leaves nobody waiting when it is closed", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const { share } = yield* Effect.map(Layer.buildWithScope(SingleFlight.layer, scope), (context) =>
        context.mapUnsafe.get(SingleFlight.key) as SingleFlight["Service"])
      const flying = yield* Effect.forkChild(Effect.exit(share("k", 1, () =>
        Effect.never)))
      yield* Effect.yieldNow
      const queued = yield* Effect.forkChild(Effect.exit(share("k", 2, () => Effect.never)))
      yield* Effect.yieldNow
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(Exit.isFailure(yield* Fiber.join(flying)))
      assert.isTrue(Exit.isFailure(yield* Fiber.join(queued)))
      assert.isTrue(Exit.isFailure(yield* Effect.exit(share("k", 3, () => Effect.succeed(1)))))
    }))
})
