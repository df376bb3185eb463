import { OrderStore, StoreFailure } from "@docdata/application"
import {
  interleavings,
  raceCount,
  raceCountWithDeaths,
  RaceLost,
  type RacePlan,
  runRaces,
  runRefreshRaces
} from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { assert, describe, it } from "vitest"
import { layerMemory } from "../../src/index.ts"
import { naive } from "./naiveSteps.ts"
import { fourPaths, threeRefreshes, threeSlowRefreshes, twoPaths } from "./plans.ts"

const lostOf = (plan: RacePlan) =>
  Effect.runPromise(Effect.flip(runRaces(layerMemory, plan, { which: "deaths", oneIn: 3 })))

describe("the races", () => {
  it("are as many as combinatorics says", () => {
    assert.strictEqual(raceCount(threeRefreshes), 34_650)
    assert.strictEqual([...interleavings([4, 4, 4])].length, 34_650)
    assert.strictEqual(new Set([...interleavings([3, 2, 2])].map(String)).size, 210)
    assert.strictEqual(raceCountWithDeaths(threeRefreshes), 110_251)
    assert.strictEqual(raceCount(twoPaths), 48_620)
    assert.strictEqual(raceCountWithDeaths(twoPaths), 184_755)
  })
})

// Everything at once is `npm run store-races`; here every so many.
describe("races on the memory stores", () => {
  it("of three refreshes end as one refresh after the other, whoever dies", async () => {
    const numbers = await Effect.runPromise(runRaces(layerMemory, threeRefreshes, { which: "deaths", oneIn: 199 }))
    assert.strictEqual(numbers.races, Math.ceil(110_251 / 199))
  })

  it("of three refreshes whose answers take time end as one refresh after the other", async () => {
    const numbers = await Effect.runPromise(
      runRaces(layerMemory, threeSlowRefreshes, { which: "sample", seed: 1, count: 400 })
    )
    assert.strictEqual(numbers.withoutDeath, 400)
  })

  it("of four whole paths lose nothing and deliver everything", async () => {
    const numbers = await Effect.runPromise(runRaces(layerMemory, fourPaths, { which: "sample", seed: 2, count: 200 }))
    assert.strictEqual(numbers.races, 200)
  })

  it("of two whole paths lose nothing and deliver everything, whoever dies", async () => {
    const numbers = await Effect.runPromise(runRaces(layerMemory, twoPaths, { which: "deaths", oneIn: 401 }))
    assert.strictEqual(numbers.races, Math.ceil(184_755 / 401))
  })
})

describe("races of the real refresh on the memory stores", () => {
  it("of one worker: alive, and dead before every call", async () => {
    const numbers = await Effect.runPromise(runRefreshRaces(layerMemory, 1, { which: "all", deaths: true }))
    // Claim, read, ask, receive, commit.
    assert.deepStrictEqual(numbers, { races: 6, withoutDeath: 1, steps: 15, longest: 5 })
  })

  it("of two and of three workers end as one refresh after the other, whoever dies", async () => {
    for (const workers of [2, 3]) {
      const numbers = await Effect.runPromise(
        runRefreshRaces(layerMemory, workers, { which: "sample", seed: workers, count: 300 })
      )
      assert.strictEqual(numbers.races, 300)
      assert.isAbove(numbers.withoutDeath, 0)
      // Somebody was overtaken, and read and decided again.
      assert.isAbove(numbers.longest, 5 * workers)
    }
  })

  it("find a store that commits whatever the revision is", async () => {
    const forgetful = Layer.effect(
      OrderStore,
      Effect.map(OrderStore, (store) =>
        OrderStore.of({
          ...store,
          commit: (change) =>
            Effect.flatMap(
              store.read({ by: "id", id: change.orderId }),
              ({ order }) => store.commit({ ...change, expectedRevision: order.revision })
            )
        }))
    )
    const lost = await Effect.runPromise(
      Effect.flip(
        runRefreshRaces(Layer.provideMerge(forgetful, layerMemory), 2, { which: "sample", seed: 1, count: 300 })
      )
    )
    assert.instanceOf(lost, RaceLost)
  })
})

describe("a race of the real refresh", () => {
  it("is not won by a worker that fails, although the next one does its work", async () => {
    const failure = new StoreFailure({ operation: "OrderStore.commit", retryable: false, code: "test" })
    const failingOnce = Layer.effect(
      OrderStore,
      Effect.map(OrderStore, (store) => {
        let isFirst = true
        return OrderStore.of({
          ...store,
          commit: (change) =>
            Effect.suspend(() => {
              if (!isFirst) return store.commit(change)
              isFirst = false
              return Effect.fail(failure)
            })
        })
      })
    )
    const layer = Layer.provideMerge(failingOnce, layerMemory)
    const lost = await Effect.runPromise(Effect.flip(runRefreshRaces(layer, 1, { which: "all", deaths: false })))
    assert.strictEqual(lost, failure)
  })
})

describe("races find the mistake when", () => {
  for (const [violation, steps] of Object.entries(naive)) {
    it(violation, async () => {
      const lost = await lostOf({ workers: 2, steps, claimedBefore: steps.every(({ name }) => name !== "claim") })
      assert.instanceOf(lost, RaceLost)
      assert.isNotEmpty(lost.broken)
    })
  }
})
