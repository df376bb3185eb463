/**
 * However slow Docdata is, the schedule of looks leaves connections to those who wait for an answer.
 */
import { refreshConcurrency, refreshConcurrencyMax, refreshConcurrencyTogether } from "@docdata/application"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeFairQueue } from "../src/transport/FairQueue.ts"
import { defaultTransportLimits } from "../src/transport/Limits.ts"

const impatient = { full: () => "full", late: () => "late", whenLate: () => () => {} }

/** Looks that never end, by merchant; then another call of each. */
const callsBeside = (refreshesByMerchant: Readonly<Record<string, number>>) =>
  Effect.gen(function*() {
    const queue = makeFairQueue(defaultTransportLimits)
    for (const [merchant, refreshes] of Object.entries(refreshesByMerchant)) {
      for (let refresh = 0; refresh < refreshes; refresh++) {
        yield* Effect.forkChild(queue.run(merchant, impatient, Effect.never), { startImmediately: true })
      }
    }
    const served: Array<string> = []
    for (const merchant of Object.keys(refreshesByMerchant)) {
      const call = queue.run(merchant, impatient, Effect.sync(() => served.push(merchant)))
      yield* Effect.forkChild(call, { startImmediately: true })
    }
    return served
  })

describe("while every look of the schedule hangs", () => {
  it.effect("a shopper of the same merchant is served at once", () =>
    Effect.map(callsBeside({ shop: refreshConcurrencyMax }), (served) => assert.deepStrictEqual(served, ["shop"])))

  it.effect("the shoppers of all merchants are served at once", () =>
    Effect.gen(function*() {
      const shops = Math.floor(refreshConcurrencyTogether / refreshConcurrency)
      const refreshes = Object.fromEntries(Array.from({ length: shops }, (_, i) => [`shop-${i}`, refreshConcurrency]))
      assert.deepStrictEqual(yield* callsBeside({ ...refreshes, another: 0 }), [...Object.keys(refreshes), "another"])
    }))
})
