/**
 * How far a payment has got, and what of it can still be captured or refunded.
 */
import type { FakeModification, FakePayment } from "./FakeWorld.ts"

const sum = (amounts: ReadonlyArray<{ readonly amount: { readonly minor: number } }>): number =>
  amounts.reduce((total, { amount }) => total + amount.minor, 0)

const isLive = ({ status }: FakeModification): boolean =>
  status === "NEW" || status === "STARTED" || status === "CAPTURED"

export const capturedMinor = ({ captures }: FakePayment): number =>
  sum(captures.filter(({ status }) => status === "CAPTURED"))

/** What of the authorisation is neither captured, nor being captured, nor given up. */
export const capturableMinor = (payment: FakePayment): number =>
  payment.status !== "AUTHORIZED" || payment.isFinal
    ? 0
    : payment.amount.minor - (payment.reversal?.amount.minor ?? 0) - sum(payment.captures.filter(isLive))

/** What of the captured money is neither given back, nor on its way back, nor taken back by the bank. */
export const refundableMinor = (payment: FakePayment): number =>
  Math.max(0, capturedMinor(payment) - sum(payment.refunds.filter(isLive)) - sum(payment.chargebacks))

/** A cancelled authorisation keeps its word AUTHORIZED; the reversal tells. */
export const isVoided = ({ amount, reversal }: FakePayment): boolean =>
  reversal !== undefined && reversal.amount.minor >= amount.minor

/** What can become of a payment depends on this alone. */
export type Phase = "open" | "asked-acquirer" | "authorized" | "captured" | "given-up"

const givenUp: ReadonlySet<string> = new Set([
  "CANCELED",
  "RISK_CHECK_FAILED",
  "START_ERROR",
  "AUTHENTICATION_FAILED",
  "AUTHENTICATION_ERROR",
  "AUTHORIZATION_FAILED",
  "AUTHORIZATION_ERROR"
])

export const phaseOf = (payment: FakePayment): Phase => {
  if (givenUp.has(payment.status) || isVoided(payment)) return "given-up"
  if (payment.status === "AUTHORIZATION_REQUESTED" || payment.status === "CANCEL_REQUESTED") return "asked-acquirer"
  if (payment.status !== "AUTHORIZED") return "open"
  return capturedMinor(payment) > 0 ? "captured" : "authorized"
}

/** Requests that were filed and not yet sent give way to a later one. */
export const withoutFiled = (modifications: ReadonlyArray<FakeModification>): ReadonlyArray<FakeModification> =>
  modifications.map((modification) =>
    modification.status === "NEW" ? { ...modification, status: "CANCELED" } : modification
  )
