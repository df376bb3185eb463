/**
 * How a law is checked: as many random cases as `DOCDATA_PROPERTY_RUNS` says (1,000 unless told), the same ones every
 * time unless `DOCDATA_PROPERTY_SEED` holds another number or the word `random`. A failure prints its seed and path.
 */
import fc from "fast-check"
import { test } from "vitest"

const runsFrom = (text: string | undefined): number => {
  const runs = Number(text ?? 1000)
  if (!Number.isSafeInteger(runs) || runs < 1) throw new Error("DOCDATA_PROPERTY_RUNS: a positive integer")
  return runs
}

const seedFrom = (text: string | undefined): number => {
  if (text === "random") return Math.floor(Math.random() * 2 ** 31)
  const seed = Number(text ?? 20_160_520)
  if (!Number.isSafeInteger(seed)) throw new Error("DOCDATA_PROPERTY_SEED: an integer, or random")
  return seed
}

const numRuns = runsFrom(process.env["DOCDATA_PROPERTY_RUNS"])
const seed = seedFrom(process.env["DOCDATA_PROPERTY_SEED"])

// A law is slow only when there are many runs: a tenth of a second for ten of them is far more than it needs.
const timeoutMs = Math.max(20_000, numRuns * 10)

/** A test that `check` holds for every case; `check` throws, or returns false, when it does not. */
export const law = <A>(name: string, cases: fc.Arbitrary<A>, check: (value: A) => boolean | void): void =>
  test(name, { timeout: timeoutMs }, () => {
    fc.assert(fc.property(cases, check), { numRuns, seed })
  })
