/**
 * Everything that can happen to a payment, and what it changes: one pure function and one table of what is allowed when.
 */
import type { Money } from "@docdata/domain"
import { modificationsPerPaymentMax } from "../limits.ts"
import { present } from "../present.ts"
import type { Payment, Phase } from "./Payment.ts"
import { capturableMinor, doneMinor, phaseOf, refundableMinor } from "./Payment.ts"

type OpenStatus =
  | "NEW"
  | "STARTED"
  | "RISK_CHECK_OK"
  | "AUTHENTICATED"
  | "REDIRECTED_FOR_AUTHENTICATION"
  | "REDIRECTED_FOR_AUTHORIZATION"
  | "AUTHORIZATION_REQUESTED"
export type FailedStatus =
  | "RISK_CHECK_FAILED"
  | "START_ERROR"
  | "AUTHENTICATION_FAILED"
  | "AUTHENTICATION_ERROR"
  | "AUTHORIZATION_FAILED"
  | "AUTHORIZATION_ERROR"
type Confidence = "SHOPPER_PENDING" | "ACQUIRER_PENDING" | "ACQUIRER_APPROVED"
export type ModificationStatus = "STARTED" | "CAPTURED" | "CANCELED" | "FAILED" | "ERROR"

/** What a capture or refund request asks for. */
export interface Filing {
  readonly amountMinor: number
  readonly merchantReference?: string
  readonly replacesReserved: boolean
  /** The merchant's required date: nothing moves before it. */
  readonly notBeforeMs?: number
}

export type PaymentEvent =
  /** On its way between the words of an open attempt. */
  | { readonly type: "moved"; readonly status: OpenStatus }
  /** Any word at all, also one that no document knows: integrations must live with new words. */
  | { readonly type: "worded"; readonly status: string }
  /** The shopper answered on the bank page of a web-direct payment; `proceed` reads it. */
  | { readonly type: "shopper-said"; readonly answer: "approved" | "refused" | "cancelled" }
  | {
    readonly type: "authorized"
    readonly confidence: Confidence
    /** The status of a capture of the whole amount that comes with it. */
    readonly capture?: "NEW" | "STARTED" | "CAPTURED"
  }
  | { readonly type: "failed"; readonly status: FailedStatus; readonly reason?: string }
  /** The attempt was given up before it was authorised. */
  | { readonly type: "cancelled"; readonly reason: string }
  | { readonly type: "confidence-changed"; readonly confidence: Confidence }
  | { readonly type: "capture-filed"; readonly filing: Filing; readonly final: boolean }
  | {
    readonly type: "capture-moved"
    readonly number: number
    readonly status: ModificationStatus
    readonly reason?: string
  }
  /** A capture gets a word that no document knows. */
  | { readonly type: "capture-worded"; readonly number: number; readonly status: string }
  | { readonly type: "refund-filed"; readonly filing: Filing }
  | {
    readonly type: "refund-moved"
    readonly number: number
    readonly status: ModificationStatus
    readonly reason?: string
  }
  | {
    readonly type: "charged-back"
    readonly amountMinor: number
    readonly chargebackId: string
    readonly reason?: string
  }
  /** Part or all of the authorisation is given up. */
  | { readonly type: "reversed"; readonly amountMinor: number; readonly reason: string }
  /** The whole authorisation is given up: the word stays AUTHORIZED, captures are cancelled, a reversal appears. */
  | { readonly type: "voided"; readonly reason: string }
  | { readonly type: "cancel-asked" }
  | { readonly type: "cancel-refused"; readonly status: "CANCEL_FAILED" | "CANCEL_ERROR" }

/** Why an event did not happen. */
export interface NotAllowed {
  readonly _tag: "NotAllowed"
  readonly event: PaymentEvent["type"]
  readonly phase: Phase
  readonly why: "phase" | "amount" | "nothing-left" | "unknown-number" | "too-many"
}

const everyPhase: ReadonlyArray<Phase> = ["open", "authorized", "paid", "voided", "cancelling", "failed", "cancelled"]
const authorizedPhases: ReadonlyArray<Phase> = ["authorized", "paid", "cancelling"]

/** In which phases an event may happen. */
export const allowedPhases: Readonly<Record<PaymentEvent["type"], ReadonlyArray<Phase>>> = {
  moved: ["open"],
  worded: everyPhase,
  "shopper-said": ["open"],
  authorized: ["open", "cancelling"],
  failed: ["open"],
  cancelled: ["open", "cancelling", "failed"],
  "confidence-changed": authorizedPhases,
  "capture-filed": ["authorized", "paid"],
  "capture-moved": authorizedPhases,
  "capture-worded": authorizedPhases,
  "refund-filed": ["paid"],
  "refund-moved": ["paid"],
  "charged-back": ["paid"],
  reversed: ["authorized", "paid"],
  voided: ["authorized", "cancelling"],
  "cancel-asked": ["open", "authorized"],
  "cancel-refused": ["open", "authorized", "cancelling"]
}

/** The payment after the event, or why it cannot happen. Neither argument is changed. */
export const afterEvent = (payment: Payment, event: PaymentEvent, nowMs: number): Payment | NotAllowed => {
  const phase = phaseOf(payment)
  const refuse = (why: NotAllowed["why"]): NotAllowed => ({ _tag: "NotAllowed", event: event.type, phase, why })
  if (!allowedPhases[event.type].includes(phase)) return refuse("phase")
  const modifications = payment.captures.length + payment.refunds.length + payment.chargebacks.length
  if (modifications >= modificationsPerPaymentMax) return refuse("too-many")
  switch (event.type) {
    case "moved":
    case "failed":
      return { ...payment, ...present({ status: event.status, reason: "reason" in event ? event.reason : undefined }) }
    case "worded":
      return { ...payment, status: event.status }
    case "shopper-said":
      return { ...payment, shopperSaid: event.answer }
    case "authorized":
      return authorized(payment, event, nowMs)
    case "cancelled":
      return { ...payment, status: "CANCELED", reason: event.reason, confidence: "SHOPPER_PENDING" }
    case "confidence-changed":
      return { ...payment, confidence: event.confidence }
    case "capture-filed":
      return fileCapture(payment, event, nowMs) ??
        refuse(capturableAfter(payment, event.filing) <= 0 ? "nothing-left" : "amount")
    case "refund-filed":
      return fileRefund(payment, event.filing, nowMs) ??
        refuse(refundableAfter(payment, event.filing) <= 0 ? "nothing-left" : "amount")
    case "capture-moved": {
      const captures = moveNumbered(payment.captures, event, nowMs)
      return captures === undefined ? refuse("unknown-number") : { ...payment, captures }
    }
    case "capture-worded":
      return {
        ...payment,
        captures: payment.captures.map((capture) =>
          capture.number === event.number ? { ...capture, status: event.status } : capture
        )
      }
    case "refund-moved": {
      const refunds = moveNumbered(payment.refunds, event, nowMs)
      return refunds === undefined ? refuse("unknown-number") : { ...payment, refunds }
    }
    case "charged-back":
      return event.amountMinor <= 0 || event.amountMinor > doneMinor(payment.captures)
        ? refuse("amount")
        : { ...payment, chargebacks: [...payment.chargebacks, chargebackOf(payment, event, nowMs)] }
    case "reversed":
      return event.amountMinor <= 0 || event.amountMinor > payment.amount.minor - doneMinor(payment.captures) ||
          payment.reversal !== undefined
        ? refuse("amount")
        : { ...payment, reversal: { amount: inCurrencyOf(payment, event.amountMinor), reason: event.reason } }
    case "voided":
      return voided(payment, event.reason, nowMs)
    case "cancel-asked":
      return { ...payment, status: "CANCEL_REQUESTED" }
    case "cancel-refused":
      return { ...payment, status: event.status }
  }
}

/** True if the event could not happen. */
export const isNotAllowed = (value: Payment | NotAllowed): value is NotAllowed => "_tag" in value

const inCurrencyOf = (payment: Payment, minor: number): Money => ({ minor, currency: payment.amount.currency })

const authorized = (
  payment: Payment,
  event: PaymentEvent & { readonly type: "authorized" },
  nowMs: number
): Payment => {
  const { reason: _, ...rest } = payment
  const first = event.capture === undefined || payment.captures.length > 0
    ? payment.captures
    : [{ number: 1, status: event.capture, amount: payment.amount, movedAtMs: nowMs }]
  return { ...rest, status: "AUTHORIZED", confidence: event.confidence, captures: first }
}

const voided = (payment: Payment, reason: string, nowMs: number): Payment => ({
  ...payment,
  status: "AUTHORIZED",
  captures: payment.captures.map((capture) =>
    capture.status === "NEW" || capture.status === "STARTED"
      ? { ...capture, status: "CANCELED", reason, movedAtMs: nowMs }
      : capture
  ),
  reversal: { amount: payment.amount, reason }
})

interface Numbered {
  readonly number: number
  readonly status: string
  readonly movedAtMs: number
}

const replaced = <M extends Numbered>(
  modifications: ReadonlyArray<M>,
  filing: Filing,
  nowMs: number
): ReadonlyArray<M> =>
  filing.replacesReserved
    ? modifications.map((modification) =>
      modification.status === "NEW"
        ? { ...modification, status: "CANCELED", reason: "Replaced by a later request", movedAtMs: nowMs }
        : modification
    )
    : modifications

const withoutReservedCaptures = (payment: Payment, filing: Filing, nowMs: number): Payment => ({
  ...payment,
  captures: replaced(payment.captures, filing, nowMs)
})

const capturableAfter = (payment: Payment, filing: Filing): number =>
  capturableMinor(withoutReservedCaptures(payment, filing, 0))
const refundableAfter = (payment: Payment, filing: Filing): number =>
  refundableMinor({ ...payment, refunds: replaced(payment.refunds, filing, 0) })

const filed = (payment: Payment, filing: Filing, nowMs: number) => ({
  ...present({ merchantReference: filing.merchantReference }),
  status: "NEW",
  amount: inCurrencyOf(payment, filing.amountMinor),
  movedAtMs: nowMs
})

const fileCapture = (
  payment: Payment,
  event: PaymentEvent & { readonly type: "capture-filed" },
  nowMs: number
): Payment | undefined => {
  const { filing, final } = event
  if (filing.amountMinor <= 0 || filing.amountMinor > capturableAfter(payment, filing)) return undefined
  const ready = withoutReservedCaptures(payment, filing, nowMs)
  const capture = { number: ready.captures.length + 1, ...filed(payment, filing, nowMs) }
  return { ...ready, captures: [...ready.captures, capture], finalCaptureFiled: final }
}

const fileRefund = (payment: Payment, filing: Filing, nowMs: number): Payment | undefined => {
  if (filing.amountMinor <= 0 || filing.amountMinor > refundableAfter(payment, filing)) return undefined
  const refunds = replaced(payment.refunds, filing, nowMs)
  return { ...payment, refunds: [...refunds, { number: refunds.length + 1, ...filed(payment, filing, nowMs) }] }
}

/** From which words a capture or refund may come to a word. What is done, refused or revoked stays so. */
const movableFrom: Readonly<Record<ModificationStatus, ReadonlyArray<string>>> = {
  STARTED: ["NEW"],
  CAPTURED: ["NEW", "STARTED"],
  CANCELED: ["NEW", "STARTED"],
  FAILED: ["NEW", "STARTED"],
  ERROR: ["NEW", "STARTED"]
}

const moveNumbered = <M extends Numbered>(
  modifications: ReadonlyArray<M>,
  event: { readonly number: number; readonly status: ModificationStatus; readonly reason?: string },
  nowMs: number
): ReadonlyArray<M> | undefined => {
  const found = modifications.find(({ number }) => number === event.number)
  if (found === undefined || !movableFrom[event.status].includes(found.status)) return undefined
  const moved = { ...found, status: event.status, movedAtMs: nowMs, ...present({ reason: event.reason }) }
  return modifications.map((modification) => modification === found ? moved : modification)
}

const chargebackOf = (payment: Payment, event: PaymentEvent & { readonly type: "charged-back" }, nowMs: number) => ({
  chargebackId: event.chargebackId,
  status: "CHARGED",
  amount: inCurrencyOf(payment, event.amountMinor),
  movedAtMs: nowMs,
  ...present({ reason: event.reason })
})
