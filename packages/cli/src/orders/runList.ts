/**
 * The work of `docdata orders list`.
 */
import type { OrderCursor, StoredOrder } from "@docdata/application"
import { Amount } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { colourOfFulfilment, colourOfStatus, makePaint } from "../text/Paint.ts"
import { printable } from "../text/printable.ts"
import { awayText, instantText } from "../text/whenText.ts"
import { orderFilter } from "./orderFilter.ts"
import { orderLine } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import { eachPage } from "./orderPages.ts"
import { runOnStored } from "./runOnOrders.ts"

const path = "docdata orders list"
const limitDefault = "50"
const limitMax = 1_000_000

const header = [
  "created".padEnd(20),
  "".padEnd(11),
  "status".padEnd(13),
  "goods",
  "amount".padStart(17),
  "merchant".padEnd(10),
  "id".padEnd(24),
  "shop reference"
].join("  ")

const textLine = (order: StoredOrder, { colour, nowMs }: Pick<Shell, "colour" | "nowMs">): string => {
  const paint = makePaint(colour)
  const { fulfilment, status } = order.state
  return [
    instantText(order.createdAtMs),
    awayText(order.createdAtMs, nowMs()).padEnd(11),
    paint(colourOfStatus[status], status.padEnd(13)),
    paint(colourOfFulfilment[fulfilment], fulfilment.padEnd(5)),
    Amount.format({ minor: order.grossMinor, currency: order.currency }).padStart(17),
    order.merchant.padEnd(10),
    order.id.padEnd(24),
    printable(order.shopReference)
  ].join("  ")
}

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
  const print = (orders: ReadonlyArray<StoredOrder>, isFirst: boolean) => {
    const lines = orders.map((order) => asJson ? JSON.stringify(orderLine(order)) : textLine(order, shell))
    if (isFirst && !asJson) lines.unshift(header)
    return Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))
  }
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const filter = yield* orderFilter(given)
      const after = yield* cursorOf(given)
      let last = ""
      const isCut = yield* eachPage(filter, { limit, ...(after === undefined ? {} : { after }) }, (orders) => {
        const isFirst = last === ""
        last = orders.at(-1)?.id ?? last
        return print(orders, isFirst)
      })
      if (last === "" && !asJson) yield* Effect.promise(() => shell.write("none\n"))
      if (isCut) shell.complain(`${path}: there are more; go on with --after ${last}`)
      return exitCodes.done
    }))
}
