/**
 * The work of `docdata orders cancel` and `docdata orders clear-hold`.
 */
import * as Effect from "effect/Effect"
import { report } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { agreed } from "./agreed.ts"
import { orderNamed } from "./orderNamed.ts"
import { askedAbout, stateText } from "./orderText.ts"

const cancelTexts = {
  NoPayments: "Docdata cancelled it; there was no payment",
  AlreadyCancelled: "Docdata had cancelled it before",
  Cancelled: "Docdata cancelled all payments",
  NotCancelled: "Docdata did not cancel all payments; the order may still bring money",
  Pending: "an acquirer has not answered yet; the order is refreshed again",
  Unrecognised: "Docdata answered with a word that is not known"
} as const

/** Cancels the order, after consent, and prints what is true then; resolves with the exit code. */
export const runCancel = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders cancel", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const order = yield* orderNamed(api, given.operands[0]!, given)
      yield* agreed(`${askedAbout(order)} will be cancelled at Docdata: nobody can pay it any more`, runner)
      const cancelled = yield* api.orders.cancel({ params: { orderId: order.id } })
      yield* report(runner, cancelled, ({ order, result }) => `${cancelTexts[result]}\n${stateText(order)}`)
      return exitCodes.done
    }))
}

/** Clears the hold, after consent, and prints what is true then; resolves with the exit code. */
export const runClearHold = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders clear-hold", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const order = yield* orderNamed(api, given.operands[0]!, given)
      if (order.hold !== undefined) {
        yield* agreed(
          `${askedAbout(order)} is no longer held (${order.hold}); goods may leave if it is covered`,
          runner
        )
      }
      const after = yield* api.orders.clearHold({ params: { orderId: order.id } })
      yield* report(
        runner,
        after,
        ({ cleared, order }) =>
          `${cleared === undefined ? "the order was not on hold" : "the hold is cleared"}\n${stateText(order)}`
      )
      return exitCodes.done
    }))
}
