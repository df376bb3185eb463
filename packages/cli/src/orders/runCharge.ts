/**
 * The work of `docdata orders charge`.
 */
import { chargeRecurring, type PaymentResponse } from "@docdata/application"
import { Amount } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { table } from "../text/table.ts"
import { agreed } from "./agreed.ts"
import { CommandFailure } from "./CommandFailure.ts"
import { orderNamed } from "./orderNamed.ts"
import type { ChargeOutput } from "./OrderOutput.ts"
import { responseRows } from "./paymentAnswer.ts"
import { type Runner, runOnOrders } from "./runOnOrders.ts"

// Docdata's limit of a series, and ours of a period.
const nameLengthMax = 50

const nameAfter = (flag: string, { values }: Given): Effect.Effect<string, CommandFailure> => {
  const typed = values.get(flag) ?? ""
  return typed !== "" && typed.length <= nameLengthMax
    ? Effect.succeed(typed)
    : Effect.fail(
      new CommandFailure({
        exit: exitCodes.badInput,
        message: `--${flag} is needed, at most ${nameLengthMax} characters`
      })
    )
}

const exitAfter = (payment: PaymentResponse): ExitCode => {
  switch (payment._tag) {
    case "Accepted":
      return exitCodes.done
    case "Failed":
    case "InsufficientData":
      return exitCodes.commandFailed
    case "Silent":
      return exitCodes.unclear
  }
}

/** Charges the series, after consent, and prints what Docdata said; resolves with the exit code. */
export const runCharge = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders charge", given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const series = yield* nameAfter("series", given)
      const period = yield* nameAfter("period", given)
      const { order } = yield* orderNamed(given.operands[0]!, given)
      const amount = Amount.format({ minor: order.grossMinor, currency: order.currency })
      const whose = `series ${printable(series)}, by order ${order.id} (${printable(order.shopReference)})`
      yield* agreed([`${amount} will be charged for ${printable(period)} of ${whose}`], runner)
      const { payment } = yield* chargeRecurring({ by: "id", id: order.id }, { series, period })
      const output: typeof ChargeOutput.Type = { payment }
      const text = given.switches.has("json") ? JSON.stringify(output) : table(responseRows(payment)).join("\n")
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitAfter(payment)
    }))
}
