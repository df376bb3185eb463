import { newWorld, request, runCommandStream, runRequests, type StreamHistory } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { layerMemory } from "../src/index.ts"

const run = (seed: number, commands: number): Promise<StreamHistory> =>
  Effect.runPromise(runCommandStream(layerMemory, { seed, commands }))

describe("random commands on the memory stores", () => {
  it("answer as the plain model does, 5,000 of them", async () => {
    const history = await run(20_260_105, 5_000)
    assert.isAbove(history.comparisons, 8_000)
    const { callsByMethod } = history
    assert.strictEqual(Object.keys(callsByMethod).length, 34)
    for (const [method, { calls }] of Object.entries(callsByMethod)) assert.isAbove(calls, 20, method)
  })

  it("give the same history for the same seed, and another one for another", async () => {
    const [once, again, other] = [await run(1, 1_000), await run(1, 1_000), await run(2, 1_000)]
    assert.deepStrictEqual(once, again)
    assert.notStrictEqual(once.digest, other.digest)
  })

  it("answer as the plain model does in many short streams, whose failures shrink", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 60, size: "max" }),
        (requests) => Effect.runPromise(Effect.provide(runRequests(newWorld(), requests, () => {}), layerMemory))
      ),
      { numRuns: 100, seed: 7 }
    )
  })
})
