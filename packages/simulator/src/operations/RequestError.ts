/** What the real service says when it refuses, word for word, as far as its words are known. */

type ErrorCode =
  | "REQUEST_DATA_MISSING"
  | "REQUEST_DATA_INCORRECT"
  | "SECURITY_ERROR"
  | "INTERNAL_ERROR"
  | "UNKNOWN_ERROR"

/** One `error` element; a reply may hold several. */
export interface RequestError {
  readonly code: ErrorCode
  readonly text: string
}

const incorrect = (text: string): RequestError => ({ code: "REQUEST_DATA_INCORRECT", text })

/** The schema violation's text is appended and a full stop follows, also after one that is there already. */
export const schemaViolated = (message: string): RequestError =>
  incorrect(`XML request does not match XSD. The data is: ${message}.`)

export const referenceTaken = incorrect("Merchant order reference is not unique.")
export const profileUnknown = incorrect("Invalid payment profile for the order")
export const orderNotFound = incorrect("Order could not be found with the given key.")
export const notAuthorized = incorrect("Payment for order could not be authorized.")
export const paymentNotFound = incorrect("Payment id incorrect.")
export const nothingAuthorized = incorrect("No amount authorized available to capture.")
export const amountInvalid = incorrect("Invalid amount.")
export const nothingCaptured = incorrect("No amount captured available to refund.")

// The texts of these two are not known; the codes are.
export const loginFailed: RequestError = { code: "SECURITY_ERROR", text: "Login failed." }
export const outOfSpace = (what: string): RequestError => ({
  code: "INTERNAL_ERROR",
  text: `The simulator is full: ${what}.`
})
