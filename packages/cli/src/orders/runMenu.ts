/**
 * The work of `docdata methods` and `docdata menu-url`: how an order can be paid.
 */
import { type PaymentMethods } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import { isJson, report, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"
import { orderNamed } from "./orderNamed.ts"

// A method, and the banks behind it below.
const methodRows = (
  { issuers, name }: (typeof PaymentMethods.Type)["methods"][number]
): ReadonlyArray<ReadonlyArray<string>> =>
  [[printable(name)]].concat(issuers.map((issuer) => ["", printable(issuer.id), printable(issuer.name)]))

/** Prints what the order can be paid with at this moment; resolves with the exit code. */
export const runMethods = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata methods", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const { methods } = yield* api.orders.methods({ params: { orderId: order.id } })
      yield* writeLines(
        shell,
        isJson(runner) ? methods.map((method) => JSON.stringify(method)) : table(methods.flatMap(methodRows))
      )
      return exitCodes.done
    }))
}

const queryOf = ({ switches, values }: Given) => {
  const [language, method, issuer] = ["language", "method", "issuer"].map((flag) => values.get(flag))
  return {
    ...(language === undefined ? {} : { client_language: language }),
    ...(method === undefined ? {} : { default_pm: method }),
    ...(issuer === undefined ? {} : { ideal_issuer_id: issuer }),
    ...(switches.has("skip-menu") ? { default_act: "true" as const } : {})
  }
}

/** Prints where to send the shopper; resolves with the exit code. */
export const runMenuUrl = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata menu-url", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const menu = yield* api.payments.menuUrl({ params: { orderId: order.id }, query: queryOf(given) })
      yield* report(runner, menu, ({ url }) => url)
      return exitCodes.done
    }))
}
