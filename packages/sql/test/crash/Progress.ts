/**
 * How far a long run is, on stderr: in place on a terminal, a line now and then elsewhere.
 */

/** In a log: often enough to see that it lives. */
const logEveryMs = 60_000

const clockText = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (number: number): string => String(number).padStart(2, "0")
  return `${hours > 0 ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`
}

export class Progress {
  readonly #name: string
  readonly #all: number
  readonly #startedMs = performance.now()
  #loggedMs = performance.now()

  constructor(name: string, all: number) {
    this.#name = name
    this.#all = all
  }

  /** Since the beginning, as `MM:SS`. */
  get elapsed(): string {
    return clockText(performance.now() - this.#startedMs)
  }

  show(done: number): void {
    const nowMs = performance.now()
    if (!process.stderr.isTTY && nowMs - this.#loggedMs < logEveryMs) return
    this.#loggedMs = nowMs
    const left = clockText((nowMs - this.#startedMs) / done * (this.#all - done))
    const text = `${this.#name}: ${done} of ${this.#all} kills, ${left} left`
    process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${text}` : `${text}\n`)
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\u001B[K")
  }
}
