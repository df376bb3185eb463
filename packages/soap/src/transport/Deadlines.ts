/**
 * The deadlines of all calls to one host, kept by one fiber.
 *
 * Nearly every call ends long before its deadline, so a fiber and a timer for each would be work for nothing. The fiber
 * here sleeps until the earliest deadline it knows, which by then is usually over and done with, and looks again. It is
 * there only while something is watched.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import { monotonicMs } from "./monotonicMs.ts"

/** What happens when it is late. Answers a later instant if there is another deadline after this one. */
export type Late = () => number | undefined

export interface Deadlines {
  /**
   * Calls `late` once `dueMs` has come, in monotonic milliseconds of the clock, unless what it answers is called before.
   * The calls of a host share one clock; the fiber sleeps by that of the call that finds none asleep.
   */
  readonly watch: (clock: Clock.Clock, dueMs: number, late: Late) => () => void
}

interface Watched {
  dueMs: number
  readonly late: Late
}

/** Timers count whole milliseconds: what is due within less is due. */
const timerGrainMs = 1

export const makeDeadlines = (): Deadlines => {
  const watched = new Set<Watched>()
  let watcher: Fiber.Fiber<void> | undefined
  let wakesAtMs = Infinity

  /** Tells everybody who is late, and answers the earliest instant that is left. */
  const report = (nowMs: number): number => {
    let earliestMs = Infinity
    for (const one of watched) {
      if (one.dueMs - nowMs < timerGrainMs) {
        watched.delete(one)
        const next = one.late()
        if (next === undefined) continue
        one.dueMs = next
        watched.add(one)
      }
      earliestMs = Math.min(earliestMs, one.dueMs)
    }
    return earliestMs
  }

  const sleepAndReport = (clock: Clock.Clock): Effect.Effect<void> =>
    Effect.suspend(() => {
      const nowMs = monotonicMs(clock)
      wakesAtMs = report(nowMs)
      if (wakesAtMs !== Infinity) {
        return Effect.andThen(Effect.sleep(wakesAtMs - nowMs), Effect.suspend(() => sleepAndReport(clock)))
      }
      watcher = undefined
      return Effect.void
    })

  const stop = (): void => {
    watcher?.interruptUnsafe()
    watcher = undefined
    wakesAtMs = Infinity
  }

  const watch: Deadlines["watch"] = (clock, dueMs, late) => {
    const one: Watched = { dueMs, late }
    watched.add(one)
    if (dueMs < wakesAtMs) {
      stop()
      wakesAtMs = dueMs
      watcher = Effect.runFork(Effect.provideService(sleepAndReport(clock), Clock.Clock, clock))
    }
    return () => {
      watched.delete(one)
      if (watched.size === 0) stop()
    }
  }

  return { watch }
}
