/**
 * How far a run over many orders is.
 */

const barWidth = 30

/** `[=====     ] 12 of 60, 1 failed`, or without a bar if nobody knows how many there are. */
export const progressText = (done: number, total: number | undefined, failed: number): string => {
  const failures = failed === 0 ? "" : `, ${failed} failed`
  if (total === undefined || total < done) return `${done} done${failures}`
  const filled = total === 0 ? barWidth : Math.floor((done / total) * barWidth)
  return `[${"=".repeat(filled).padEnd(barWidth)}] ${done} of ${total}${failures}`
}
