/**
 * The work of `docdata orders cancel`.
 */
import { cancelOrder, type CancelResult } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { agreed } from "./agreed.ts"
import { orderLine } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import type { CancelOutput } from "./OrderOutput.ts"
import { type Runner, runOnOrders } from "./runOnOrders.ts"
import { askedAbout, stateText } from "./stateText.ts"

const words = (result: CancelResult): string => {
  switch (result._tag) {
    case "NoPayments":
      return "Docdata cancelled it; there was no payment"
    case "AlreadyCancelled":
      return "Docdata had cancelled it before"
    case "Cancelled":
      return "Docdata cancelled all payments"
    case "NotCancelled":
      return "Docdata did not cancel all payments; the order may still bring money"
    case "Pending":
      return "an acquirer has not answered yet; the order is refreshed again"
    case "Unrecognised":
      return `Docdata answered ${printable(result.word) || "nothing"}`
  }
}

/** Cancels the order, after consent, and prints what is true then; resolves with the exit code. */
export const runCancel = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders cancel", given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const { order } = yield* orderNamed(given.operands[0]!, given)
      yield* agreed([`${askedAbout(order)} will be cancelled at Docdata: nobody can pay it any more`], runner)
      const outcome = yield* cancelOrder({ by: "id", id: order.id })
      const output: typeof CancelOutput.Type = { result: outcome.result._tag, order: orderLine(outcome.order) }
      const text = given.switches.has("json")
        ? JSON.stringify(output)
        : `${words(outcome.result)}\n${stateText(outcome.order)}`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    }))
}
