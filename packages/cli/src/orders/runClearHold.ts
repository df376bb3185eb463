/**
 * The work of `docdata orders clear-hold`: a held order is let go.
 */
import { clearHold } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { agreed } from "./agreed.ts"
import { orderLine } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import type { ClearHoldOutput } from "./OrderOutput.ts"
import { type Runner, runOnOrders } from "./runOnOrders.ts"
import { askedAbout, stateText } from "./stateText.ts"

/** Clears the hold, after consent, looks, and prints what is true then; resolves with the exit code. */
export const runClearHold = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders clear-hold", given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const { order: before } = yield* orderNamed(given.operands[0]!, given)
      const { hold } = before.state
      if (hold !== undefined) {
        yield* agreed([`${askedAbout(before)} is no longer held (${hold}); goods may leave if it is covered`], runner)
      }
      const { order } = yield* clearHold({ by: "id", id: before.id })
      const output: typeof ClearHoldOutput.Type = {
        ...(hold === undefined ? {} : { cleared: hold }),
        order: orderLine(order)
      }
      const text = given.switches.has("json")
        ? JSON.stringify(output)
        : `${hold === undefined ? "the order was not on hold" : "the hold is cleared"}\n${stateText(order)}`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    }))
}
