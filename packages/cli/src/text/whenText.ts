/**
 * Instants as people read them: the exact one in UTC, and how far away it is.
 */

/** `2026-01-31T09:30:00Z`. */
export const instantText = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z")

const units = [
  { words: "s", ms: 1_000, until: 120_000 },
  { words: "min", ms: 60_000, until: 120 * 60_000 },
  { words: "h", ms: 3_600_000, until: 48 * 3_600_000 },
  { words: "days", ms: 86_400_000, until: Infinity }
] as const

/** `5 min ago`, `in 3 h`, `now`; cut, not rounded, so that nothing seems older than it is. */
export const awayText = (ms: number, nowMs: number): string => {
  const awayMs = Math.abs(ms - nowMs)
  if (awayMs < 1_000) return "now"
  const { ms: unitMs, words } = units.find(({ until }) => awayMs < until) ?? units[3]
  const amount = `${Math.floor(awayMs / unitMs)} ${words}`
  return ms < nowMs ? `${amount} ago` : `in ${amount}`
}

/** `2026-01-31T09:30:00Z, 5 min ago`. */
export const whenText = (ms: number, nowMs: number): string => `${instantText(ms)}, ${awayText(ms, nowMs)}`
