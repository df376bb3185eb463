import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { RefreshBudget } from "../../src/index.ts"
import { CallRate } from "../days/CallRate.ts"

const minuteMs = 60_000

/** Spends whatever there is as soon as there is some, as a schedule that is behind does. */
const spendAll = Effect.fnUntraced(function*(refreshesPerMinute: number, forMs: number) {
  const budget = yield* RefreshBudget
  const account = { name: "shop", refreshesPerMinute }
  const rate = new CallRate()
  let mostAtOnce = 0
  let longestPauseMs = 0
  for (let atMs = 0; atMs < forMs;) {
    const refreshes = yield* budget.left(account)
    mostAtOnce = Math.max(mostAtOnce, refreshes)
    yield* budget.spend(account, refreshes)
    for (let refresh = 0; refresh < refreshes; refresh++) rate.add(atMs)
    const pauseMs = yield* budget.againInMs(account)
    longestPauseMs = Math.max(longestPauseMs, pauseMs)
    yield* TestClock.adjust(pauseMs)
    atMs += pauseMs
  }
  return { rate, mostAtOnce, longestPauseMs }
})

describe("the budget of refreshes", () => {
  for (const refreshesPerMinute of [1, 3, 6, 9, 13, 60, 600, 997]) {
    it.effect(`of ${refreshesPerMinute} per minute is never exceeded, in no minute, and is used up evenly`, () =>
      Effect.gen(function*() {
        yield* TestClock.adjust(10 * minuteMs)
        const { longestPauseMs, mostAtOnce, rate } = yield* spendAll(refreshesPerMinute, 60 * minuteMs)
        assert.isAtMost(rate.mostPerMinute, refreshesPerMinute)
        assert.isAtLeast(rate.total, 60 * refreshesPerMinute * 0.98)
        // A minute's worth at once would leave nobody to look for the rest of it.
        assert.isAtMost(mostAtOnce, Math.ceil(refreshesPerMinute / 12))
        assert.isAtMost(longestPauseMs, Math.ceil(refreshesPerMinute / 12) * minuteMs / refreshesPerMinute + 1)
      }).pipe(Effect.provide(RefreshBudget.layer)))
  }

  it.effect("is nothing where nothing is allowed, and counts a changed rate at once", () =>
    Effect.gen(function*() {
      const { againInMs, left, spend } = yield* RefreshBudget
      const at = (refreshesPerMinute: number) => ({ name: "shop", refreshesPerMinute })
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
    }).pipe(Effect.provide(RefreshBudget.layer)))

  for (const backMs of [1, 2_000, 60 * minuteMs]) {
    it.effect(`stays what it is when the clock is set back by ${backMs} ms`, () =>
      Effect.gen(function*() {
        const account = { name: "shop", refreshesPerMinute: 4 }
        const { left, spend } = yield* RefreshBudget
        yield* TestClock.setTime(60 * minuteMs)
        yield* spend(account, 1)
        yield* TestClock.setTime(60 * minuteMs - backMs)
        assert.strictEqual(yield* left(account), 0)
        yield* TestClock.adjust(minuteMs / 4)
        assert.strictEqual(yield* left(account), 1)
      }).pipe(Effect.provide(RefreshBudget.layer)))
  }

  it.effect("is each account's own", () =>
    Effect.gen(function*() {
      const { left, spend } = yield* RefreshBudget
      yield* spend({ name: "shop", refreshesPerMinute: 4 }, 1)
      assert.strictEqual(yield* left({ name: "outlet", refreshesPerMinute: 4 }), 1)
    }).pipe(Effect.provide(RefreshBudget.layer)))
})
