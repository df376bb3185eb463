/**
 * However slow Docdata is, the schedule of looks leaves connections to those who wait for an answer.
 */
import { recheckConcurrency, recheckConcurrencyMax, recheckConcurrencyTogether } from "@docdata/application"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeFairQueue } from "../src/transport/FairQueue.ts"
import { defaultTransportLimits } from "../src/transport/Limits.ts"

const impatient = { full: () => "full", late: () => "late", whenLate: () => () => {} }

/** Looks that never end, by merchant; then another call of each. */
const callsBeside = (looksByMerchant: Readonly<Record<string, number>>) =>
  Effect.gen(function*() {
    const queue = makeFairQueue(defaultTransportLimits)
    for (const [merchant, looks] of Object.entries(looksByMerchant)) {
      for (let look = 0; look < looks; look++) {
        yield* Effect.forkChild(queue.run(merchant, impatient, Effect.never), { startImmediately: true })
      }
    }
    const served: Array<string> = []
    for (const merchant of Object.keys(looksByMerchant)) {
      const call = queue.run(merchant, impatient, Effect.sync(() => served.push(merchant)))
      yield* Effect.forkChild(call, { startImmediately: true })
    }
    return served
  })

describe("while every look of the schedule hangs", () => {
  it.effect("a shopper of the same merchant is served at once", () =>
    Effect.map(callsBeside({ shop: recheckConcurrencyMax }), (served) => assert.deepStrictEqual(served, ["shop"])))

  it.effect("the shoppers of all merchants are served at once", () =>
    Effect.gen(function*() {
      const shops = Math.floor(recheckConcurrencyTogether / recheckConcurrency)
      const looks = Object.fromEntries(Array.from({ length: shops }, (_, i) => [`shop-${i}`, recheckConcurrency]))
      assert.deepStrictEqual(yield* callsBeside({ ...looks, another: 0 }), [...Object.keys(looks), "another"])
    }))
})
