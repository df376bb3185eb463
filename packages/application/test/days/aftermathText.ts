/**
 * A simulated aftermath for people: how the new orders fared, how the old ones, and what was not as it has to be.
 */
import { lagsTable, lateProblems } from "./dayText.ts"
import { minutes } from "./outageText.ts"
import type { AftermathOptions, AftermathResult } from "./simulatedAftermath.ts"

export const aftermathText = (result: AftermathResult, { orders }: Pick<AftermathOptions, "orders">): string =>
  [
    lagsTable(result.lagsMs),
    `${orders} old orders all seen after ${minutes(result.lastRefreshMs)} of ${minutes(result.dueWithinMs)} allowed; ` +
    `${result.newRefreshesPerMinute.toFixed(0)} looks at new orders a minute meanwhile, ` +
    `at most ${result.mostCallsPerMinute} calls in a minute`
  ].join("\n")

export const aftermathProblems = (
  { dueWithinMs, lagsMs, lastRefreshMs, missed, mostCallsPerMinute, starved }: AftermathResult,
  { refreshesPerMinute }: Pick<AftermathOptions, "refreshesPerMinute">
): ReadonlyArray<string> => [
  ...(missed === 0 ? [] : [`${missed} paid orders were never seen to be paid`]),
  ...(starved === 0 ? [] : [`${starved} old orders were not refreshed again`]),
  ...(lastRefreshMs <= dueWithinMs ? [] : ["the old orders were seen too late"]),
  ...(mostCallsPerMinute <= refreshesPerMinute ? [] : [`${mostCallsPerMinute} calls in a minute`]),
  ...lateProblems(lagsMs)
]
