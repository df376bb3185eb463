/**
 * What came of one order of many, and how far the run is, in a line.
 */
import { printable } from "../text/printable.ts"
import type { BatchLine } from "./OrderOutput.ts"

const changeText = ({ after, before }: typeof BatchLine.Type): string =>
  before === after ? `${after}, payments differ` : `${before} -> ${after}`

/** The line; none for what nobody has to receive: failures are told on standard error, and most orders do not change. */
export const batchText = (
  line: typeof BatchLine.Type,
  { isDryRun, isNamed }: { readonly isDryRun: boolean; readonly isNamed: boolean }
): string | undefined => {
  const { after = "", id = "", rule, shopReference = "" } = line
  const whose = `${id.padEnd(24)}  ${printable(shopReference).padEnd(12)}`
  const by = rule === undefined ? "" : `  (${rule})`
  switch (line.outcome) {
    case "changed":
      return `${isDryRun ? "would change" : "changed"}  ${whose}  ${changeText(line)}${by}`
    case "unchanged":
      return isNamed ? `unchanged  ${whose}  ${after}${by}` : undefined
    case "skipped":
    case "failed":
      return undefined
  }
}

const barWidth = 30

/** `[=====     ] 12 of 60, 1 failed`, or without a bar if nobody knows how many there are. */
export const progressText = (done: number, total: number | undefined, failed: number): string => {
  const failures = failed === 0 ? "" : `, ${failed} failed`
  if (total === undefined || total < done) return `${done} done${failures}`
  const filled = total === 0 ? barWidth : Math.floor((done / total) * barWidth)
  return `[${"=".repeat(filled).padEnd(barWidth)}] ${done} of ${total}${failures}`
}
