/**
 * All races on the memory stores: `npm run store-races`. `-- --one-in 10` runs every tenth of the enumerated ones.
 */
import { parseArgs } from "node:util"
import { raceCount, raceCountWithDeaths, type RacePlan, type RaceSelection, runRaces } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import { layerMemory } from "../../src/index.ts"
import { fourPaths, threeLooks, threeSlowLooks, twoPaths } from "./plans.ts"

const { values } = parseArgs({
  options: { "one-in": { type: "string", default: "1" }, seed: { type: "string", default: "1" } }
})
const oneIn = Number(values["one-in"])
const seed = Number(values.seed)
if (!Number.isSafeInteger(oneIn) || oneIn < 1 || !Number.isSafeInteger(seed)) {
  console.error("--one-in takes a whole number above zero, --seed a whole number")
  process.exit(2)
}

const race = async (title: string, plan: RacePlan, selection: RaceSelection): Promise<void> => {
  const startedMs = performance.now()
  const numbers = await Effect.runPromise(runRaces(layerMemory, plan, selection))
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  const which = selection.which === "sample" ? `${selection.count} at random, seed ${seed}` : selection.which
  console.log(
    `${title} (${which}): ${numbers.races} races, ${numbers.withoutDeath} without a death, `
      + `${numbers.steps} steps, nothing lost, ${seconds} s`
  )
}

const enumerated = [
  ["3 workers x read, status call, commit, acknowledge", threeLooks],
  ["2 workers x the whole path", twoPaths]
] as const
for (const [title, plan] of enumerated) {
  console.log(`${title}: ${raceCount(plan)} interleavings, ${raceCountWithDeaths(plan)} with deaths at every point`)
  await race(title, plan, { which: "deaths", oneIn })
}
const count = Math.ceil(20_000 / oneIn)
await race("3 workers x read, ask, hear, commit, acknowledge", threeSlowLooks, { which: "sample", count, seed })
await race("4 workers x the whole path", fourPaths, { which: "sample", count, seed })
