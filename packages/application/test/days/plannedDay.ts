/**
 * The orders of a shop's day, and when their money comes: drawn from a seed, as far apart as in life.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { dayMs, hourMs, minuteMs, secondMs } from "./VirtualService.ts"

/** How an order gets paid. Times are after its creation; `moneyAfterMs` is when it is paid. */
type Payment =
  /** At once, at a bank. */
  | { readonly by: "bank"; readonly moneyAfterMs: number }
  /** A card: approved at once, captured by the acquirer in the night. */
  | { readonly by: "card"; readonly approvedAfterMs: number; readonly moneyAfterMs: number }
  /** A bank transfer: promised at once, arrives days later. */
  | { readonly by: "transfer"; readonly promisedAfterMs: number; readonly moneyAfterMs: number }
  /** Left open for ever. */
  | { readonly by: "nobody" }

export interface PlannedOrder {
  readonly afterMs: number
  readonly payment: Payment
}

/** Orders per hour of the day: little at night, most in the evening. */
const hourWeights = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 14, 14, 15, 14, 14, 14, 15, 16, 18, 22, 24, 20, 12, 6]

const creationAfterMs = Effect.map(Effect.all([Random.next, Random.next]), ([which, within]) => {
  const all = hourWeights.reduce((sum, weight) => sum + weight, 0)
  let left = which * all
  const hour = hourWeights.findIndex((weight) => (left -= weight) < 0)
  return Math.round((hour + within) * hourMs)
})

/** Between the two, short times far more often than long ones. */
const spread = (leastMs: number, mostMs: number): Effect.Effect<number> =>
  Effect.map(Random.next, (random) => Math.round(leastMs * (mostMs / leastMs) ** random))

// Nights are between two and four.
const nextNightMs = (afterMs: number): Effect.Effect<number> =>
  Effect.map(
    Random.next,
    (random) => Math.ceil((afterMs - 2 * hourMs) / dayMs) * dayMs + 2 * hourMs + Math.round(random * 2 * hourMs)
  )

const paymentOf = (createdAfterMs: number): Effect.Effect<Payment> =>
  Effect.gen(function*() {
    const share = yield* Random.next
    // Most pay while they sit there, some come back to the menu hours later.
    if (share < 0.55) return { by: "bank", moneyAfterMs: yield* spread(15 * secondMs, 30 * minuteMs) }
    if (share < 0.65) return { by: "bank", moneyAfterMs: yield* spread(30 * minuteMs, 30 * hourMs) }
    if (share < 0.75) {
      const approvedAfterMs = yield* spread(20 * secondMs, 20 * minuteMs)
      const moneyAfterMs = (yield* nextNightMs(createdAfterMs + approvedAfterMs)) - createdAfterMs
      return { by: "card", approvedAfterMs, moneyAfterMs }
    }
    if (share < 0.88) {
      const promisedAfterMs = yield* spread(20 * secondMs, 20 * minuteMs)
      return { by: "transfer", promisedAfterMs, moneyAfterMs: yield* spread(4 * hourMs, 8 * dayMs) }
    }
    return { by: "nobody" }
  })

export const plannedDay = (orders: number): Effect.Effect<ReadonlyArray<PlannedOrder>> =>
  Effect.map(
    Effect.forEach(Array.from({ length: orders }), () =>
      Effect.gen(function*() {
        const afterMs = yield* creationAfterMs
        return { afterMs, payment: yield* paymentOf(afterMs) }
      })),
    (all) => all.toSorted((one, other) => one.afterMs - other.afterMs)
  )
