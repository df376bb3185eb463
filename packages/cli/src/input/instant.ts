/**
 * Instants as people type them: ISO 8601 with a zone, `2026-01-31T09:30:00+01:00` or `...Z`.
 */
const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** What to say when a text is none. */
export const instantExpected = "an ISO 8601 instant with a zone, such as 2026-01-31T09:30:00Z"

/** Milliseconds since 1970-01-01T00:00Z; `undefined` for any other text, days that do not exist included. */
export const parseInstant = (text: string): number | undefined => {
  const found = pattern.exec(text)
  if (found === null) return undefined
  const [, year, month, day] = found
  // `Date` turns the 31st of February into March.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}
