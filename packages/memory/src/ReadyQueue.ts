/**
 * Things that wait for their time and are then taken in order of age: what an index on (ready, age) is.
 *
 * Two indexes: those whose time has not come by when it comes, the others by age. Asking for the ready ones moves
 * everything whose time has come, once each, so that asking costs what it answers.
 */
import { SortedIndex } from "./SortedIndex.ts"

/** One waiting thing: `atMs` and `id` say its turn, `readyAtMs` when it may be taken. */
export interface Waiting {
  readonly id: string
  readonly atMs: number
  readonly readyAtMs: number
}

export class ReadyQueue {
  readonly #waitingById = new Map<string, Waiting>()
  readonly #later = new SortedIndex()
  readonly #byAge = new SortedIndex()

  /** Puts a thing in, in the place of the one with the same id. */
  put(waiting: Waiting): void {
    this.remove(waiting.id)
    this.#waitingById.set(waiting.id, waiting)
    this.#later.insert({ atMs: waiting.readyAtMs, id: waiting.id })
  }

  /** Takes a thing out, if it is there. */
  remove(id: string): void {
    const waiting = this.#waitingById.get(id)
    if (waiting === undefined) return
    this.#waitingById.delete(id)
    this.#later.remove({ atMs: waiting.readyAtMs, id })
    this.#byAge.remove(waiting)
  }

  /** Ids of what may be taken at `nowMs`, the oldest first. Not to be used across changes. */
  *ready(nowMs: number): Generator<string, void> {
    const arrived: Array<Waiting> = []
    for (const moment of this.#later.ascending()) {
      if (moment.atMs > nowMs) break
      arrived.push(this.#waitingById.get(moment.id)!)
    }
    for (const waiting of arrived) {
      this.#later.remove({ atMs: waiting.readyAtMs, id: waiting.id })
      this.#byAge.insert(waiting)
    }
    for (const { id } of this.#byAge.ascending()) {
      // Somebody with a later clock may have asked before: what is ready for them is not ready for us.
      if (this.#waitingById.get(id)!.readyAtMs <= nowMs) yield id
    }
  }
}
