/**
 * What Docdata said about a payment that was started or continued, for people and for machines.
 */
import type { PaymentResponse, Redirect } from "@docdata/application"
import * as Redacted from "effect/Redacted"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { printable } from "../text/printable.ts"
import type { RedirectOutput } from "./OrderOutput.ts"

/** Rows of a table. */
export const responseRows = (response: PaymentResponse): ReadonlyArray<ReadonlyArray<string>> => {
  switch (response._tag) {
    case "Accepted":
      return [["payment", response.paymentId], ["status", printable(response.status)]]
    case "InsufficientData":
      return [["payment", "data is missing: send the shopper to the payment menu"]]
    case "Failed":
      return [
        ["payment", response.paymentId ?? "failed"],
        ["status", printable(response.status ?? "")],
        ["failed", `${printable(response.code)}: ${printable(response.message)}`]
      ]
    case "Silent":
      return [["payment", "Docdata did not say: refresh the order"]]
  }
}

/** The exit code of a command that shows the answer, also unwelcome: what counts is that there is one. */
export const exitOfAnswer = ({ _tag }: PaymentResponse): ExitCode =>
  _tag === "Silent" ? exitCodes.unclear : exitCodes.done

/** Redirects identify the shopper's session: shown only when asked for. */
export const redirectOutput = ({ method, parameters, url }: Redirect, show: boolean): typeof RedirectOutput.Type => {
  const shown = (secret: Redacted.Redacted): string => show ? Redacted.value(secret) : "***"
  return {
    method,
    url: shown(url),
    parameters: parameters.map(({ name, value }) => ({ name, value: shown(value) }))
  }
}
