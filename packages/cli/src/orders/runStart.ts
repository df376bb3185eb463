/**
 * The work of `docdata orders start` and `docdata orders proceed`: payments without the payment menu.
 */
import { proceedPayment, startPayment } from "@docdata/application"
import { ProceedInput, ShopperPayment, StartPaymentInput } from "@docdata/application/schema"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Given } from "../Command.ts"
import type { ExitCode } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"
import { orderLine } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import type { ProceedOutput, StartOutput } from "./OrderOutput.ts"
import { exitOfAnswer, redirectOutput, responseRows } from "./paymentAnswer.ts"
import { readJsonOperand } from "./readJsonOperand.ts"
import { runOnOrders } from "./runOnOrders.ts"

// A repeat of a series is charged once per period, which this file could not say.
const StartFile = Schema.Struct({ amount: StartPaymentInput.fields.amount, payment: ShopperPayment })

/** Starts a payment and prints what Docdata said; resolves with the exit code. */
export const runStart = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnOrders({ path: "docdata orders start", given, shell }, () =>
    Effect.gen(function*() {
      const input = yield* readJsonOperand(given.operands[1]!, StartFile, shell)
      const { order } = yield* orderNamed(given.operands[0]!, given)
      const { payment, redirect } = yield* startPayment({ by: "id", id: order.id }, input)
      const shown = redirect === undefined ? undefined : redirectOutput(redirect, given.switches.has("show-secrets"))
      const output: typeof StartOutput.Type = { payment, ...(shown === undefined ? {} : { redirect: shown }) }
      const redirectRows = shown === undefined
        ? []
        : [["redirect", `${shown.method} ${shown.url}`], ...shown.parameters.map(({ name, value }) => [name, value])]
      const text = given.switches.has("json")
        ? JSON.stringify(output)
        : table([...responseRows(payment), ...redirectRows]).join("\n")
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitOfAnswer(payment)
    }))

/** Continues a payment and prints what is true of the order then; resolves with the exit code. */
export const runProceed = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnOrders({ path: "docdata orders proceed", given, shell }, () =>
    Effect.gen(function*() {
      const input = yield* readJsonOperand(given.operands[1]!, ProceedInput, shell)
      const { order: { id } } = yield* orderNamed(given.operands[0]!, given)
      const { order, response } = yield* proceedPayment({ by: "id", id }, input)
      const output: typeof ProceedOutput.Type = { payment: response, order: orderLine(order) }
      const text = given.switches.has("json")
        ? JSON.stringify(output)
        : table([...responseRows(response), ["order", order.state.status]]).join("\n")
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitOfAnswer(response)
    }))
