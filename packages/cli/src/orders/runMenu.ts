/**
 * The work of `docdata methods` and `docdata menu-url`: how an order can be paid.
 */
import { listPaymentMethods, type MenuOptions } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { table } from "../text/table.ts"
import { menuUrlOf } from "./menuUrl.ts"
import { orderNamed } from "./orderNamed.ts"
import type { MenuUrlOutput, MethodOutput } from "./OrderOutput.ts"
import { runOnOrders, runOnStored } from "./runOnOrders.ts"

// A method, and the banks behind it below.
const methodRows = ({ issuers, name }: typeof MethodOutput.Type): ReadonlyArray<ReadonlyArray<string>> =>
  [[printable(name)]].concat(issuers.map((issuer) => ["", printable(issuer.id), printable(issuer.name)]))

/** Prints what the order can be paid with at this moment; resolves with the exit code. */
export const runMethods = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnOrders({ path: "docdata methods", given, shell }, () =>
    Effect.gen(function*() {
      const { order } = yield* orderNamed(given.operands[0]!, given)
      const methods = yield* listPaymentMethods({ by: "id", id: order.id })
      // Mandates are the shopper's.
      const outputs = methods.map(({ issuers, name }): typeof MethodOutput.Type => ({ name, issuers }))
      const lines = given.switches.has("json")
        ? outputs.map((output) => JSON.stringify(output))
        : table(outputs.flatMap(methodRows))
      yield* Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))
      return exitCodes.done
    }))

const requestOf = ({ switches, values }: Given): MenuOptions => {
  const [language, defaultMethod, idealIssuerId] = ["language", "method", "issuer"].map((flag) => values.get(flag))
  return {
    ...(language === undefined ? {} : { language }),
    ...(defaultMethod === undefined ? {} : { defaultMethod }),
    ...(idealIssuerId === undefined ? {} : { idealIssuerId }),
    ...(switches.has("skip-menu") ? { skipMenu: true } : {})
  }
}

/** Prints where to send the shopper; resolves with the exit code. */
export const runMenuUrl = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnStored({ path: "docdata menu-url", given, shell }, (plan) =>
    Effect.gen(function*() {
      const { order } = yield* orderNamed(given.operands[0]!, given)
      const menuUrl = yield* menuUrlOf(order, requestOf(given), plan)
      const output: typeof MenuUrlOutput.Type = { menuUrl }
      yield* Effect.promise(() => shell.write(`${given.switches.has("json") ? JSON.stringify(output) : menuUrl}\n`))
      return exitCodes.done
    }))
