/**
 * The choices of a race whose length nobody knows beforehand: who goes on next, and who dies.
 *
 * A race asks again and again which of several ways to go. Running it once for every sequence of answers is running
 * every race there is, each once.
 */

export interface Choices {
  /** One of `options` ways, from 0; `options` is at least 1. */
  readonly choose: (options: number) => number
}

interface Taken {
  readonly way: number
  readonly options: number
}

/** Every sequence of answers, one after the other: to be asked until it says that there is no further one. */
export class AllChoices implements Choices {
  #taken: Array<Taken> = []
  #position = 0

  choose(options: number): number {
    const known = this.#taken[this.#position]
    if (known === undefined) this.#taken.push({ way: 0, options })
    this.#position++
    return known?.way ?? 0
  }

  /** Goes back to the last choice that has a way left. False when all ways of all choices were taken. */
  next(): boolean {
    this.#position = 0
    for (;;) {
      const last = this.#taken.pop()
      if (last === undefined) return false
      if (last.way + 1 < last.options) {
        this.#taken.push({ ...last, way: last.way + 1 })
        return true
      }
    }
  }
}

/** Answers drawn at random, the same for the same seed. */
export class DrawnChoices implements Choices {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  choose(options: number): number {
    // A linear congruential generator (Numerical Recipes): repeatable everywhere, and good enough to draw from.
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor(this.#state / 2 ** 32 * options)
  }
}
