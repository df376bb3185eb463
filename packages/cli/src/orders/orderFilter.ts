/**
 * Which orders are meant, from the flags that several commands share.
 */
import type { OrderFilter } from "@docdata/application"
import * as Effect from "effect/Effect"
import { statusChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import { parseInstant } from "../input/instant.ts"
import { printable } from "../text/printable.ts"
import { CommandFailure } from "./CommandFailure.ts"
import { merchantsOf } from "./orderNamed.ts"

const day = /^\d{4}-\d\d-\d\d$/

/** What to say when a text is neither. */
const instantOrDayExpected = "an instant such as 2026-01-31T09:30:00Z or a day in UTC such as 2026-01-31"

/** Milliseconds of an instant, or of the beginning of a day in UTC. */
const parseInstantOrDay = (text: string): number | undefined =>
  parseInstant(day.test(text) ? `${text}T00:00:00Z` : text)

const readInstant = (flag: "from" | "to", { values }: Given) => {
  const typed = values.get(flag)
  if (typed === undefined) return Effect.undefined
  const ms = parseInstantOrDay(typed)
  return ms === undefined
    ? Effect.fail(
      new CommandFailure({
        exit: exitCodes.badInput,
        message: `--${flag} is ${instantOrDayExpected}; not ${printable(typed)}`
      })
    )
    : Effect.succeed(ms)
}

/** From `--merchant`, `--status`, `--shop-reference`, `--from` and `--to`; the end is excluded. */
export const orderFilter = Effect.fnUntraced(function*(given: Given) {
  const { values } = given
  const shopReference = values.get("shop-reference")
  const createdFromMs = yield* readInstant("from", given)
  const createdBeforeMs = yield* readInstant("to", given)
  const statuses = statusChoices.filter((status) => status === values.get("status"))
  const filter: OrderFilter = {
    merchants: yield* merchantsOf(given),
    ...(statuses.length === 0 ? {} : { statuses }),
    ...(shopReference === undefined ? {} : { shopReference }),
    ...(createdFromMs === undefined ? {} : { createdFromMs }),
    ...(createdBeforeMs === undefined ? {} : { createdBeforeMs })
  }
  return filter
})
