/**
 * What the strict rules remark on once the decision is known.
 */
import { isUntouched } from "../ApproximateTotals.ts"
import type { StrictFinding } from "../Finding.ts"
import type { OrderStatus } from "../OrderStatus.ts"
import { isClosed, isMoneyState, isPaid } from "../OrderStatus.ts"
import type { RuleId } from "../Decision.ts"
import { due as dueOf } from "../Figures.ts"
import { compareLines } from "./compareLines.ts"
import { coveredByCapture, type Facts, opensMoney } from "./Facts.ts"
import type { PaymentReading } from "./PaymentReading.ts"

/** A decision so far: before findings and fulfilment. */
export interface Verdict {
  readonly status: OrderStatus
  readonly rule: RuleId
}

type Findings = Array<StrictFinding>

/** Given up, or all of the money given back: an accepted cancel closes either. */
export const isOver = (status: OrderStatus): boolean =>
  isClosed(status) || status === "refunded" || status === "charged_back"

const dayMs = 24 * 60 * 60 * 1000
/** After this an authorisation of a card lapses. It is never older than its order, and a report does not say how old it is. */
const cardLapsesAfterMs = 7 * dayMs
/** Two days are left to pack the goods, or to cancel. */
const captureDueAfterMs = cardLapsesAfterMs - 2 * dayMs

const cards: ReadonlySet<string> = new Set(["VISA", "MASTERCARD", "AMEX", "MAESTRO", "MISTERCASH"])
const isCard = ({ paymentMethod }: PaymentReading): boolean => cards.has(paymentMethod)

const remarkOnPayments = (
  facts: Facts,
  { covered, status }: { readonly covered: boolean; readonly status: OrderStatus },
  findings: Findings
): void => {
  for (const reading of facts.readings) {
    const paymentId = reading.id
    if (reading.class === "unknown") findings.push({ kind: "unknown-status-word", paymentId, word: reading.status })
    if (reading.unknownStatus !== undefined) {
      findings.push({ kind: "unknown-capture-word", paymentId, word: reading.unknownStatus })
    }
    if (reading.unknownRefund !== undefined) {
      findings.push({ kind: "unknown-refund-status", paymentId, word: reading.unknownRefund })
    }
    if (reading.unknownChargeback !== undefined) {
      findings.push({ kind: "unknown-chargeback-status", paymentId, word: reading.unknownChargeback })
    }
    const isReleased = facts.restReleased && reading.currency === facts.order.currency
    if (reading.openRest > 0 && !isReleased && !isOver(status)) {
      const lapse = isCard(reading) ? { lapsesAtMs: facts.order.createdAtMs + cardLapsesAfterMs } : {}
      const { currency, openRest: rest } = reading
      findings.push({ kind: "captured-in-part", paymentId, rest, currency, ...lapse })
    }
    const uncaptured = reading.securedExtra + (isReleased ? 0 : reading.openRest)
    if (uncaptured > 0 && isCard(reading) && facts.ageMs > captureDueAfterMs && !isOver(status)) {
      findings.push({ kind: "capture-due", paymentId, uncaptured, currency: reading.currency })
    }
    if (reading.voided) findings.push({ kind: "voided", paymentId })
    if (reading.failed && !covered) findings.push({ kind: "capture-failed", paymentId })
    if (reading.trimmed) findings.push({ kind: "text-trimmed", paymentId })
  }
}

const remarkOnCurrencies = ({ readings, figures, order }: Facts, findings: Findings): void => {
  const isOrders = (currency: string): boolean => currency === order.currency
  if (isOrders(figures.currency) && readings.every(({ currency }) => isOrders(currency))) return
  const currencies = new Set([order.currency, figures.currency, ...readings.map(({ currency }) => currency)])
  findings.push({ kind: "mixed-currencies", currencies: [...currencies].toSorted() })
}

const remarkOnAmounts = (facts: Facts, covered: boolean, findings: Findings): void => {
  const { currency, gross, kept, net, paidCover, refunded, chargedBack, registered, released = 0 } = facts.figures
  // A report without attempts and without an amount says nothing about the amount.
  if (gross !== undefined && gross !== registered && (facts.newest !== "none" || registered !== 0)) {
    const kind = registered < gross ? "registered-below-gross" : "registered-above-gross"
    findings.push({ kind, registered, gross, currency })
  }
  if (net < 0) findings.push({ kind: "returned-more-than-captured", by: -net, currency })
  if (chargedBack > 0 && kept > 0) findings.push({ kind: "partial-chargeback", chargedBack, currency })
  if (registered === 0) return
  // What the shop gave up nobody owes.
  const owed = registered - released
  if (net > owed) findings.push({ kind: "overpaid", by: net - owed, currency })
  if (covered && paidCover < owed) findings.push({ kind: "within-margin", short: owed - paidCover, currency })
  // With enough money and no attempt behind it nothing is outstanding; the lines are then at odds with the totals.
  // What is still authorised of a line that is captured in part is not for the shopper to pay.
  const expected = paidCover + facts.openRest
  if (paidCover > 0 && expected < dueOf(facts.figures) && refunded + chargedBack === 0) {
    findings.push({ kind: "underpaid", outstanding: owed - expected, currency })
  }
}

const remarkOnCancel = ({ cancelAccepted, intent }: Facts, { status }: Verdict, findings: Findings): void => {
  if (intent?.wanted !== "cancelled" || (cancelAccepted && isOver(status))) return
  findings.push({
    kind: "cancel-not-confirmed",
    ...(intent.cancelResult === undefined ? {} : { cancelResult: intent.cancelResult })
  })
}

// With attempts of which none stands behind the money. Without any there is a finding of its own, and where the money
// once paid the order it has vanished.
const isUnclaimed = (facts: Facts, { status }: Verdict): boolean =>
  facts.figures.net > 0 && facts.newest !== "none" && facts.authorizedCount === 0 && !facts.mayHoldMoney &&
  !isMoneyState(status)

const remarkOnStates = (facts: Facts, verdict: Verdict, findings: Findings): void => {
  const { captured, currency, net, registered } = facts.figures
  if (facts.newest === "none" && !isUntouched(facts.totals)) findings.push({ kind: "report-without-lines" })
  if (moneyVanished(facts, verdict)) findings.push({ kind: "money-vanished", captured, registered, currency })
  remarkOnCancel(facts, verdict, findings)
  if (isUnclaimed(facts, verdict)) findings.push({ kind: "unclaimed-money", net, currency })
  if (reopens(facts, verdict)) findings.push({ kind: "paid-after-close", from: facts.order.status })
  if (followsCancelledPayment(facts, verdict)) findings.push({ kind: "paid-after-cancelled-payment" })
  if (facts.drifted) findings.push({ kind: "rate-drift", captured, registered, currency })
  if (facts.wrongCurrency) findings.push({ kind: "wrong-currency", currency, orderCurrency: facts.order.currency })
  if (verdict.status === "pending" && facts.ageMs > facts.expireAfterMs) {
    findings.push({ kind: "stuck-pending", ageDays: Math.floor(facts.ageMs / dayMs) })
  }
}

// Also for an order that was returned and would be paid again, by a promise and without the money that once covered it:
// asked a second time it is a paid one, and the answer must not change.
const moneyVanished = (facts: Facts, { rule, status }: Verdict): boolean => {
  if (facts.wrongCurrency) return false
  if (rule === "kept-money-state") return true
  const { coveredByCapture: once, status: before } = facts.order
  return isMoneyState(before) && (isPaid(before) || isPaid(status)) && once !== false && !coveredByCapture(facts) &&
    facts.figures.registered > 0
}

/** True if a closed order is left for a status that is not closed: money arrived too late. */
export const reopens = ({ closedBy, order }: Facts, { status }: Verdict): boolean =>
  isClosed(order.status) && closedBy !== undefined && !isClosed(status)

// The shopper cancelled at the bank, chose another method on the same menu, and paid.
const followsCancelledPayment = ({ closedBy, order }: Facts, { status }: Verdict): boolean =>
  order.status === "cancelled" && closedBy === undefined &&
  (status === "pending" || status === "paid" || status === "paid_refunded")

/** Adds to `findings` what the facts and the verdict give cause to remark on. */
export const remark = (facts: Facts, verdict: Verdict, findings: Findings): void => {
  if (facts.refusal !== undefined) {
    findings.push({ kind: "report-refused", because: facts.refusal })
    remarkOnCancel(facts, verdict, findings)
    return
  }
  const { figures } = facts
  const covered = opensMoney(facts) && figures.registered > 0 && figures.paidCover >= dueOf(figures)
  remarkOnStates(facts, verdict, findings)
  remarkOnAmounts(facts, covered, findings)
  compareLines(facts, findings)
  remarkOnPayments(facts, { covered, status: verdict.status }, findings)
  remarkOnCurrencies(facts, findings)
}
