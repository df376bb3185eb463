/**
 * `npm run walk`: the exhaustive walk of the small world, from the command line.
 *
 *     npm run walk                          every snapshot with one payment, under every paid policy
 *     npm run walk -- --documented          every snapshot with one payment and documented words, under the default policy
 *     npm run walk -- --pairs               every pair of payments
 *     npm run walk -- --pairs --kinds       every pair of kinds of payments that the kernel tells apart
 *     npm run walk -- --additions           every kind of payment, and one more beside it that secures nothing
 *     npm run walk -- --drifts              every kind of payment of a paid order whose daily rate moves
 *     npm run walk -- --pairs --one-in 50   a slice of them, or of the snapshots; --seed N decides which
 *
 * `--expect N` fails unless so many were visited, so that a walk cannot shrink unnoticed. Progress goes to stderr when that is a terminal. Exit code 1 when a law is broken, with the smallest counterexample as
 * JSON on stdout; 2 when the command is wrong.
 */
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { walkInWorkers, type WalkTask } from "./walkInWorkers.ts"

const usage =
  "usage: npm run walk -- [--documented | --additions | --drifts | --pairs [--kinds]] [--one-in N] [--seed N] [--expect N]"

const wholeNumber = (name: string, text: string, least: number): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`--${name}: a whole number from ${least}\n${usage}`)
  }
  return value
}

interface Wanted {
  readonly task: WalkTask
  readonly expected: number | undefined
}

const readWanted = (): Wanted => {
  const { values } = parseArgs({
    options: {
      documented: { type: "boolean", default: false },
      additions: { type: "boolean", default: false },
      drifts: { type: "boolean", default: false },
      expect: { type: "string" },
      pairs: { type: "boolean", default: false },
      kinds: { type: "boolean", default: false },
      "one-in": { type: "string", default: "1" },
      seed: { type: "string", default: "1" }
    }
  })
  const oneIn = wholeNumber("one-in", values["one-in"], 1)
  const seed = wholeNumber("seed", values.seed, 0)
  const expected = values.expect === undefined ? undefined : wholeNumber("expect", values.expect, 1)
  if (values.additions) return { task: { kind: "additions", oneIn, seed }, expected }
  if (values.drifts) return { task: { kind: "drifts", oneIn, seed }, expected }
  const lines = values.kinds ? "one-of-a-kind" : "all"
  const world = values.documented ? "documented" : "full"
  return {
    task: values.pairs ? { kind: "pairs", lines, oneIn, seed } : { kind: "singles", world, oneIn, seed },
    expected
  }
}

const showProgress = (done: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${(done * 100).toFixed(1)} % `)
}

const run = async (): Promise<void> => {
  const { expected, task } = readWanted()
  const startedMs = performance.now()
  const walk = await walkInWorkers(task, { workers: availableParallelism(), onProgress: showProgress })
  if (process.stderr.isTTY) process.stderr.write("\r")
  const seconds = (performance.now() - startedMs) / 1000
  console.log(
    `${task.kind}: ${walk.visited} snapshots visited, ${walk.violations} violations, ${seconds.toFixed(1)} s`
  )
  if (expected !== undefined && walk.visited !== expected) {
    console.error(`${expected} snapshots were expected`)
    process.exitCode = 1
  }
  if (walk.smallest === undefined) return
  console.log(JSON.stringify(walk.smallest, undefined, 2))
  process.exitCode = 1
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
