/**
 * Days and months of a time zone.
 */
import { parseInstant } from "./instant.ts"

export interface TimeZone {
  /** IANA name, or `UTC`. */
  readonly name: string
  /** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
  readonly aheadMs: (ms: number) => number
}

const quarterMs = 15 * 60_000

/** A zone by its IANA name; `undefined` if there is none. */
export const timeZone = (name: string): TimeZone | undefined => {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric"
    })
  } catch {
    return undefined
  }
  // Asking the calendar is slow, orders come by time, and clocks change at a quarter of an hour.
  let known = { quarter: Number.NaN, aheadMs: 0 }
  return {
    name,
    aheadMs: (ms) => {
      const quarter = Math.floor(ms / quarterMs)
      if (quarter === known.quarter) return known.aheadMs
      const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
      const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
      const wallMs = Date.UTC(
        part("year"),
        part("month") - 1,
        part("day"),
        part("hour"),
        part("minute"),
        part("second")
      )
      known = { quarter, aheadMs: wallMs - Math.floor(ms / 1_000) * 1_000 }
      return known.aheadMs
    }
  }
}

/** The month of an instant: `2026-01`. */
export const monthOf = (ms: number, { aheadMs }: TimeZone): string =>
  new Date(ms + aheadMs(ms)).toISOString().slice(0, 7)

const monthOrDay = /^\d{4}-\d\d(-\d\d)?$/

/** What to say when a text is none of the three. */
export const momentExpected =
  "a month such as 2026-01, a day such as 2026-01-31 or an instant such as 2026-01-31T09:30:00Z"

/** Milliseconds of an instant, or of the midnight at which a month or a day of the zone begins. */
export const parseMoment = (text: string, { aheadMs }: TimeZone): number | undefined => {
  if (!monthOrDay.test(text)) return parseInstant(text)
  const wallMs = parseInstant(`${text.length === 7 ? `${text}-01` : text}T00:00:00Z`)
  if (wallMs === undefined) return undefined
  // The clocks may have changed between the first guess and the midnight that is meant.
  const guessMs = wallMs - aheadMs(wallMs)
  return wallMs - aheadMs(guessMs)
}
