/**
 * All ways in which the steps of several workers can follow each other.
 */

/** Who steps when: the number of a worker for every step. */
export type Interleaving = ReadonlyArray<number>

/** All interleavings of workers with so many steps each. Each worker's own steps keep their order. */
export function* interleavings(lengths: ReadonlyArray<number>): Generator<Interleaving, void> {
  const left = [...lengths]
  const taken: Array<number> = []
  const total = lengths.reduce((sum, length) => sum + length, 0)
  function* further(): Generator<Interleaving, void> {
    if (taken.length === total) {
      yield [...taken]
      return
    }
    for (let worker = 0; worker < left.length; worker++) {
      if (left[worker] === 0) continue
      left[worker]!--
      taken.push(worker)
      yield* further()
      taken.pop()
      left[worker]!++
    }
  }
  yield* further()
}

/** How many there are: the multinomial coefficient. */
export const interleavingCount = (lengths: ReadonlyArray<number>): number => {
  let count = 1n
  let placed = 0n
  for (const length of lengths) {
    for (let step = 1n; step <= BigInt(length); step++) {
      placed++
      count = count * placed / step
    }
  }
  return Number(count)
}

/**
 * How far each worker gets before it dies: every combination of `workers` numbers from 0 to `steps`, the last being
 * to die of nothing.
 *
 * A worker that dies before its next step does nothing any more, and nobody notices when. So the interleavings of
 * the steps that were made, for all combinations, are all interleavings of all steps with a death at every point.
 */
export function* lifespans(workers: number, steps: number): Generator<ReadonlyArray<number>, void> {
  if (workers === 0) {
    yield []
    return
  }
  for (const others of lifespans(workers - 1, steps)) {
    for (let length = 0; length <= steps; length++) yield [...others, length]
  }
}

// A linear congruential generator (Numerical Recipes): repeatable everywhere, and good enough to shuffle.
const nextSeed = (seed: number): number => (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0

/** Interleavings drawn at random, all equally likely, the same for the same seed. */
export function* sampledInterleavings(
  lengths: ReadonlyArray<number>,
  { count, seed }: { readonly seed: number; readonly count: number }
): Generator<Interleaving, void> {
  const all = lengths.flatMap((length, worker) => Array.from({ length }, () => worker))
  let state = nextSeed(seed >>> 0)
  for (let drawn = 0; drawn < count; drawn++) {
    const shuffled = [...all]
    for (let position = shuffled.length - 1; position > 0; position--) {
      state = nextSeed(state)
      const other = Math.floor(state / 2 ** 32 * (position + 1))
      const kept = shuffled[position]!
      shuffled[position] = shuffled[other]!
      shuffled[other] = kept
    }
    yield shuffled
  }
}
