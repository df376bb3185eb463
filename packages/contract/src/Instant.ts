/**
 * Times and days on the interface: ISO 8601 text, never numbers.
 */
import * as Schema from "effect/Schema"

const isDay = (text: string): boolean => {
  const atMs = Date.parse(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text.slice(0, 10))
}

const example = "2026-11-30T20:15:00.000Z"

/** A moment that the service tells. */
export const Instant = Schema.String.annotate({ format: "date-time", examples: [example] })

/** A moment that a caller tells: in UTC, with or without milliseconds. */
export const GivenInstant = Schema.String.check(
  Schema.makeFilter((text: string) => isDay(text) && !Number.isNaN(Date.parse(text)), {
    expected: `a moment in UTC such as ${example}`
  }),
  Schema.isPattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/u, { expected: `a moment in UTC such as ${example}` })
).annotate({ format: "date-time", examples: [example] })

/** A day of the calendar. */
export const Day = Schema.String.check(
  Schema.makeFilter(isDay, { expected: "a day of the calendar such as 2026-12-01" }),
  Schema.isPattern(/^\d{4}-\d\d-\d\d$/u, { expected: "a day of the calendar such as 2026-12-01" })
).annotate({ format: "date", examples: ["2026-12-01"] })
