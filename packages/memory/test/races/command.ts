/**
 * All races on the memory stores: `npm run store-races`.
 *
 *     npm run store-races                     the steps of a refresh as its model lists them, and samples of real refreshes
 *     npm run store-races -- --one-in 10      every tenth of the enumerated ones, and a tenth of the samples
 *     npm run store-races -- --refreshes all      two real refreshes, every interleaving
 *     npm run store-races -- --refreshes deaths   the same with a death before every call
 */
import { parseArgs } from "node:util"
import {
  raceCount,
  raceCountWithDeaths,
  type RacePlan,
  type RaceSelection,
  type RefreshRaceSelection,
  runRaces,
  runRefreshRaces
} from "@docdata/testkit"
import * as Effect from "effect/Effect"
import { layerMemory } from "../../src/index.ts"
import { fourPaths, threeRefreshes, threeSlowRefreshes, twoPaths } from "./plans.ts"

const { values } = parseArgs({
  options: {
    "one-in": { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    refreshes: { type: "string" }
  }
})
const oneIn = Number(values["one-in"])
const seed = Number(values.seed)
const isRefreshes = values.refreshes === undefined || values.refreshes === "all" || values.refreshes === "deaths"
if (!Number.isSafeInteger(oneIn) || oneIn < 1 || !Number.isSafeInteger(seed) || !isRefreshes) {
  console.error("--one-in takes a whole number above zero, --seed a whole number, --refreshes all or deaths")
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
  ["3 workers x read, status call, commit, acknowledge", threeRefreshes],
  ["2 workers x the whole path", twoPaths]
] as const
const refreshRace = async (workers: number, selection: RefreshRaceSelection): Promise<void> => {
  const startedMs = performance.now()
  const numbers = await Effect.runPromise(runRefreshRaces(layerMemory, workers, selection))
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  const which = selection.which === "sample"
    ? `at random, seed ${seed}`
    : selection.deaths
    ? "all, with deaths"
    : "all interleavings"
  console.log(
    `${workers} workers x real refreshes (${which}): ${numbers.races} races, ${numbers.withoutDeath} without a death, `
      + `${numbers.steps} calls, the longest race ${numbers.longest}, nothing lost, ${seconds} s`
  )
}

if (values.refreshes !== undefined) {
  await refreshRace(2, { which: "all", deaths: values.refreshes === "deaths" })
} else {
  for (const [title, plan] of enumerated) {
    console.log(`${title}: ${raceCount(plan)} interleavings, ${raceCountWithDeaths(plan)} with deaths at every point`)
    await race(title, plan, { which: "deaths", oneIn })
  }
  const count = Math.ceil(20_000 / oneIn)
  await race("3 workers x read, ask, receive, commit, acknowledge", threeSlowRefreshes, {
    which: "sample",
    count,
    seed
  })
  await race("4 workers x the whole path", fourPaths, { which: "sample", count, seed })
  await refreshRace(2, { which: "sample", count, seed })
  await refreshRace(3, { which: "sample", count, seed })
}
