/**
 * One thing that the doctor looked at.
 */
import * as Schema from "effect/Schema"

/** `fail` keeps the service from working; `warn` is worth a refresh, or could not be found out. */
const checkLevels = ["ok", "warn", "fail"] as const

/** What each line of `docdata doctor --json` is. */
export const Check = Schema.Struct({
  level: Schema.Literals(checkLevels),
  name: Schema.String.annotate({
    description: "What was checked: settings, database, clock of the test system, ..."
  }),
  found: Schema.String,
  next: Schema.optionalKey(Schema.String).annotate({ description: "What to do; always there unless ok" })
}).annotate({ identifier: "Check" })

export type Check = typeof Check.Type

export const ok = (name: string, found: string): Check => ({ level: "ok", name, found })

export const warn = (name: string, found: string, next: string): Check => ({ level: "warn", name, found, next })

export const fail = (name: string, found: string, next: string): Check => ({ level: "fail", name, found, next })
