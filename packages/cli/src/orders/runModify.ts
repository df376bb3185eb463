/**
 * The work of `docdata orders capture` and `docdata orders refund`.
 */
import {
  capturePayment,
  type Modification,
  type ModificationOptions,
  type OrderSnapshot,
  refundPayment
} from "@docdata/application"
import { RefundAccount } from "@docdata/application/schema"
import { Amount, type PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { agreed } from "./agreed.ts"
import { modificationText } from "./modificationText.ts"
import { CommandFailure } from "./CommandFailure.ts"
import { modificationOutput, ownPayments } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import { readJsonOperand } from "./readJsonOperand.ts"
import { type Runner, runOnOrders } from "./runOnOrders.ts"

const refuse = (message: string): CommandFailure => new CommandFailure({ exit: exitCodes.badInput, message })

/** The payment after `--payment`, or the only one. */
const paymentOf = (snapshot: OrderSnapshot, { values }: Given): Effect.Effect<PaymentRow, CommandFailure> => {
  const payments = ownPayments(snapshot)
  const typed = values.get("payment")
  const found = typed === undefined ? payments : payments.filter(({ paymentId }) => paymentId === typed)
  const [row, ...others] = found
  if (row === undefined) {
    const message = typed === undefined ? "the order has no payment yet" : "the order has no such payment"
    return Effect.fail(new CommandFailure({ exit: exitCodes.commandFailed, message }))
  }
  return others.length > 0 ? Effect.fail(refuse("--payment is missing: the order has several")) : Effect.succeed(row)
}

const amountOf = (
  typed: string | undefined,
  currency: string
): Effect.Effect<{ amountMinor?: number }, CommandFailure> => {
  if (typed === undefined) return Effect.succeed({})
  const amount = Amount.fromMajor(typed, currency, "exact")
  if (Amount.isRefused(amount)) return Effect.fail(refuse(`--amount: ${amount.message}`))
  return amount.minor > 0
    ? Effect.succeed({ amountMinor: amount.minor })
    : Effect.fail(refuse("--amount is above zero"))
}

const requestOf = Effect.fnUntraced(function*(snapshot: OrderSnapshot, given: Given) {
  const { values } = given
  const reference = values.get("reference")
  if (reference === undefined) {
    return yield* refuse("--reference is missing: it tells a repetition from a second request")
  }
  if (reference.length > 35) return yield* refuse("--reference has at most 35 characters")
  const notBefore = values.get("not-before")
  if (notBefore !== undefined && !/^\d{4}-\d\d-\d\d$/.test(notBefore)) {
    return yield* refuse("--not-before is a day such as 2026-01-31")
  }
  const description = values.get("description")
  const row = yield* paymentOf(snapshot, given)
  const currency = row.currency ?? snapshot.order.currency
  const amount = yield* amountOf(values.get("amount"), currency)
  const request: ModificationOptions = {
    paymentId: row.paymentId,
    reference,
    ...amount,
    ...(description === undefined ? {} : { description }),
    ...(notBefore === undefined ? {} : { notBefore })
  }
  return { request, currency, method: printable(row.paymentMethod) }
})

interface Prepared {
  readonly orderId: string
  readonly request: ModificationOptions
}

/** Finds order and payment, and asks for consent. */
const prepare = Effect.fnUntraced(function*(verb: string, runner: Runner) {
  const { given } = runner
  const snapshot = yield* orderNamed(given.operands[0]!, given)
  const { order } = snapshot
  const { currency, method, request } = yield* requestOf(snapshot, given)
  const amount = request.amountMinor === undefined
    ? "all that is left"
    : Amount.format({ minor: request.amountMinor, currency })
  const whose = `payment ${request.paymentId} (${method}) of order ${order.id} (${printable(order.shopReference)})`
  yield* agreed([`${amount} of ${whose} will be ${verb}, as ${printable(request.reference)}`], runner)
  return { orderId: order.id, request } satisfies Prepared
})

interface Ending {
  readonly exit: ExitCode
  readonly hint?: string
}

/** A repetition answers what became of the first, which need not be a success. */
const endingOf = ({ orderId, state }: Modification): Ending => {
  switch (state) {
    case "filed":
    case "confirmed":
      return { exit: exitCodes.done }
    case "failed":
      return {
        exit: exitCodes.commandFailed,
        hint: "no money moved under this reference and none will: use another --reference"
      }
    case "intended":
    case "unclear":
      return {
        exit: exitCodes.unclear,
        hint: `nobody knows yet whether Docdata took it; refresh the order: docdata orders show ${orderId}`
      }
  }
}

const report = (modification: Modification, { given, path, shell }: Runner): Effect.Effect<ExitCode> => {
  const text = given.switches.has("json")
    ? JSON.stringify(modificationOutput(modification))
    : `${modificationText(modification)} is ${modification.state}`
  const { exit, hint } = endingOf(modification)
  return Effect.map(Effect.promise(() => shell.write(`${text}\n`)), () => {
    if (hint !== undefined) shell.complain(`${path}: ${hint}`)
    return exit
  })
}

/** A reference stands for one request; another request under it is refused. */
const anotherRequest = () =>
  Effect.fail(
    new CommandFailure({
      exit: exitCodes.commandFailed,
      message: "--reference was used for another amount or payment of this order: take another one"
    })
  )

/** Asks for money of a payment, after consent; resolves with the exit code. */
export const runCapture = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders capture", given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const { orderId, request } = yield* prepare("captured", runner)
      const final = given.switches.has("final") ? { final: true } : {}
      const moving = capturePayment({ by: "id", id: orderId }, { ...request, ...final })
      return yield* report(yield* Effect.catchTag(moving, "AlreadyTaken", anotherRequest), runner)
    }))
}

/** Gives money back, after consent; resolves with the exit code. */
export const runRefund = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders refund", given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const file = given.values.get("account")
      const account = file === undefined ? {} : { account: yield* readJsonOperand(file, RefundAccount, shell) }
      const { orderId, request } = yield* prepare("given back", runner)
      const moving = refundPayment({ by: "id", id: orderId }, { ...request, ...account })
      return yield* report(yield* Effect.catchTag(moving, "AlreadyTaken", anotherRequest), runner)
    }))
}
