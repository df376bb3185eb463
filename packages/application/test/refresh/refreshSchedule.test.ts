import { defaultPolicy, orderStatuses } from "@docdata/domain"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { graceMs, nextRefreshAt } from "../../src/refresh/index.ts"
import { longestDelayMs, retryDelayMs } from "../../src/limits/index.ts"
import { day, hour, minute, second } from "../support/shop.ts"

const { expireAfterDays } = defaultPolicy

const delayOf = (
  status: (typeof orderStatuses)[number],
  ageMs: number,
  over: { readonly moneyOnItsWay?: true } = {}
) => {
  const atMs = nextRefreshAt({ state: { status, createdAtMs: 0 }, nowMs: ageMs, expireAfterDays, random: 0, ...over })
  return atMs === undefined ? undefined : atMs - ageMs
}

describe("the schedule", () => {
  const rows = [
    // status, age, delay
    ["new", 0, 45 * second],
    ["in_progress", 29 * minute, 45 * second],
    ["pending", hour, 4 * minute],
    ["unknown", 2 * day, 50 * minute],
    ["new", 21 * day, 6 * hour],
    ["pending", 21 * day + graceMs, day],
    ["cancelled", hour, 4 * minute],
    ["expired", 21 * day + graceMs, undefined],
    ["paid", hour, day],
    ["paid_refunded", 119 * day, day],
    ["paid", 121 * day, undefined],
    ["refunded", day, 7 * day],
    ["charged_back", 121 * day, undefined]
  ] as const
  for (const [status, ageMs, delayMs] of rows) {
    it(`looks at ${status} of ${ageMs / hour} hours after ${delayMs === undefined ? "nothing" : delayMs / second}`, () => {
      assert.strictEqual(delayOf(status, ageMs), delayMs)
    })
  }

  it("leaves an order alone for longer once the shop has closed it", () => {
    const state = { status: "cancelled", closedBy: "shop", createdAtMs: 0 } as const
    assert.strictEqual(nextRefreshAt({ state, nowMs: hour, expireAfterDays, random: 0 }), 7 * hour)
  })

  it("jitters by at most a tenth, and always early", () => {
    const state = { status: "new", createdAtMs: 0 } as const
    for (const random of [0, 0.5, 0.999]) {
      const atMs = nextRefreshAt({ state, nowMs: 0, expireAfterDays, random }) ?? 0
      assert.isAtMost(atMs, 45 * second)
      assert.isAtLeast(atMs, 40.5 * second)
    }
  })

  it("hurries while money is on its way, and not for ever", () => {
    assert.strictEqual(delayOf("paid", day, { moneyOnItsWay: true }), hour)
    assert.strictEqual(delayOf("new", 0, { moneyOnItsWay: true }), 45 * second)
    assert.strictEqual(delayOf("refunded", 121 * day, { moneyOnItsWay: true }), undefined)
  })

  it("plans a time in the future for every status of every age until its days are over", () => {
    for (const status of orderStatuses) {
      for (let ageMs = 0; ageMs < expireAfterDays * day + graceMs; ageMs += 7 * hour) {
        assert.isAbove(delayOf(status, ageMs) ?? 0, 0, `${status} of ${ageMs / hour} hours`)
      }
    }
  })
})

describe("the wait before another try", () => {
  it.effect("doubles to four hours, and is between half of that and all of it", () =>
    Effect.gen(function*() {
      for (let attempts = 0; attempts < 40; attempts++) {
        const longest = longestDelayMs(attempts)
        assert.strictEqual(longest, Math.min(4 * hour, second * 2 ** attempts))
        const delayMs = yield* retryDelayMs(attempts)
        assert.isAtLeast(delayMs, longest / 2)
        assert.isAtMost(delayMs, longest)
      }
    }).pipe(Random.withSeed("waits")))
})
