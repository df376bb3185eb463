/**
 * How many calls were made, and the most within any minute.
 */

const windowMs = 60_000

export class CallRate {
  // The calls of the minute that ends with the last one.
  readonly #recent: Array<number> = []
  #total = 0
  #mostPerMinute = 0

  get total(): number {
    return this.#total
  }

  /** In any sixty seconds, wherever they begin. */
  get mostPerMinute(): number {
    return this.#mostPerMinute
  }

  /** A call; never before the last one. */
  add(atMs: number): void {
    this.#total++
    this.#recent.push(atMs)
    while (this.#recent[0]! <= atMs - windowMs) this.#recent.shift()
    this.#mostPerMinute = Math.max(this.#mostPerMinute, this.#recent.length)
  }
}
