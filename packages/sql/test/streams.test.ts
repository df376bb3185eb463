import { newWorld, request, runCommandStream, runRequests, type StreamHistory } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type Engine, engines } from "./support/engines.ts"

const run = ({ layer }: Engine, commands: number): Promise<StreamHistory> =>
  Effect.runPromise(runCommandStream(layer, { seed: 20_260_105, commands }))

describe("random commands", () => {
  const tested = engines()

  // Each answer is compared with the plain model, so engines that pass have one history; the digests show it.
  it("have the same history on every engine, 2,000 of them", async () => {
    const digests: Array<string> = []
    for (const engine of tested) digests.push((await run(engine, 2_000)).digest)
    assert.lengthOf(new Set(digests), 1)
  })

  for (const { layer, name } of tested) {
    it(`are answered by ${name} as by the plain model in short streams, whose failures shrink`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(request, { maxLength: 60, size: "max" }),
          (requests) => Effect.runPromise(Effect.provide(runRequests(newWorld(), requests, () => {}), layer))
        ),
        { numRuns: 20, seed: 7 }
      )
    })
  }
})
