/**
 * Stops a worker before each of its calls until a race lets it go on.
 */
import * as Effect from "effect/Effect"

/** Turns of the scheduler after which a worker that neither calls nor ends waits for something that will never come. */
const turnsMax = 10_000

export class Gate {
  #waiting: { readonly name: string; readonly open: () => void } | undefined
  #isOver = false

  /** Makes the call when the race says so. A call that it never lets through is a worker that died before it. */
  readonly call = <A, E, R>(name: string, made: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.andThen(
      Effect.callback<void>((resume) => {
        this.#waiting = { name, open: () => resume(Effect.void) }
      }),
      made
    )

  /** The worker is done. */
  readonly over = Effect.sync(() => {
    this.#isOver = true
  })

  /** The call that it stands before; undefined when it is done. Only while everybody else stands still. */
  readonly reached: Effect.Effect<string | undefined> = Effect.gen({ self: this }, function*() {
    for (let turn = 0; turn < turnsMax; turn++) {
      if (this.#isOver) return undefined
      if (this.#waiting !== undefined) return this.#waiting.name
      yield* Effect.yieldNow
    }
    return yield* Effect.die(new Error("a worker of a race neither calls nor ends"))
  })

  /** Lets the call through that it stands before. */
  open(): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.open()
  }
}

/** All methods of a service, each behind the gate but those calls that are `free`. */
export const gated = <S extends object>(
  gate: Gate,
  service: S,
  free: (method: string, input: ReadonlyArray<unknown>) => boolean
): S =>
  new Proxy(service, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...input: ReadonlyArray<unknown>) => Effect.Effect<unknown, unknown>
      return (...input: ReadonlyArray<unknown>) =>
        free(String(name), input) ? method(...input) : gate.call(String(name), method(...input))
    }
  })
