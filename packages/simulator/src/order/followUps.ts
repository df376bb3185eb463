/** What happens by itself after an event: captures and refunds go their way, acquirers answer. */
import type { Payment } from "./Payment.ts"
import type { Filing, PaymentEvent } from "./PaymentEvent.ts"
import type { PaymentMethod } from "./PaymentMethod.ts"

const hour = 3_600_000

/** A filed capture or refund is batched within the hour; until then it can still be replaced. Invented. */
const batchAfterMs = hour
/** A batched capture or refund is done the next day. Invented. */
const doneAfterMs = 24 * hour
/** An acquirer that must be asked before a payment is given up answers the next day. Invented. */
const cancelAnswerAfterMs = 24 * hour
/** A web-direct payment whose shopper said yes at the bank is found out without `proceed` after this. Invented. */
const bankReportsAfterMs = 15 * 60_000

/** An event that is due later. */
export interface FollowUp {
  readonly atMs: number
  readonly event: PaymentEvent
}

/** The event with which a method authorises, with the capture that its habit files. */
export const authorizationBy = (method: PaymentMethod): PaymentEvent & { readonly type: "authorized" } => {
  const { capture, confidence } = method
  switch (capture.how) {
    case "at-once":
      return { type: "authorized", confidence, capture: "CAPTURED" }
    case "filed":
      return { type: "authorized", confidence, capture: "NEW" }
    case "started":
    case "when-money-arrives":
      return { type: "authorized", confidence, capture: "STARTED" }
    case "on-request":
      return { type: "authorized", confidence }
  }
}

/** What follows from an event that has just happened. */
export const followUps = (
  payment: Payment,
  event: PaymentEvent,
  when: { readonly nowMs: number; readonly method: PaymentMethod | undefined }
): ReadonlyArray<FollowUp> => {
  switch (event.type) {
    case "authorized":
      return event.capture === undefined || when.method === undefined ? [] : habitual(when.method, when.nowMs)
    case "capture-filed":
      return moves("capture-moved", payment.captures.length, { filing: event.filing, nowMs: when.nowMs })
    case "refund-filed":
      return moves("refund-moved", payment.refunds.length, { filing: event.filing, nowMs: when.nowMs })
    case "cancel-asked":
      return [{ atMs: when.nowMs + cancelAnswerAfterMs, event: afterCancelAsked(payment) }]
    case "shopper-said":
      return event.answer === "approved" && when.method !== undefined
        ? [{ atMs: when.nowMs + bankReportsAfterMs, event: authorizationBy(when.method) }]
        : []
    case "moved":
    case "worded":
    case "capture-worded":
    case "failed":
    case "cancelled":
    case "confidence-changed":
    case "capture-moved":
    case "refund-moved":
    case "charged-back":
    case "reversed":
    case "voided":
    case "cancel-refused":
      return []
  }
}

const afterCancelAsked = (payment: Payment): PaymentEvent =>
  payment.captures.length > 0
    ? { type: "voided", reason: "Cancel request through order api" }
    : { type: "cancelled", reason: "Canceled" }

const habitual = (method: PaymentMethod, nowMs: number): ReadonlyArray<FollowUp> => {
  const { capture } = method
  switch (capture.how) {
    case "filed":
      return [
        { atMs: nowMs + capture.startAfterMs, event: { type: "capture-moved", number: 1, status: "STARTED" } },
        { atMs: nowMs + capture.doneAfterMs, event: { type: "capture-moved", number: 1, status: "CAPTURED" } }
      ]
    case "started":
      return [{ atMs: nowMs + capture.doneAfterMs, event: { type: "capture-moved", number: 1, status: "CAPTURED" } }]
    case "at-once":
    case "when-money-arrives":
    case "on-request":
      return []
  }
}

const moves = (
  type: "capture-moved" | "refund-moved",
  number: number,
  { filing, nowMs }: { readonly filing: Filing; readonly nowMs: number }
): ReadonlyArray<FollowUp> => {
  const fromMs = Math.max(nowMs, filing.notBeforeMs ?? nowMs)
  return [
    { atMs: fromMs + batchAfterMs, event: { type, number, status: "STARTED" } },
    { atMs: fromMs + doneAfterMs, event: { type, number, status: "CAPTURED" } }
  ]
}
