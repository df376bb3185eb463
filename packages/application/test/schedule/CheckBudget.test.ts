import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { CheckBudget } from "../../src/index.ts"
import { CallRate } from "../days/CallRate.ts"

const minuteMs = 60_000

/** Spends whatever there is as soon as there is some, as a schedule that is behind does. */
const spendAll = Effect.fnUntraced(function*(checksPerMinute: number, forMs: number) {
  const budget = yield* CheckBudget
  const account = { name: "shop", checksPerMinute }
  const rate = new CallRate()
  let mostAtOnce = 0
  let longestPauseMs = 0
  for (let atMs = 0; atMs < forMs;) {
    const looks = yield* budget.left(account)
    mostAtOnce = Math.max(mostAtOnce, looks)
    yield* budget.spend(account, looks)
    for (let look = 0; look < looks; look++) rate.add(atMs)
    const pauseMs = yield* budget.againInMs(account)
    longestPauseMs = Math.max(longestPauseMs, pauseMs)
    yield* TestClock.adjust(pauseMs)
    atMs += pauseMs
  }
  return { rate, mostAtOnce, longestPauseMs }
})

describe("the budget of looks", () => {
  for (const checksPerMinute of [1, 3, 6, 9, 13, 60, 600, 997]) {
    it.effect(`of ${checksPerMinute} per minute is never exceeded, in no minute, and is used up evenly`, () =>
      Effect.gen(function*() {
        yield* TestClock.adjust(10 * minuteMs)
        const { longestPauseMs, mostAtOnce, rate } = yield* spendAll(checksPerMinute, 60 * minuteMs)
        assert.isAtMost(rate.mostPerMinute, checksPerMinute)
        assert.isAtLeast(rate.total, 60 * checksPerMinute * 0.98)
        // A minute's worth at once would leave nobody to look for the rest of it.
        assert.isAtMost(mostAtOnce, Math.ceil(checksPerMinute / 12))
        assert.isAtMost(longestPauseMs, Math.ceil(checksPerMinute / 12) * minuteMs / checksPerMinute + 1)
      }).pipe(Effect.provide(CheckBudget.layer)))
  }

  it.effect("is nothing where nothing is allowed, and counts a changed rate at once", () =>
    Effect.gen(function*() {
      const { againInMs, left, spend } = yield* CheckBudget
      const at = (checksPerMinute: number) => ({ name: "shop", checksPerMinute })
      assert.strictEqual(yield* left(at(0)), 0)
      assert.strictEqual(yield* againInMs(at(0)), Number.POSITIVE_INFINITY)
      assert.strictEqual(yield* left(at(24)), 2)
      yield* spend(at(24), 2)
      // Each of the two takes up its part of a minute.
      assert.deepStrictEqual(
        [yield* againInMs(at(24)), yield* againInMs(at(60)), yield* againInMs(at(4))],
        [5_000, 2_000, 30_000]
      )
      yield* TestClock.adjust(5_000)
      assert.strictEqual(yield* left(at(24)), 2)
      assert.strictEqual(yield* left(at(4)), 0)
      assert.strictEqual(yield* left(at(2)), 0)
      assert.strictEqual(yield* againInMs(at(2)), 55_000)
    }).pipe(Effect.provide(CheckBudget.layer)))

  for (const backMs of [1, 2_000, 60 * minuteMs]) {
    it.effect(`stays what it is when the clock is set back by ${backMs} ms`, () =>
      Effect.gen(function*() {
        const account = { name: "shop", checksPerMinute: 4 }
        const { left, spend } = yield* CheckBudget
        yield* TestClock.setTime(60 * minuteMs)
        yield* spend(account, 1)
        yield* TestClock.setTime(60 * minuteMs - backMs)
        assert.strictEqual(yield* left(account), 0)
        yield* TestClock.adjust(minuteMs / 4)
        assert.strictEqual(yield* left(account), 1)
      }).pipe(Effect.provide(CheckBudget.layer)))
  }

  it.effect("is each account's own", () =>
    Effect.gen(function*() {
      const { left, spend } = yield* CheckBudget
      yield* spend({ name: "shop", checksPerMinute: 4 }, 1)
      assert.strictEqual(yield* left({ name: "outlet", checksPerMinute: 4 }), 1)
    }).pipe(Effect.provide(CheckBudget.layer)))
})
