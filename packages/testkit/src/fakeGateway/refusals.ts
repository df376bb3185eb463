/**
 * What the provider says when it refuses, in its words as far as they are known.
 */
import type { RejectionKind, ReplyError } from "@docdata/application"

const incorrect = (message: string): ReplyError => ({ code: "REQUEST_DATA_INCORRECT", message })

export const referenceTaken = incorrect("Merchant order reference is not unique.")
export const profileUnknown = incorrect("Invalid payment profile for the order")
export const orderNotFound = incorrect("Order could not be found with the given key.")
export const notAuthorized = incorrect("Payment for order could not be authorized.")
export const paymentNotFound = incorrect("Payment id incorrect.")
export const nothingAuthorized = incorrect("No amount authorized available to capture.")
export const nothingCaptured = incorrect("No amount captured available to refund.")
export const amountInvalid = incorrect("Invalid amount.")
export const loginFailed: ReplyError = { code: "SECURITY_ERROR", message: "Login failed." }

/** What each of them means. */
export const kindOf = (refusal: ReplyError): RejectionKind => {
  if (refusal === loginFailed) return "credentials"
  return refusal === orderNotFound || refusal === paymentNotFound ? "not-found" : "refused"
}
