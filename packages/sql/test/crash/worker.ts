/**
 * The process that is killed: `worker.ts ENGINE PLACE TURN SEED`.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { say } from "./journal.ts"
import { patiently } from "./patiently.ts"
import { layerOf, type Place } from "./place.ts"
import { work } from "./work.ts"

const [engine, at, turn, seed] = process.argv.slice(2)
const place: Place = { engine: engine === "postgres" ? "postgres" : "sqlite", at: at! }

await Effect.runPromise(
  Effect.sync(() => say({ kind: "ready" })).pipe(
    Effect.andThen(work({ number: Number(turn) }, 20)),
    Random.withSeed(seed!),
    Effect.provide(layerOf(place)),
    patiently
  )
)
