/**
 * The work of `docdata orders list` and `docdata orders show`.
 */
import * as Effect from "effect/Effect"
import { isJson, report, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { makeListText } from "./listText.ts"
import { eachOrderPage, orderFilter } from "./orderFilter.ts"
import { orderToRead } from "./orderNamed.ts"
import { showText } from "./showText.ts"

const limitDefault = "50"
const limitMax = 1_000_000

/** Prints the orders; resolves with the exit code. */
export const runList = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders list", given, shell }
  const limit = wholeNumber(given.values.get("limit") ?? limitDefault, limitMax)
  if (limit === undefined || limit === 0) {
    return badUsage(shell, runner.path, `--limit is a number from 1 to ${limitMax}`)
  }
  const { colour, columns, nowMs } = shell
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const filter = yield* orderFilter(api, given)
      const hasAccounts = filter.merchant === undefined && (yield* api.merchants.list()).merchants.length !== 1
      const textOf = makeListText({ colour, columns, nowMs: nowMs(), hasAccounts })
      let isEmpty = true
      const next = yield* eachOrderPage(api, { filter, limit, after: given.values.get("after") }, (orders) => {
        if (orders.length > 0) isEmpty = false
        const lines = isJson(runner) ? orders.map((order) => JSON.stringify(order)) : textOf(orders)
        return orders.length === 0 ? Effect.void : writeLines(shell, lines)
      })
      if (isEmpty && !isJson(runner)) yield* writeLines(shell, ["none"])
      if (next !== undefined) shell.complain(`${runner.path}: there are more; go on with --after ${next}`)
      return exitCodes.done
    }))
}

/** Prints the order; resolves with the exit code. */
export const runShow = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders show", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const order = yield* orderToRead(api, runner)
      const modifications = isJson(runner)
        ? []
        : (yield* api.modifications.list({ params: { orderId: order.id } })).modifications
      yield* report(
        runner,
        order,
        (one) => showText(one, modifications, { colour: shell.colour, nowMs: shell.nowMs() })
      )
      return exitCodes.done
    }))
}
