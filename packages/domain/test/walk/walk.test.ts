/**
 * The walk of the small world, as far as it belongs into every test run: slices that are the same every time. The proof
 * walks all snapshots with one payment and all pairs of kinds, see `.ci/proof.ts`.
 */
import { availableParallelism } from "node:os"
import { expect, test } from "vitest"
import type { Walk } from "./Walk.ts"
import { walkInWorkers, type WalkTask } from "./walkInWorkers.ts"

// Workers run the sources as they are, about twice as fast as through the test runner's loader.
const walk = async (task: WalkTask): Promise<Walk> => {
  const startedMs = performance.now()
  const found = await walkInWorkers(task, { workers: availableParallelism() })
  const seconds = (performance.now() - startedMs) / 1000
  console.log(`walk, ${task.kind}: ${found.visited} visited, ${found.violations} violations, ${seconds.toFixed(1)} s`)
  return found
}

test("no snapshot with one payment in a slice of all of them breaks a law", { timeout: 300_000 }, async () => {
  const { smallest, visited } = await walk({ kind: "singles", world: "documented", oneIn: 23, seed: 20_160_520 })
  expect(smallest).toBeUndefined()
  // A 23rd of what the proof counts exactly.
  expect(visited).toBeGreaterThan(450_000)
})

test(
  "no pair in a slice of the kinds of payments that the kernel tells apart breaks a law",
  { timeout: 300_000 },
  async () => {
    const { smallest, visited } = await walk({ kind: "pairs", lines: "one-of-a-kind", oneIn: 23, seed: 20_160_520 })
    expect(smallest).toBeUndefined()
    expect(visited).toBeGreaterThan(200_000)
  }
)

test(
  "no payment that secures nothing lets goods leave beside a slice of the kinds of payments",
  { timeout: 300_000 },
  async () => {
    const { smallest, visited } = await walk({ kind: "additions", oneIn: 23, seed: 20_160_520 })
    expect(smallest).toBeUndefined()
    expect(visited).toBeGreaterThan(44_000)
  }
)

test(
  "no fall of the daily rate lets a paid order go, and no smaller capture passes for one, in a slice of the kinds of payments",
  { timeout: 300_000 },
  async () => {
    const { smallest, visited } = await walk({ kind: "drifts", oneIn: 23, seed: 20_160_520 })
    expect(smallest).toBeUndefined()
    expect(visited).toBeGreaterThan(60_000)
  }
)

test("no pair of payments in a slice of all pairs breaks a law", { timeout: 300_000 }, async () => {
  const { smallest, visited } = await walk({ kind: "pairs", lines: "all", oneIn: 15_000, seed: 20_160_520 })
  expect(smallest).toBeUndefined()
  expect(visited).toBeGreaterThan(100_000)
})
