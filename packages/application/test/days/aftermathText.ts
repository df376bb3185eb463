/**
 * A simulated aftermath for people: how the new orders fared, how the old ones, and what was not as it has to be.
 */
import { lagsTable, lateProblems } from "./dayText.ts"
import { minutes } from "./outageText.ts"
import type { AftermathOptions, AftermathResult } from "./simulatedAftermath.ts"

export const aftermathText = (result: AftermathResult, { orders }: Pick<AftermathOptions, "orders">): string =>
  [
    lagsTable(result.lagsMs),
    `${orders} old orders all seen after ${minutes(result.lastLookMs)} of ${minutes(result.dueWithinMs)} allowed; ` +
    `${result.newLooksPerMinute.toFixed(0)} looks at new orders a minute meanwhile, ` +
    `at most ${result.mostCallsPerMinute} calls in a minute`
  ].join("\n")

export const aftermathProblems = (
  { dueWithinMs, lagsMs, lastLookMs, missed, mostCallsPerMinute, starved }: AftermathResult,
  { checksPerMinute }: Pick<AftermathOptions, "checksPerMinute">
): ReadonlyArray<string> => [
  ...(missed === 0 ? [] : [`${missed} paid orders were never seen to be paid`]),
  ...(starved === 0 ? [] : [`${starved} old orders were not looked at again`]),
  ...(lastLookMs <= dueWithinMs ? [] : ["the old orders were seen too late"]),
  ...(mostCallsPerMinute <= checksPerMinute ? [] : [`${mostCallsPerMinute} calls in a minute`]),
  ...lateProblems(lagsMs)
]
