/**
 * A simulated outage for people: how each account came out of it, and what was not as it has to be.
 */
import type { Recovery } from "./simulatedOutage.ts"
import { table } from "./table.ts"
import { minuteMs } from "./VirtualService.ts"

export const minutes = (ms: number): string => `${(ms / minuteMs).toFixed(0)} min`

export const outageText = (recoveries: ReadonlyArray<Recovery>): string =>
  table([
    ["account", "orders", "paid", "bad", "rate", "most in a minute", "calls", "all paid right", "all seen", "allowed"],
    ...recoveries.map((one) => [
      one.name,
      one.orders,
      one.paid,
      one.bad,
      one.refreshesPerMinute,
      one.mostCallsPerMinute,
      one.calls,
      minutes(one.lastPaidMs),
      minutes(one.lastRefreshMs),
      minutes(one.dueWithinMs)
    ])
  ])

export const outageProblems = (recoveries: ReadonlyArray<Recovery>): ReadonlyArray<string> =>
  recoveries.flatMap((one) => [
    ...(one.missed === 0 ? [] : [`${one.name}: ${one.missed} paid orders are not right`]),
    ...(one.starved === 0 ? [] : [`${one.name}: ${one.starved} orders were not refreshed again`]),
    ...(one.mostCallsPerMinute <= one.refreshesPerMinute ? [] : [`${one.name}: ${one.mostCallsPerMinute} in a minute`]),
    ...(one.lastRefreshMs <= one.dueWithinMs && one.lastPaidMs <= one.dueWithinMs ? [] : [`${one.name}: too late`])
  ])
