/**
 * The walk of the small world, as far as it belongs into every test run: all snapshots with one payment, and a slice of
 * the pairs that is the same every time. `npm run walk` goes further.
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

test("no snapshot with one payment breaks a law", { timeout: 300_000 }, async () => {
  const { smallest, visited } = await walk({ kind: "singles", world: "documented", oneIn: 1, seed: 0 })
  expect(smallest).toBeUndefined()
  // So that the walk cannot shrink unnoticed: 36,000 lines, of which 20,250 show something finished and so have totals
  // that may lag; three amounts; sixteen orders; four intentions.
  expect(visited).toBe((36_000 + 20_250) * 3 * 16 * 4)
})

test("no pair of kinds of payments that the kernel tells apart breaks a law", { timeout: 300_000 }, async () => {
  const { smallest, visited } = await walk({ kind: "pairs", lines: "one-of-a-kind", oneIn: 1, seed: 0 })
  expect(smallest).toBeUndefined()
  // 642 kinds among the 36,000 lines; three amounts; four orders with an intention each.
  expect(visited).toBe(642 ** 2 * 3 * 4)
})

test("no payment that secures nothing lets goods leave beside any kind of payment", { timeout: 300_000 }, async () => {
  const { smallest, visited } = await walk({ kind: "additions" })
  expect(smallest).toBeUndefined()
  expect(visited).toBeGreaterThan(1_000_000)
})

test("no pair of payments in a slice of all pairs breaks a law", { timeout: 300_000 }, async () => {
  const { smallest, visited } = await walk({ kind: "pairs", lines: "all", oneIn: 1500, seed: 20_160_520 })
  expect(smallest).toBeUndefined()
  expect(visited).toBeGreaterThan(1_000_000)
})
