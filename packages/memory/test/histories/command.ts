/**
 * Runs a long stream of random commands on the memory stores and the plain model:
 * `npm run store-histories -- --commands 100000 --seed 1`.
 *
 * Prints the digest of the observable history; the stores of other packages print theirs for the same seed.
 */
import { parseArgs } from "node:util"
import { historyText, runCommandStream } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import { layerMemory } from "../../src/index.ts"

const { values } = parseArgs({
  options: { commands: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } }
})
const commands = Number(values.commands)
const seed = Number(values.seed)
if (!Number.isSafeInteger(commands) || commands < 1 || !Number.isSafeInteger(seed)) {
  console.error("--commands takes a whole number above zero, --seed a whole number")
  process.exit(2)
}

const startedMs = performance.now()
const history = await Effect.runPromise(runCommandStream(layerMemory, { seed, commands }))
console.log(historyText("memory", history, { seed, elapsedMs: performance.now() - startedMs }))
