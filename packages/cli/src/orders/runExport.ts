/**
 * The work of `docdata orders export` and `docdata orders erase`: what is stored of an order, handed out or taken away.
 */
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { allObservations } from "./allObservations.ts"
import { agreed } from "./agreed.ts"
import type { ExportOutput } from "./ExportOutput.ts"
import { ownPayments } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import { type Runner, runOnStored } from "./runOnOrders.ts"

/** Prints everything that is stored about the order; resolves with the exit code. */
export const runExport = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnStored({ path: "docdata orders export", given, shell }, () =>
    Effect.gen(function*() {
      const snapshot = yield* orderNamed(given.operands[0]!, given)
      const { order } = snapshot
      const store = yield* OrderStore
      const output: typeof ExportOutput.Type = {
        order,
        payments: ownPayments(snapshot),
        movements: yield* store.movements(order.id),
        events: yield* store.events(order.id),
        observations: yield* allObservations(order.id)
      }
      yield* Effect.promise(() => shell.write(`${JSON.stringify(output, undefined, 2)}\n`))
      return exitCodes.done
    }))

/** Takes personal data away, after consent; resolves with the exit code. */
export const runErase = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders erase", given, shell }
  return runOnStored(runner, () =>
    Effect.gen(function*() {
      const { order } = yield* orderNamed(given.operands[0]!, given)
      const what = `order ${order.id} (${printable(order.shopReference)})`
      yield* agreed(
        [`the texts of all exchanges about ${what}, and reasons in its reports, will be gone for ever; amounts stay`],
        runner
      )
      yield* (yield* OrderStore).erase(order.id)
      yield* Effect.promise(() => shell.write(`erased the personal data of ${what}\n`))
      return exitCodes.done
    }))
}
