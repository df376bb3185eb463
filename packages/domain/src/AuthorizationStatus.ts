/**
 * What the status word of an attempt means for the order.
 */

/**
 * - `authorized`: the acquirer, or the shopper's promise, stands behind the attempt.
 * - `held`: money may be reserved although the word does not say so.
 * - `cancel-failed`: a cancellation was refused, so the money may still be reserved.
 * - `paid`: a word of the older Command API that claims payment; the totals must agree.
 * - `charged-back`: a word of the older Command API for money taken back.
 * - `redirected`, `open`: the shopper is busy with it. `failed`, `cancelled`: it is over.
 * - `unknown`: a word nobody knows yet.
 */
export type AuthorizationClass =
  | "authorized"
  | "held"
  | "cancel-failed"
  | "paid"
  | "charged-back"
  | "redirected"
  | "open"
  | "failed"
  | "cancelled"
  | "unknown"

/**
 * The 18 words of XSD 1.3 and the six of the older Command API that the reference knows.
 *
 * Source: XSD 1.3, documentation of `authorizationStatus`; manual 1.0, section 7.5.
 */
export const authorizationStatuses: ReadonlyMap<string, Exclude<AuthorizationClass, "unknown">> = new Map([
  ["NEW", "open"],
  ["STARTED", "open"],
  ["RISK_CHECK_OK", "open"],
  ["RISK_CHECK_FAILED", "failed"],
  ["START_ERROR", "failed"],
  ["AUTHENTICATED", "redirected"],
  ["REDIRECTED_FOR_AUTHENTICATION", "redirected"],
  ["REDIRECTED_FOR_AUTHORIZATION", "redirected"],
  ["AUTHENTICATION_FAILED", "failed"],
  ["AUTHENTICATION_ERROR", "failed"],
  ["AUTHORIZATION_REQUESTED", "held"],
  ["AUTHORIZED", "authorized"],
  ["AUTHORIZATION_FAILED", "failed"],
  ["AUTHORIZATION_ERROR", "failed"],
  ["CANCELED", "cancelled"],
  ["CANCEL_REQUESTED", "held"],
  ["CANCEL_FAILED", "cancel-failed"],
  ["CANCEL_ERROR", "cancel-failed"],
  ["PAID", "paid"],
  ["CONFIRMED_PAID", "paid"],
  ["CLOSED_SUCCESS", "paid"],
  ["CLOSED_CANCELED", "cancelled"],
  ["CHARGED-BACK", "charged-back"],
  ["CONFIRMED_CHARGEDBACK", "charged-back"]
])

/** The class of a word; `unknown` for words that are not in {@link authorizationStatuses}. */
export const authorizationClassOf = (word: string): AuthorizationClass => authorizationStatuses.get(word) ?? "unknown"
