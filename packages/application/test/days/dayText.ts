/**
 * A simulated day for people: how long after the money orders were right, and what was not as it has to be.
 */
import { type DayOptions, type DayResult, lagMaxMs, type Wait } from "./simulatedDay.ts"
import { table } from "./table.ts"

const waits = Object.keys(lagMaxMs) as ReadonlyArray<Wait>

/** The value that this share of the ascending values does not exceed. */
const percentile = (ascending: ReadonlyArray<number>, share: number): number =>
  ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)] ?? 0

const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`

/** How long after the money orders were right. */
export const lagsTable = (lagsMs: DayResult["lagsMs"]): string => {
  const rows = waits.map((wait) => {
    const lags = lagsMs[wait]
    return [
      wait,
      lags.length,
      seconds(percentile(lags, 0.5)),
      seconds(percentile(lags, 0.99)),
      seconds(percentile(lags, 1)),
      seconds(lagMaxMs[wait])
    ]
  })
  return table([["money came in", "orders", "median", "p99", "longest", "allowed"], ...rows])
}

export const lateProblems = (lagsMs: DayResult["lagsMs"]): ReadonlyArray<string> =>
  waits.flatMap((wait) => {
    const late = lagsMs[wait].filter((lag) => lag > lagMaxMs[wait]).length
    return late === 0 ? [] : [`${late} orders whose money came in ${wait} were right too late`]
  })

export const dayText = ({ calls, lagsMs, mostCallsPerMinute, unpaid }: DayResult): string =>
  [
    lagsTable(lagsMs),
    `${unpaid} orders that nobody paid; ${calls} status calls, at most ${mostCallsPerMinute} in a minute`
  ].join("\n")

export const dayProblems = (
  { invented, lagsMs, missed, mostCallsPerMinute }: DayResult,
  { refreshesPerMinute }: Pick<DayOptions, "refreshesPerMinute">
): ReadonlyArray<string> => [
  ...(missed === 0 ? [] : [`${missed} paid orders were never seen to be paid`]),
  ...(invented === 0 ? [] : [`${invented} orders that nobody paid are not open`]),
  ...(mostCallsPerMinute <= refreshesPerMinute ? [] : [`${mostCallsPerMinute} calls in a minute`]),
  ...lateProblems(lagsMs)
]
