/**
 * The work of `docdata orders show`.
 */
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { orderDetail } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import { runOnStored } from "./runOnOrders.ts"
import { showText } from "./showText.ts"

/** Prints the order; resolves with the exit code. */
export const runShow = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnStored({ path: "docdata orders show", given, shell }, () =>
    Effect.gen(function*() {
      const snapshot = yield* orderNamed(given.operands[0]!, given)
      const movements = yield* (yield* OrderStore).movements(snapshot.order.id)
      const text = given.switches.has("json")
        ? `${JSON.stringify(orderDetail(snapshot, movements))}\n`
        : showText(snapshot, movements, { colour: shell.colour, nowMs: shell.nowMs() })
      yield* Effect.promise(() => shell.write(text))
      return exitCodes.done
    }))
