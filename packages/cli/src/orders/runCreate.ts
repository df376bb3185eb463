/**
 * The work of `docdata orders create`.
 */
import { createOrder, Merchants, type OrderDescription } from "@docdata/application"
import { OrderDescription as OrderDescriptionSchema } from "@docdata/application/schema"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"
import { menuUrlOf } from "./menuUrl.ts"
import { CommandFailure } from "./CommandFailure.ts"
import { orderLine } from "./orderLine.ts"
import type { CreateOutput } from "./OrderOutput.ts"
import { readJsonOperand } from "./readJsonOperand.ts"
import { runOnOrders } from "./runOnOrders.ts"

const create = createOrder((description: OrderDescription) => description)

const refuse = (message: string): CommandFailure => new CommandFailure({ exit: exitCodes.badInput, message })

/** The account after `--merchant`, or the only one. */
const accountOf = Effect.fnUntraced(function*({ values }: Given) {
  const typed = values.get("merchant")
  if (typed !== undefined) return typed
  const [only, ...others] = yield* (yield* Merchants).all()
  return only === undefined || others.length > 0 ? yield* refuse("--merchant is missing: there are several") : only.name
})

// 1 to 200 characters, as everywhere else.
const textOf = ({ values }: Given, flag: string) => {
  const typed = values.get(flag)
  if (typed === undefined) return Effect.fail(refuse(`--${flag} is missing`))
  return typed.length > 200 ? Effect.fail(refuse(`--${flag} has at most 200 characters`)) : Effect.succeed(typed)
}

/** Creates the order and prints it; resolves with the exit code. */
export const runCreate = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnOrders({ path: "docdata orders create", given, shell }, (plan) =>
    Effect.gen(function*() {
      const shopReference = yield* textOf(given, "shop-reference")
      const idempotencyKey = yield* textOf(given, "idempotency-key")
      const merchant = yield* accountOf(given)
      const shopOrder = yield* readJsonOperand(given.operands[0]!, OrderDescriptionSchema, shell)
      const order = yield* create({ merchant, shopReference, idempotencyKey, shopOrder })
      const menuUrl = yield* menuUrlOf(order, {}, plan)
      const output: typeof CreateOutput.Type = { ...orderLine(order), menuUrl }
      const text = given.switches.has("json") ? JSON.stringify(output) : table([
        ["id", order.id],
        ["reference", order.orderReference],
        ["key", order.state.key],
        ["status", order.state.status],
        ["menu", menuUrl]
      ]).join("\n")
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    }))
