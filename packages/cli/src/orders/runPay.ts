/**
 * The work of `docdata orders start`, `docdata orders proceed` and `docdata orders charge`: payments without the menu.
 */
import {
  ChargeRequest,
  type ProceededPayment,
  ProceedRequest,
  type StartedPayment,
  StartRequest
} from "@docdata/contract"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import { decodeRequest } from "../api/decodeRequest.ts"
import { report } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"
import { agreed } from "./agreed.ts"
import { orderNamed } from "./orderNamed.ts"
import { shortName } from "./orderText.ts"
import { readJsonOperand } from "./readJsonOperand.ts"

type Outcome = (typeof ProceededPayment.Type)["payment"]

const outcomeRows = ({ code = "", outcome, paymentId, status = "" }: Outcome): ReadonlyArray<ReadonlyArray<string>> => {
  switch (outcome) {
    case "Accepted":
      return [["payment", paymentId ?? ""], ["status", printable(status)]]
    case "InsufficientData":
      return [["payment", "data is missing: send the shopper to the payment menu"]]
    case "Failed":
      return [["payment", paymentId ?? "failed"], ["status", printable(status)], ["failed", printable(code)]]
    case "Silent":
      return [["payment", "Docdata did not say: refresh the order"]]
  }
}

/** The exit code of a command that shows the answer, also unwelcome: what counts is that there is one. */
const exitOfAnswer = ({ outcome }: Outcome): ExitCode => outcome === "Silent" ? exitCodes.unclear : exitCodes.done

/** Redirects identify the shopper's session: text shows them only when asked for. */
const redirectRows = (
  { redirect }: typeof StartedPayment.Type,
  { switches }: Given
): ReadonlyArray<ReadonlyArray<string>> => {
  if (redirect === undefined) return []
  const shown = (value: string): string => switches.has("show-secrets") ? value : "***"
  return [
    ["redirect", `${redirect.method} ${shown(redirect.url)}`],
    ...redirect.parameters.map(({ name, value }) => [name, shown(value)])
  ]
}

/** Starts a payment and prints what Docdata answered; resolves with the exit code. */
export const runStart = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders start", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const payload = yield* readJsonOperand(given.operands[1]!, StartRequest, shell)
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const started = yield* api.payments.start({ params: { orderId: order.id }, payload })
      yield* report(
        runner,
        started,
        (one) => table([...outcomeRows(one.payment), ...redirectRows(one, given)]).join("\n")
      )
      return exitOfAnswer(started.payment)
    }))
}

/** Continues a payment and prints what is true of the order then; resolves with the exit code. */
export const runProceed = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders proceed", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const payload = yield* readJsonOperand(given.operands[1]!, ProceedRequest, shell)
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const proceeded = yield* api.payments.proceed({ params: { orderId: order.id }, payload })
      yield* report(runner, proceeded, (one) =>
        table([...outcomeRows(one.payment), ["order", one.order.status]]).join("\n"))
      return exitOfAnswer(proceeded.payment)
    }))
}

const exitOfCharge = ({ outcome }: Outcome): ExitCode => {
  switch (outcome) {
    case "Accepted":
      return exitCodes.done
    case "Failed":
    case "InsufficientData":
      return exitCodes.commandFailed
    case "Silent":
      return exitCodes.unclear
  }
}

/** Charges the series, after consent, and prints what Docdata answered; resolves with the exit code. */
export const runCharge = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders charge", given, shell }
  const { values } = given
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const payload = yield* decodeRequest(ChargeRequest, {
        series: values.get("series"),
        period: values.get("period")
      })
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const what = `${Amount.format(order.amount)} will be charged for ${printable(payload.period)}`
      yield* agreed(`${what} of series ${printable(payload.series)}, by ${shortName(order)}`, runner)
      const charged = yield* api.payments.chargeRecurring({ params: { orderId: order.id }, payload })
      yield* report(runner, charged, ({ payment }) => table(outcomeRows(payment)).join("\n"))
      return exitOfCharge(charged.payment)
    }))
}
