/**
 * Docdata comes back after days, and shoppers with it: how soon the shop knows of new money while a backlog is worked
 * off, and how long that takes.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { longestDelayMs } from "../../src/index.ts"
import { plannedDay } from "./plannedDay.ts"
import { type Followed, lagMaxMs, live, ofPaid, type Wait, waitOf } from "./simulatedDay.ts"
import { placeOrders } from "./simulatedOutage.ts"
import { begun, dayMs, inVirtualTime, Line, minuteMs, refreshingDueOrders } from "./VirtualService.ts"

export interface AftermathOptions {
  /** Open orders from before the outage. */
  readonly orders: number
  /** New orders after it, spread over the watched time as over a day. */
  readonly arriving: number
  readonly refreshesPerMinute: number
  readonly outageMs: number
  /** For how long after the outage. */
  readonly watchedMs: number
  readonly seed: number
}

export interface AftermathResult {
  /** How long after the money each paid new order was right, ascending. */
  readonly lagsMs: Readonly<Record<Wait, ReadonlyArray<number>>>
  /** New orders that were paid long enough ago, and are not paid in the shop. */
  readonly missed: number
  /** Old orders that were never refreshed after the outage. */
  readonly starved: number
  /** From the end of the outage until every old order had been refreshed. */
  readonly lastRefreshMs: number
  /** The latest that the rate allows for, beside the looks at new orders. */
  readonly dueWithinMs: number
  /** Looks at new orders per minute until then. */
  readonly newRefreshesPerMinute: number
  readonly mostCallsPerMinute: number
}

const name = "shop"

/** Counts answered looks until every old order had one. */
const counting = (line: Line["Service"], old: ReadonlySet<string>) => {
  const unseen = new Set(old)
  const count = { unseen, lastAtMs: 0, newRefreshes: 0 }
  line.answered = (orderKey, atMs) => {
    if (unseen.delete(orderKey)) count.lastAtMs = atMs
    else if (unseen.size > 0 && !old.has(orderKey)) count.newRefreshes++
  }
  return count
}

// Rounds come every few seconds, so a rate is not used up to the last call.
const usedShare = 0.95

export const simulatedAftermath = (options: AftermathOptions): Promise<AftermathResult> => {
  const { arriving, refreshesPerMinute, orders, outageMs, seed, watchedMs } = options
  return inVirtualTime(
    { accounts: [{ name, refreshesPerMinute }], seed: `aftermath ${seed}` },
    Effect.scoped(Effect.gen(function*() {
      const line = yield* Line
      const placed = yield* placeOrders([{ name, refreshesPerMinute, orderCount: orders }])
      line.isDown = true
      yield* refreshingDueOrders
      yield* begun
      yield* TestClock.adjust(outageMs)
      line.isDown = false
      const endedAtMs = yield* Clock.currentTimeMillis
      const count = counting(line, new Set(placed.map(({ order }) => order.state.key)))
      const followed: Array<Followed> = []
      const planned = yield* plannedDay(arriving)
      yield* Effect.forkScoped(Effect.forEach(planned, (one, number) =>
        live(
          { ...one, afterMs: Math.round(one.afterMs * watchedMs / dayMs) },
          { number: `new-${number}`, fromMs: endedAtMs, followed }
        ), { concurrency: "unbounded", discard: true }))
      yield* begun
      yield* TestClock.adjust(watchedMs)
      const lastRefreshMs = Math.max(0, count.lastAtMs - endedAtMs)
      const newRefreshesPerMinute = count.newRefreshes / (lastRefreshMs / minuteMs)
      const nowMs = yield* Clock.currentTimeMillis
      // What came in just now need not be known yet.
      const { lagsMs, missed } = yield* ofPaid(
        followed.filter(({ moneyAtMs, order: { createdAtMs } }) =>
          moneyAtMs !== undefined && moneyAtMs < nowMs - lagMaxMs[waitOf(moneyAtMs - createdAtMs)]
        )
      )
      return {
        lagsMs,
        missed,
        starved: count.unseen.size,
        lastRefreshMs,
        dueWithinMs: longestDelayMs(8) + orders / (refreshesPerMinute * usedShare - newRefreshesPerMinute) * minuteMs +
          2 * minuteMs,
        newRefreshesPerMinute,
        mostCallsPerMinute: line.rates.get(name)!.mostPerMinute
      }
    }))
  )
}
