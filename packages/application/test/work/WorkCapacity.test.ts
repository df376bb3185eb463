import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { roundPatienceMs, type Taken, WorkCapacity } from "../../src/index.ts"

const group = { name: "all", limit: 3 }
const forMs = roundPatienceMs

const pieces = (count: number, work: Effect.Effect<unknown>) =>
  Array.from({ length: count }, (_, i) => ({ key: `${i}`, work }))

describe("work capacity", () => {
  it.effect("wait for quick work, and leave slow work to itself", () =>
    Effect.gen(function*() {
      const { fill } = yield* WorkCapacity
      let done = 0
      const work = (ms: number) => Effect.andThen(Effect.sleep(ms), Effect.sync(() => done++))
      const quick = yield* Effect.forkChild(fill("a", { limit: 4, take: () => Effect.succeed(pieces(3, work(10))) }))
      yield* TestClock.adjust(10)
      assert.strictEqual(yield* Fiber.join(quick), 3)
      assert.strictEqual(done, 3)
      const slow = yield* Effect.forkChild(fill("a", { limit: 4, take: () => Effect.succeed(pieces(2, work(60_000))) }))
      yield* TestClock.adjust(roundPatienceMs)
      assert.strictEqual(yield* Fiber.join(slow), 2)
      assert.strictEqual(done, 3)
      yield* TestClock.adjust(60_000)
      assert.strictEqual(done, 5)
    }).pipe(Effect.provide(WorkCapacity.layer)))

  it.effect("offer only what is free, name what is busy, and keep lines apart", () =>
    Effect.gen(function*() {
      const { fill } = yield* WorkCapacity
      const capacities: Array<readonly [number, ReadonlyArray<string>]> = []
      const ask = (line: string, count: number) =>
        Effect.forkChild(fill(line, {
          limit: 3,
          take: ({ busy, free }) =>
            Effect.sync(() => {
              capacities.push([free, [...busy]])
              return pieces(count, Effect.never)
            })
        }))
      for (const [line, count] of [["a", 2], ["a", 1], ["a", 1], ["b", 0]] as const) {
        yield* ask(line, count)
        yield* TestClock.adjust(roundPatienceMs)
      }
      assert.deepEqual(capacities, [[3, []], [1, ["0", "1"]], [1, ["0", "1"]], [3, []]])
    }).pipe(Effect.provide(WorkCapacity.layer)))

  it.effect("give their capacity back when work fails, dies, or cannot be taken", () =>
    Effect.gen(function*() {
      const { fill } = yield* WorkCapacity
      const options = (work: Effect.Effect<unknown>) => ({ limit: 1, take: () => Effect.succeed(pieces(1, work)) })
      yield* fill("a", options(Effect.die("a fault")))
      yield* fill("a", options(Effect.interrupt))
      assert.strictEqual(yield* Effect.flip(fill("a", { limit: 1, take: () => Effect.fail("store") })), "store")
      assert.strictEqual(yield* fill("a", options(Effect.void)), 1)
    }).pipe(Effect.provide(WorkCapacity.layer)))

  it.effect("kept full give a free capacity to the next piece at once, for as long as a round may take", () =>
    Effect.gen(function*() {
      const { keepFull } = yield* WorkCapacity
      let taken = 0
      const startedAtMs: Array<number> = []
      const work = Effect.andThen(
        Effect.flatMap(Clock.currentTimeMillis, (nowMs) => Effect.sync(() => startedAtMs.push(nowMs))),
        Effect.sleep(300)
      )
      const round = yield* Effect.forkChild(keepFull("a", {
        limit: 2,
        group,
        forMs,
        take: ({ free }) =>
          Effect.sync(() => ({ pieces: Array.from({ length: free }, () => ({ key: `${taken++}`, work })) }))
      }))
      yield* TestClock.adjust(5_000)
      assert.strictEqual(yield* Fiber.join(round), 8)
      assert.deepEqual(startedAtMs, [0, 0, 300, 300, 600, 600, 900, 900])
    }).pipe(Effect.provide(WorkCapacity.layer)))

  it.effect("kept full answer at least one while something waits, and none when nothing does", () =>
    Effect.gen(function*() {
      const { keepFull } = yield* WorkCapacity
      const answer = (line: string, taken: Taken<never>) =>
        Effect.gen(function*() {
          const round = yield* Effect.forkChild(
            keepFull(line, { limit: 1, group, forMs, take: () => Effect.succeed(taken) })
          )
          yield* TestClock.adjust(roundPatienceMs)
          return yield* Fiber.join(round)
        })
      assert.strictEqual(yield* answer("a", { pieces: [] }), 0)
      assert.strictEqual(yield* answer("a", { pieces: [], againInMs: 60_000 }), 1)
      assert.strictEqual(yield* answer("a", { pieces: pieces(1, Effect.never) }), 1)
      // The capacity is taken, and stays it.
      assert.strictEqual(yield* answer("a", { pieces: [] }), 1)
    }).pipe(Effect.provide(WorkCapacity.layer)))

  it.effect("kept full ask again when what was found may be begun", () =>
    Effect.gen(function*() {
      const { keepFull } = yield* WorkCapacity
      const askedAtMs: Array<number> = []
      const round = yield* Effect.forkChild(keepFull("a", {
        limit: 1,
        group,
        forMs,
        take: () =>
          Effect.map(Clock.currentTimeMillis, (nowMs) => {
            askedAtMs.push(nowMs)
            return nowMs < 400 ? { pieces: [], againInMs: 200 } : { pieces: [] }
          })
      }))
      yield* TestClock.adjust(roundPatienceMs)
      assert.strictEqual(yield* Fiber.join(round), 0)
      assert.deepEqual(askedAtMs, [0, 200, 400])
    }).pipe(Effect.provide(WorkCapacity.layer)))

  it.effect("kept full share the capacity of their group, and one that takes little leaves the rest to the others", () =>
    Effect.gen(function*() {
      const { keepFull } = yield* WorkCapacity
      const begun = new Map<string, number>()
      const ask = (line: string, count: number) =>
        Effect.forkChild(keepFull(line, {
          limit: 2,
          group,
          forMs,
          take: ({ free }) =>
            Effect.delay(
              Effect.sync(() => {
                const due = Math.min(free, count - (begun.get(line) ?? 0))
                const first = begun.get(line) ?? 0
                begun.set(line, first + due)
                return {
                  pieces: Array.from({ length: due }, (_, i) => ({ key: `${first + i}`, work: Effect.sleep(400) }))
                }
              }),
              1
            )
        }))
      yield* ask("a", 1)
      yield* ask("b", 10)
      yield* ask("c", 10)
      yield* TestClock.adjust(300)
      // Two of three were promised to the first, which needed one.
      assert.deepEqual([...begun], [["a", 1], ["b", 1], ["c", 1]])
      yield* TestClock.adjust(300)
      assert.deepEqual([...begun], [["a", 1], ["b", 3], ["c", 2]])
    }).pipe(Effect.provide(WorkCapacity.layer)))
})
