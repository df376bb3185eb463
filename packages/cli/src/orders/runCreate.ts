/**
 * The work of `docdata orders create`.
 */
import { CreateOrderRequest } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { badInput } from "../api/CommandFailure.ts"
import { decodeRequest } from "../api/decodeRequest.ts"
import { report } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"
import { merchantOf } from "./orderNamed.ts"
import { readJsonOperand } from "./readJsonOperand.ts"

// The order itself is checked when its file is read.
const Flags = Schema.Struct({
  merchant: CreateOrderRequest.fields.merchant,
  shopReference: CreateOrderRequest.fields.shopReference
})

/** Creates the order and prints it; resolves with the exit code. */
export const runCreate = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders create", given, shell }
  const { values } = given
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const flags = yield* decodeRequest(Flags, { ...merchantOf(given), shopReference: values.get("shop-reference") })
      const idempotencyKey = values.get("idempotency-key")
      if (idempotencyKey === undefined) return yield* badInput("--idempotency-key: it is missing")
      if (flags.merchant === undefined) {
        const { merchants } = yield* api.merchants.list()
        if (merchants.length > 1) return yield* badInput("--merchant is missing: there are several")
      }
      const order = yield* readJsonOperand(given.operands[0]!, CreateOrderRequest.fields.order, shell)
      const created = yield* api.orders.create({
        headers: { "idempotency-key": idempotencyKey },
        payload: { ...flags, order }
      })
      yield* report(runner, created, ({ adjusted = [], id, menuUrl = "", orderKey = "", orderReference, status }) =>
        table([
          ["id", id],
          ["reference", orderReference],
          ["key", orderKey],
          ["status", status],
          ["menu", menuUrl],
          ...adjusted.map(({ path, to }) => [to === undefined ? "left out" : "shortened", path])
        ]).join("\n"))
      return exitCodes.done
    }))
}
