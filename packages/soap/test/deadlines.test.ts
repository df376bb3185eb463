import { assert, describe, it } from "@effect/vitest"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { type Deadlines, makeDeadlines } from "../src/transport/Deadlines.ts"

/** Deadlines, what was told so far, and how to watch under a name. */
const world = (deadlines: Deadlines = makeDeadlines()) =>
  Effect.map(Effect.clockWith(Effect.succeed), (clock) => {
    const published: Array<string> = []
    const startMs = Number(clock.monotonicTimeNanosUnsafe()) / 1e6
    const watch = (name: string, afterMs: number, next?: number) =>
      deadlines.watch(clock, startMs + afterMs, () => {
        published.push(name)
        return next === undefined || published.filter((one) => one === name).length > 1 ? undefined : startMs + next
      })
    return { published, watch }
  })

describe("deadlines", () => {
  it.effect("are told when they come, the earliest first, whatever the order they were asked for", () =>
    Effect.gen(function*() {
      const { published, watch } = yield* world()
      watch("third", 300)
      watch("first", 100)
      watch("second", 200)
      yield* TestClock.adjust(99)
      assert.deepStrictEqual(published, [])
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(published, ["first"])
      yield* TestClock.adjust(200)
      assert.deepStrictEqual(published, ["first", "second", "third"])
    }))

  it.effect("that are taken back are not told, and those asked for afterwards are", () =>
    Effect.gen(function*() {
      const { published, watch } = yield* world()
      const takeBack = watch("gone", 100)
      takeBack()
      yield* TestClock.adjust(200)
      watch("later", 300)
      yield* TestClock.adjust(100)
      assert.deepStrictEqual(published, ["later"])
    }))

  it.effect("may be followed by a later one of the same call", () =>
    Effect.gen(function*() {
      const { published, watch } = yield* world()
      watch("call", 100, 250)
      watch("other", 150)
      yield* TestClock.adjust(150)
      assert.deepStrictEqual(published, ["call", "other"])
      yield* TestClock.adjust(100)
      assert.deepStrictEqual(published, ["call", "other", "call"])
    }))

  it.effect("that are over already are told at once", () =>
    Effect.gen(function*() {
      const { published, watch } = yield* world()
      watch("over", -1)
      assert.deepStrictEqual(published, ["over"])
    }))

  it.effect("of calls that end in time cost one timer for all of them", () =>
    Effect.gen(function*() {
      const clock = yield* Effect.clockWith(Effect.succeed)
      let sleeps = 0
      const counting: Clock.Clock = {
        currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe(),
        currentTimeMillis: clock.currentTimeMillis,
        currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
        currentTimeNanos: clock.currentTimeNanos,
        monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
        monotonicTimeNanos: clock.monotonicTimeNanos,
        sleep: (duration) => {
          sleeps += 1
          return clock.sleep(duration)
        }
      }
      const deadlines = makeDeadlines()
      const startMs = Number(clock.monotonicTimeNanosUnsafe()) / 1e6
      const takeBack = [] as Array<() => void>
      for (let n = 0; n < 1_000; n++) {
        takeBack.push(deadlines.watch(counting, startMs + 5_000 + n, () => undefined))
        if (n >= 8) takeBack[n - 8]!()
      }
      assert.strictEqual(sleeps, 1)
    }))
})
