/**
 * The longer proofs at the size of a CI run, one after the other: `npm run proof`. At most 40 minutes in all; what is
 * quick belongs into `npm test`, what takes longer (mutation testing, benchmarks) has a script of its own.
 */
import { runInSequence } from "./runInSequence.ts"

runInSequence("proofs", [
  {
    name: "demo",
    command: "npm run --silent demo",
    purpose: "the main job runs from a fresh clone",
    timeoutMinutes: 5
  }
])
