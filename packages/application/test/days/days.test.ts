/**
 * Small sizes of what `npm run refresh-days` runs in full.
 */
import { assert, describe, it } from "vitest"
import { aftermathProblems, aftermathText } from "./aftermathText.ts"
import { dayProblems, dayText } from "./dayText.ts"
import { outageProblems, outageText } from "./outageText.ts"
import { simulatedAftermath } from "./simulatedAftermath.ts"
import { simulatedDay } from "./simulatedDay.ts"
import { simulatedOutage } from "./simulatedOutage.ts"
import { hourMs } from "./VirtualService.ts"

describe("with every notification of a day lost", () => {
  it("every paid order is right while the shopper waits, in the first day, and afterwards", async () => {
    const options = { orders: 60, seed: 1, refreshesPerMinute: 600 }
    const day = await simulatedDay(options)
    assert.deepStrictEqual(dayProblems(day, options), [])
    for (const lags of Object.values(day.lagsMs)) assert.isNotEmpty(lags)
    assert.strictEqual(Object.values(day.lagsMs).flat().length + day.unpaid, options.orders)
    assert.include(dayText(day), "while the shopper waits")
  })

  it("an order that is right a moment too late is named", () => {
    const day = {
      lagsMs: { "while the shopper waits": [60_001], "in the first day": [300_000], "afterwards": [] },
      missed: 1,
      invented: 0,
      unpaid: 0,
      calls: 100,
      mostCallsPerMinute: 3
    }
    assert.lengthOf(dayProblems(day, { refreshesPerMinute: 3 }), 2)
    assert.lengthOf(dayProblems(day, { refreshesPerMinute: 2 }), 3)
  })
})

describe("after an outage", () => {
  it("every account recovers at its own rate, whatever is wrong with single orders", async () => {
    const recoveries = await simulatedOutage({ orders: 2_000, seed: 1, outageMs: 6 * hourMs })
    assert.deepStrictEqual(outageProblems(recoveries), [])
    assert.strictEqual(recoveries.reduce((sum, { orders }) => sum + orders, 0), 2_000)
    assert.isAbove(recoveries.reduce((sum, { bad }) => sum + bad, 0), 0)
    for (const { paid } of recoveries) assert.isAbove(paid, 0)
    assert.include(outageText(recoveries), "all paid right")
  })

  it("new orders are right in time while the old ones are worked off, and those do not starve", async () => {
    const options = {
      orders: 2_000,
      arriving: 80,
      refreshesPerMinute: 75,
      outageMs: hourMs,
      watchedMs: 2 * hourMs,
      seed: 1
    }
    const aftermath = await simulatedAftermath(options)
    assert.deepStrictEqual(aftermathProblems(aftermath, options), [])
    assert.isNotEmpty(aftermath.lagsMs["while the shopper waits"])
    assert.isAbove(aftermath.newRefreshesPerMinute, 0)
    assert.include(aftermathText(aftermath, options), "2000 old orders all seen")
  })
})
