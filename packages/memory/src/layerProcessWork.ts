/**
 * Background work of one process: a loop per kind of work that a wake or the clock starts again.
 *
 * Two rounds of one kind never run at once, and a round claims every order once, so that no order is worked on twice
 * at a time. A wake that comes while a round runs starts one more afterwards: what it speaks of may have been
 * written after the round had looked.
 */
import { BackgroundWork, type Work } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Latch from "effect/Latch"
import * as Layer from "effect/Layer"
import * as Semaphore from "effect/Semaphore"

/** After the first failing round; doubled with each further one in a row. */
export const retryMsFirst = 1_000
/** A store that is away for long is asked once a minute. */
export const retryMsMax = 60_000

/** How long to wait after so many failing rounds in a row, from 1. */
export const retryMsAfter = (failures: number): number => Math.min(retryMsMax, retryMsFirst * 2 ** (failures - 1))

interface Line {
  readonly woken: Latch.Latch
  readonly turn: Semaphore.Semaphore
}

const run = <R>(
  { turn, woken }: Line,
  work: Work,
  { pollMs, round }: { readonly round: Effect.Effect<number, never, R>; readonly pollMs: number }
): Effect.Effect<never, never, R> =>
  Effect.gen(function*() {
    let failures = 0
    for (;;) {
      // Before the round, so that a wake during it is not forgotten.
      yield* woken.close
      const exit = yield* Effect.exit(turn.withPermits(1)(round))
      if (Exit.isFailure(exit)) {
        failures++
        const retryMs = retryMsAfter(failures)
        yield* Effect.logError("a round of background work failed", { work, failures, retryMs }, exit.cause)
        // Not to be cut short by a wake: wakes come all the time, and whatever fails needs rest.
        yield* Effect.sleep(retryMs)
        continue
      }
      failures = 0
      if (exit.value > 0) yield* Effect.yieldNow
      else yield* Effect.timeoutOption(woken.await, pollMs)
    }
  })

/** Background work in this process. Nothing is kept: what is to be done stands in inbox, outbox and orders. */
export const layerProcessWork: Layer.Layer<BackgroundWork> = Layer.sync(BackgroundWork, () => {
  const line = (): Line => ({ woken: Latch.makeUnsafe(false), turn: Semaphore.makeUnsafe(1) })
  const lines: Readonly<Record<Work, Line>> = { inbox: line(), outbox: line(), schedule: line() }
  return BackgroundWork.of({
    wake: (work) => Effect.asVoid(lines[work].woken.open),
    run: (work, options) => run(lines[work], work, options)
  })
})
