/**
 * Replies for the reading tests: recorded shapes from `replies/`, and small ones made in place.
 */
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import type { ReplyFailure } from "../src/index.ts"

/** The bytes of a file in `replies/`. */
export const reply = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`replies/${name}.xml`, import.meta.url)))

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export const namespace1_3 = "http://www.docdatapayments.com/services/paymentservice/1_3/"
export const soapNamespace = "http://schemas.xmlsoap.org/soap/envelope/"

/** A bare status reply with this inside its report. */
export const statusReply = (report: string): string =>
  `<statusResponse xmlns="${namespace1_3}"><statusSuccess><report>${report}</report></statusSuccess></statusResponse>`

/** One payment; `authorization` replaces the usual content of its element. */
export const payment = (id: string, authorization?: string): string =>
  `<payment><id>${id}</id><paymentMethod>IDEAL</paymentMethod><authorization>${
    authorization ?? `<status>AUTHORIZED</status><amount currency="EUR">100</amount>`
  }</authorization></payment>`

/** The refusal, or an exception that fails the test. */
export const refusalOf = (result: Result.Result<unknown, ReplyFailure>): ReplyFailure => {
  if (Result.isSuccess(result)) throw new Error(`expected a refusal, got ${JSON.stringify(result.success)}`)
  return result.failure
}

export const valueOf = <A>(result: Result.Result<A, ReplyFailure>): A => {
  if (Result.isFailure(result)) throw new Error(result.failure.message)
  return result.success
}
