/**
 * What the runs on the engines led to, as a table.
 */
import type { CrashReport } from "./crashRun.ts"

export interface EngineRun {
  readonly engine: string
  readonly elapsed: string
  readonly report: CrashReport
}

const header = ["engine", "kills", "server crashes", "answers kept", "events", "repeats", "wrong", "time"]

const rowOf = ({ elapsed, engine, report }: EngineRun): ReadonlyArray<string> => [
  engine,
  ...[
    report.kills,
    report.serverCrashes,
    report.acknowledgements,
    report.events,
    report.repeats,
    report.problems.length
  ]
    .map(String),
  elapsed
]

/** The table, and below it the failures that the stores answered with while their server was down, by engine. */
export const reportText = (runs: ReadonlyArray<EngineRun>): string => {
  const rows = [header, ...runs.map(rowOf)]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (row: ReadonlyArray<string>): string =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)).join("  ")
  const failures = runs.flatMap(({ engine, report }) =>
    [...report.failures].toSorted(([, one], [, other]) => other - one)
      .map(([failure, count]) => `${engine}: ${count} x ${failure}`)
  )
  return [...rows.map(line), ...failures].join("\n")
}
