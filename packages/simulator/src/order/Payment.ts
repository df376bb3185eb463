/** One payment attempt as the simulator keeps it, and the phase it is in. */
import type { Capture, Chargeback, Money, Refund, Reversal } from "@docdata/domain"
import { sumOf } from "./Money.ts"

/** A capture or refund with what only the provider knows of it. */
export interface FiledCapture extends Capture {
  readonly number: number
  readonly movedAtMs: number
}
export interface FiledRefund extends Refund {
  readonly number: number
  readonly movedAtMs: number
}
interface BookedChargeback extends Chargeback {
  readonly movedAtMs: number
}

/** Where the shopper goes after the bank; menu payments know four addresses, web-direct ones a single one. */
export interface ReturnUrls {
  readonly success?: string
  readonly pending?: string
  readonly canceled?: string
  readonly error?: string
}

/** The shopper's account. */
export interface BankAccount {
  readonly iban: string
  readonly bic?: string
}

export interface Payment {
  readonly id: string
  readonly orderKey: string
  readonly method: string
  /** Started over the API rather than in the menu: `proceed` decides, not the bank page. */
  readonly webDirect: boolean
  readonly createdAtMs: number
  readonly status: string
  readonly reason?: string
  readonly amount: Money
  readonly confidence: string
  readonly captures: ReadonlyArray<FiledCapture>
  readonly refunds: ReadonlyArray<FiledRefund>
  readonly chargebacks: ReadonlyArray<BookedChargeback>
  readonly reversal?: Reversal
  /** The merchant announced the last capture; nothing more is taken. */
  readonly finalCaptureFiled: boolean
  readonly issuer?: string
  /** What the merchant gave at the start of it; the bank tells otherwise. */
  readonly account?: BankAccount
  readonly returnUrls: ReturnUrls
  /** What the shopper chose on the bank page of a web-direct payment, waiting for `proceed`. */
  readonly shopperSaid?: "approved" | "refused" | "cancelled"
}

/** What may happen to a payment depends on this alone. */
export type Phase = "open" | "authorized" | "paid" | "voided" | "cancelling" | "failed" | "cancelled"

const failedStatuses: ReadonlySet<string> = new Set([
  "RISK_CHECK_FAILED",
  "START_ERROR",
  "AUTHENTICATION_FAILED",
  "AUTHENTICATION_ERROR",
  "AUTHORIZATION_FAILED",
  "AUTHORIZATION_ERROR"
])
const cancellingStatuses: ReadonlySet<string> = new Set(["CANCEL_REQUESTED", "CANCEL_FAILED", "CANCEL_ERROR"])

/** True for a cancelled authorisation: its word stays AUTHORIZED, reversal and captures tell. */
export const isVoided = (payment: Payment): boolean =>
  (payment.reversal !== undefined && payment.reversal.amount.minor >= payment.amount.minor)
  || (payment.captures.length > 0 && payment.captures.every(({ status }) => status === "CANCELED"))

export const phaseOf = (payment: Payment): Phase => {
  if (payment.status === "CANCELED") return "cancelled"
  if (failedStatuses.has(payment.status)) return "failed"
  if (cancellingStatuses.has(payment.status)) return "cancelling"
  if (payment.status !== "AUTHORIZED") return "open"
  if (payment.captures.some(({ status }) => status === "CAPTURED")) return "paid"
  return isVoided(payment) ? "voided" : "authorized"
}

interface Modification {
  readonly status: string
  readonly amount: Money
}

/** What of a list is done, or still on its way. */
export const doneMinor = (modifications: ReadonlyArray<Modification>): number =>
  sumOf(modifications.filter(({ status }) => status === "CAPTURED").map(({ amount }) => amount))

const liveStatuses: ReadonlySet<string> = new Set(["NEW", "STARTED", "CAPTURED"])

const liveMinor = (modifications: ReadonlyArray<Modification>): number =>
  sumOf(modifications.filter(({ status }) => liveStatuses.has(status)).map(({ amount }) => amount))

/** What of the authorisation is not yet captured, being captured or given up. */
export const capturableMinor = (payment: Payment): number =>
  payment.finalCaptureFiled
    ? 0
    : Math.max(0, payment.amount.minor - (payment.reversal?.amount.minor ?? 0) - liveMinor(payment.captures))

/** What of the captured money is not yet returned or being returned. */
export const refundableMinor = (payment: Payment): number =>
  Math.max(
    0,
    doneMinor(payment.captures) - liveMinor(payment.refunds) - sumOf(payment.chargebacks.map(({ amount }) => amount))
  )
