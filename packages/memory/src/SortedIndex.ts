/**
 * Moments in order: what a database index on (time, id) is.
 *
 * A list of short sorted runs. Finding a place costs a binary search over the runs and one inside a run; inserting and
 * removing move at most {@link runLengthMax} entries, so nothing is linear in the number of entries.
 */

/** A point in time that belongs to something. Ordered by time, then id. */
export interface Moment {
  readonly atMs: number
  readonly id: string
}

/** Negative, zero or positive as `a` comes before, with or after `b`. */
export const compareText = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0

/** By time, then by id. */
export const compareMoments = (a: Moment, b: Moment): number => a.atMs - b.atMs || compareText(a.id, b.id)

/** The first `count` of what is walked over; none when `count` is below one. */
export const first = <Item>(items: Iterable<Item>, count: number): ReadonlyArray<Item> => {
  const found: Array<Item> = []
  if (count < 1) return found
  for (const item of items) if (found.push(item) >= count) break
  return found
}

/** Runs are split in two when they grow beyond this; half a run is moved per insertion on average. */
const runLengthMax = 512

/** The first position whose entry is not before `moment`. */
const lowerBound = (run: ReadonlyArray<Moment>, moment: Moment): number => {
  let low = 0
  let high = run.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareMoments(run[middle]!, moment) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export class SortedIndex {
  // Every run is non-empty, and every entry of a run comes before those of the next.
  readonly #runs: Array<Array<Moment>> = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds a moment; one that is there already stays single. */
  insert(moment: Moment): void {
    const position = Math.min(this.#runFor(moment), this.#runs.length - 1)
    const run = this.#runs[position]
    if (run === undefined) {
      this.#runs.push([moment])
      this.#size++
      return
    }
    const index = lowerBound(run, moment)
    const present = run[index]
    if (present !== undefined && compareMoments(present, moment) === 0) return
    run.splice(index, 0, moment)
    this.#size++
    if (run.length > runLengthMax) this.#runs.splice(position + 1, 0, run.splice(run.length >>> 1))
  }

  /** Removes a moment, if it is there. */
  remove(moment: Moment): void {
    const position = this.#runFor(moment)
    const run = this.#runs[position]
    if (run === undefined) return
    const index = lowerBound(run, moment)
    if (compareMoments(run[index]!, moment) !== 0) return
    run.splice(index, 1)
    this.#size--
    if (run.length === 0) this.#runs.splice(position, 1)
  }

  /** From the earliest on, or from the earliest that comes after `start`. Not to be used across changes. */
  *ascending(start?: Moment): Generator<Moment, void> {
    for (let position = start === undefined ? 0 : this.#runFor(start); position < this.#runs.length; position++) {
      for (const moment of this.#runs[position]!) {
        if (start === undefined || compareMoments(moment, start) > 0) yield moment
      }
    }
  }

  /** From the latest on, or from the latest that comes before `end`. Not to be used across changes. */
  *descending(end?: Moment): Generator<Moment, void> {
    let position = this.#runs.length - 1
    let index = this.#runs.at(-1)?.length ?? 0
    if (end !== undefined) {
      const found = this.#runFor(end)
      if (found < this.#runs.length) {
        position = found
        index = lowerBound(this.#runs[found]!, end)
      }
    }
    for (; position >= 0; position--, index = this.#runs[position]?.length ?? 0) {
      const run = this.#runs[position]!
      while (index > 0) yield run[--index]!
    }
  }

  /** The first run whose last entry is not before `moment`; the number of runs when there is none. */
  #runFor(moment: Moment): number {
    let low = 0
    let high = this.#runs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareMoments(this.#runs[middle]!.at(-1)!, moment) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
