/**
 * The work of `docdata orders capture` and `docdata orders refund`.
 */
import { CaptureRequest, type Modification, type Order, type Payment, RefundRequest } from "@docdata/contract"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Api } from "../api/Api.ts"
import { badInput, type CommandFailure, notPossible } from "../api/CommandFailure.ts"
import { decodeRequest } from "../api/decodeRequest.ts"
import { failureOf } from "../api/failureOf.ts"
import { report } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { agreed } from "./agreed.ts"
import { orderNamed } from "./orderNamed.ts"
import { modificationText, shortName } from "./orderText.ts"
import { readJsonOperand } from "./readJsonOperand.ts"

/** The payment after `--payment`, or the only one. */
const paymentOf = (
  { payments }: typeof Order.Type,
  { values }: Given
): Effect.Effect<typeof Payment.Type, CommandFailure> => {
  const typed = values.get("payment")
  const [payment, ...others] = typed === undefined ? payments : payments.filter(({ id }) => id === typed)
  if (payment === undefined) {
    return Effect.fail(
      notPossible(typed === undefined ? "the order has no payment yet" : "the order has no such payment")
    )
  }
  return others.length > 0
    ? Effect.fail(badInput("--payment is missing: the order has several"))
    : Effect.succeed(payment)
}

/** `--amount 12.50` in the payment's currency. */
const amountOf = ({ values }: Given, { allocated: { currency } }: typeof Payment.Type) => {
  const typed = values.get("amount")
  if (typed === undefined) return Effect.undefined
  const amount = Amount.fromMajor(typed, currency, "exact")
  return Amount.isRefused(amount)
    ? Effect.fail(badInput(`--amount: ${amount.message}`))
    : Effect.succeed({ minor: amount.minor, currency })
}

/** What both requests take, as it was typed, and the payment it is about. */
const requestOf = Effect.fnUntraced(function*(api: Api, given: Given) {
  const { values } = given
  const order = yield* orderNamed(api, given.operands[0]!, given)
  const payment = yield* paymentOf(order, given)
  const request = {
    paymentId: payment.id,
    amount: yield* amountOf(given, payment),
    description: values.get("description"),
    notBefore: values.get("not-before")
  }
  return { order, payment, request }
})

interface Question {
  readonly order: typeof Order.Type
  readonly payment: typeof Payment.Type
  readonly amount: { readonly minor: number; readonly currency: string } | undefined
  readonly reference: string
}

const consent = (verb: string, { amount, order, payment, reference }: Question, runner: Runner) =>
  agreed(
    `${amount === undefined ? "all that is left" : Amount.format(amount)} of payment ${payment.id} ` +
      `(${printable(payment.paymentMethod)}) of ${shortName(order)} will be ${verb}, as ${printable(reference)}`,
    runner
  )

interface Ending {
  readonly exit: ExitCode
  readonly hint?: string
}

/** A repetition answers what became of the first, which need not be a success. */
const endingOf = ({ orderId, state }: typeof Modification.Type): Ending => {
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

const reportModification = Effect.fnUntraced(function*(modification: typeof Modification.Type, runner: Runner) {
  yield* report(runner, modification, (one) => `${modificationText(one)} is ${one.state}`)
  const { exit, hint } = endingOf(modification)
  if (hint !== undefined) runner.shell.complain(`${runner.path}: ${hint}`)
  return exit
})

/** A reference stands for one request; another request under it is refused. */
const withHint = (failure: unknown): CommandFailure => {
  const known = failureOf(failure)
  return known.code === "already-taken"
    ? notPossible("--reference was used for another amount or payment of this order: take another one")
    : known
}

/** Asks for money of a payment, after consent; resolves with the exit code. */
export const runCapture = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders capture", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const { order, payment, request } = yield* requestOf(api, given)
      const payload = yield* decodeRequest(CaptureRequest, {
        ...request,
        captureReference: given.values.get("reference"),
        final: given.switches.has("final") ? true : undefined
      }, { captureReference: "reference" })
      const { amount, captureReference: reference } = payload
      yield* consent("captured", { order, payment, amount, reference }, runner)
      const capturing = api.captures.create({ params: { orderId: order.id }, payload })
      return yield* reportModification(yield* Effect.mapError(capturing, withHint), runner)
    }))
}

/** Gives money back, after consent; resolves with the exit code. */
export const runRefund = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders refund", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const file = given.values.get("account")
      const account = file === undefined
        ? undefined
        : yield* readJsonOperand(file, RefundRequest.fields.account, shell)
      const { order, payment, request } = yield* requestOf(api, given)
      const { account: _none, ...Flags } = RefundRequest.fields
      const decoded = yield* decodeRequest(Schema.Struct(Flags), {
        ...request,
        refundReference: given.values.get("reference")
      }, { refundReference: "reference" })
      const payload = { ...decoded, ...(account === undefined ? {} : { account }) }
      const { amount, refundReference: reference } = payload
      yield* consent("given back", { order, payment, amount, reference }, runner)
      const refunding = api.refunds.create({ params: { orderId: order.id }, payload })
      return yield* reportModification(yield* Effect.mapError(refunding, withHint), runner)
    }))
}
