/**
 * The work of `docdata orders show`.
 */
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { orderDetail } from "./orderLine.ts"
import { orderToRead } from "./orderNamed.ts"
import { type Runner, runOnStored } from "./runOnOrders.ts"
import { showText } from "./showText.ts"

/** Prints the order; resolves with the exit code. */
export const runShow = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders show", given, shell }
  return runOnStored(runner, () =>
    Effect.gen(function*() {
      const snapshot = yield* orderToRead(given.operands[0]!, runner)
      const modifications = yield* (yield* OrderStore).modifications(snapshot.order.id)
      const text = given.switches.has("json")
        ? `${JSON.stringify(orderDetail(snapshot, modifications))}\n`
        : showText(snapshot, modifications, { colour: shell.colour, nowMs: shell.nowMs() })
      yield* Effect.promise(() => shell.write(text))
      return exitCodes.done
    }))
}
