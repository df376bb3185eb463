/**
 * The work of `docdata orders list`.
 */
import type { OrderCursor } from "@docdata/application"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { makeListText } from "./listText.ts"
import { orderFilter } from "./orderFilter.ts"
import { orderLine } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import { eachPage } from "./orderPages.ts"
import { runOnStored } from "./runOnOrders.ts"

const path = "docdata orders list"
const limitDefault = "50"
const limitMax = 1_000_000

const cursorOf = Effect.fnUntraced(function*(given: Given) {
  const typed = given.values.get("after")
  if (typed === undefined) return undefined
  const { order: { createdAtMs, id } } = yield* orderNamed(typed, given)
  return { createdAtMs, id } satisfies OrderCursor
})

/** Prints the orders; resolves with the exit code. */
export const runList = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const limit = wholeNumber(given.values.get("limit") ?? limitDefault, limitMax)
  if (limit === undefined || limit === 0) return badUsage(shell, path, `--limit is a number from 1 to ${limitMax}`)
  const asJson = given.switches.has("json")
  const { colour, columns, nowMs } = shell
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const filter = yield* orderFilter(given)
      const after = yield* cursorOf(given)
      const textOf = makeListText({ colour, columns, nowMs: nowMs(), hasAccounts: filter.merchants?.length !== 1 })
      let last = ""
      const isCut = yield* eachPage(filter, { limit, ...(after === undefined ? {} : { after }) }, (orders) => {
        if (orders.length === 0) return Effect.void
        last = orders.at(-1)?.id ?? last
        const lines = asJson ? orders.map((order) => JSON.stringify(orderLine(order))) : textOf(orders)
        return Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))
      })
      if (last === "" && !asJson) yield* Effect.promise(() => shell.write("none\n"))
      if (isCut) shell.complain(`${path}: there are more; go on with --after ${last}`)
      return exitCodes.done
    }))
}
