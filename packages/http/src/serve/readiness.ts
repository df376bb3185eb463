/**
 * Whether the service can do its work: its store takes writes. Docdata is no part of it, since without Docdata notifications
 * are still written down and orders shown.
 *
 * Whoever reaches the service may ask, as often as they like: one probe at a time writes, and its answer is kept.
 */
import { type StoreFailure, StoreHealth } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"

/** Whoever asks is about to decide whether to send shoppers here: a slow store is none. */
const readyWithinMs = 1_000

/** Balancers ask every few seconds, and a store that was lost has to be noticed within five. */
const keptMs = 2_000

/** What fails, in a word or two; nothing when the service is ready. No place and no text of the store. */
export type Obstacle = string | undefined

const slow = `the store took no write within ${readyWithinMs} ms`

const obstacleOf = ({ code }: StoreFailure): string => `the store took no write (${code})`

/** Answers what is in the way. What changes is logged once. */
export const makeReadiness = Effect.gen(function*() {
  const { proveWrite } = yield* StoreHealth
  const scope = yield* Effect.scope
  let known: { readonly obstacle: Obstacle; readonly untilMs: number } | undefined
  let probe: Fiber.Fiber<Obstacle> | undefined
  const keep = Effect.fnUntraced(function*(obstacle: Obstacle, reason = obstacle) {
    const before = known?.obstacle
    known = { obstacle, untilMs: (yield* Clock.currentTimeMillis) + keptMs }
    if (before === undefined && obstacle !== undefined) yield* Effect.logError("the service is not ready", { reason })
    if (before !== undefined && obstacle === undefined) yield* Effect.logInfo("the service is ready again")
    return obstacle
  })
  // In a fiber of its own: whoever stops waiting stops no write, and a write that hangs is not begun twice.
  const begin = Effect.forkIn(
    Effect.matchEffect(proveWrite(), {
      onSuccess: () => keep(undefined),
      onFailure: (failure) => keep(obstacleOf(failure), failure.message)
    }).pipe(Effect.ensuring(Effect.sync(() => {
      probe = undefined
    }))),
    scope
  )
  return Effect.gen(function*() {
    if (known !== undefined && (yield* Clock.currentTimeMillis) < known.untilMs) return known.obstacle
    const waiting = probe ?? (yield* begin)
    probe = waiting
    return yield* Effect.timeoutOrElse(Fiber.join(waiting), { duration: readyWithinMs, orElse: () => keep(slow) })
  })
})
