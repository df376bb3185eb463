/**
 * The strict decision: report and order in, decision, findings, rows and events out.
 */
import type { Decision, RuleId } from "../Decision.ts"
import type { Finding, StrictFinding } from "../Finding.ts"
import { isUntouched, type ReportedTotals } from "../ApproximateTotals.ts"
import type { Hold, Order } from "../Order.ts"
import { type OrderEvent, statusChanged } from "../OrderEvent.ts"
import { type ClosedBy, closedByOf, isClosed, isMoneyState, isPaid } from "../OrderStatus.ts"
import type { PaymentRow } from "../PaymentRow.ts"
import type { Comparison } from "../Figures.ts"
import { comparisonsOf, firstMatch } from "../RuleSet.ts"
import { coveredByCapture, type Facts, type Question, readFacts } from "./Facts.ts"
import { isOver, remark, reopens, type Verdict } from "./findings.ts"
import { fulfilmentOf } from "./fulfilment.ts"
import { mergeRows } from "./rows.ts"
import { strictRules } from "./rules.ts"

/** All that follows from one report. */
export interface Outcome {
  /** The order to store. Under the strict rules the question's own object when nothing changed: nothing to write. */
  readonly order: Order
  /**
   * All rows to store, ascending by number: those of the report and, untouched, those it does not mention. Rows that did
   * not change are the question's own objects.
   */
  readonly payments: ReadonlyArray<PaymentRow>
  readonly decision: Decision
  /** What deserves a look; empty on an ordinary day. The order of findings means nothing. */
  readonly findings: ReadonlyArray<Finding>
  /** Real changes only: payments by number, the status, the fulfilment. Send them after the commit. */
  readonly events: ReadonlyArray<OrderEvent>
}

// Worked out once: the comparisons of a rule are the same for every report.
const comparisons = strictRules.map(comparisonsOf)

interface Answer extends Verdict {
  readonly compared: ReadonlyArray<Comparison>
  readonly afterwards?: RuleId
}

/** The verdict of the table. */
const decide = (facts: Facts): Answer => {
  const position = firstMatch(strictRules, facts)
  const { id: rule, outcome } = strictRules[position]!
  const compared = comparisons[position]!
  if (outcome === "keep") return { status: facts.prior, rule, compared }
  if (outcome === "unknown-unless-money-state") {
    return { status: isMoneyState(facts.prior) ? facts.prior : "unknown", rule, compared }
  }
  if (outcome === "decide-as-pending") {
    const again = decide({ ...facts, prior: "pending" })
    return { status: again.status, rule, compared, afterwards: again.rule }
  }
  return { status: outcome, rule, compared }
}

const holdAfter = (facts: Facts, answer: Answer): Hold | undefined => {
  if (answer.status === "cancelled") return undefined
  if (facts.order.hold !== undefined) return facts.order.hold
  if (
    facts.intent?.wanted === "cancelled" && !(facts.cancelAccepted ? isOver(answer.status) : isClosed(answer.status))
  ) {
    return "cancel-not-confirmed"
  }
  return reopens(facts, answer) ? "paid-after-close" : undefined
}

// A payment that the shopper cancelled closes nothing. What was closed is remembered when late money opens it again: if
// that money goes away, it is closed as before.
const closedByAfter = (
  { ageMs, cancelAccepted, closedBy, expireAfterMs, order: { hold }, totals }: Facts,
  { status }: Answer
): ClosedBy | undefined => {
  if (status === "expired") return closedBy ?? "expiry"
  // A cancel whose answer was lost has led to what it asked for.
  if (status === "cancelled" && hold === "cancel-not-confirmed") return "shop"
  if (cancelAccepted && isOver(status)) return "shop"
  // Its age closes it like any other that nobody paid; the status goes on saying why.
  const isTooOld = status === "cancelled" && ageMs > expireAfterMs && isUntouched(totals)
  return closedBy ?? (isTooOld ? "expiry" : undefined)
}

// Remembered for ever once true; false only for an order that becomes paid on a promise. A paid order whose report
// registers nothing proves nothing, unless it costs nothing.
const coveredAfter = (facts: Facts, { rule, status }: Answer): boolean | undefined => {
  if (!isPaid(status)) return facts.order.coveredByCapture
  if (coveredByCapture(facts) || rule === "zero-order-paid") return true
  return isMoneyState(facts.order.status) ? facts.order.coveredByCapture : false
}

const sameTotals = (a: ReportedTotals | undefined, b: ReportedTotals): boolean =>
  a !== undefined && a.registered === b.registered && a.shopperPending === b.shopperPending &&
  a.acquirerPending === b.acquirerPending && a.acquirerApproved === b.acquirerApproved && a.captured === b.captured &&
  a.refunded === b.refunded && a.chargedBack === b.chargedBack && a.reversed === b.reversed

const orderAfter = (facts: Facts, answer: Answer, findings: ReadonlyArray<Finding>): Order => {
  const { order, totals } = facts
  const hold = holdAfter(facts, answer)
  const closedBy = closedByAfter(facts, answer)
  const fulfilment = fulfilmentOf(facts, answer, { findings, hold, closedBy })
  const covered = coveredAfter(facts, answer)
  // The same object when nothing changed: a store sees at a glance that there is nothing to write.
  if (
    order.status === answer.status && order.fulfilment === fulfilment && order.hold === hold &&
    order.closedBy === closedBy && (order.coveredAtOldRate ?? false) === facts.drifted &&
    order.coveredByCapture === covered && sameTotals(order.totals, totals)
  ) return order
  const after: { -readonly [Field in keyof Order]: Order[Field] } = {
    key: order.key,
    status: answer.status,
    fulfilment,
    createdAtMs: order.createdAtMs,
    currency: order.currency,
    totals
  }
  if (order.grossMinor !== undefined) after.grossMinor = order.grossMinor
  if (hold !== undefined) after.hold = hold
  if (closedBy !== undefined) after.closedBy = closedBy
  if (covered !== undefined) after.coveredByCapture = covered
  if (facts.drifted) after.coveredAtOldRate = true
  if (order.releasedMinor !== undefined) after.releasedMinor = order.releasedMinor
  return after
}

const orderEvents = (before: Order, after: Order, decision: Decision): ReadonlyArray<OrderEvent> => [
  ...before.status === decision.status
    ? []
    : [statusChanged(before.status, decision, isOver(after.status) && closedByOf(after) !== undefined)],
  ...before.fulfilment === decision.fulfilment
    ? []
    : [{ type: "order.fulfilment_changed", from: before.fulfilment, to: decision.fulfilment } as const]
]

// A refused report says nothing of the money: the goods wait for the next one. That a cancel was asked for and is not
// confirmed holds the order all the same.
const orderWhileRefused = (order: Order, hold: Hold | undefined): Order => {
  if (order.fulfilment !== "ship" && (hold === undefined || hold === order.hold)) return order
  const held = hold === undefined ? {} : { hold }
  return { ...order, ...held, fulfilment: order.fulfilment === "ship" ? "wait" : order.fulfilment }
}

/** Decides by the strict rules. */
export const decideStrict = (question: Question): Outcome => {
  const findings: Array<StrictFinding> = []
  const facts = readFacts(question, findings)
  const answer = decide(facts)
  remark(facts, answer, findings)
  const refused = facts.refusal !== undefined
  const order = refused ? orderWhileRefused(facts.order, holdAfter(facts, answer)) : orderAfter(facts, answer, findings)
  const decision: { -readonly [Field in keyof Decision]: Decision[Field] } = {
    status: answer.status,
    rule: answer.rule,
    figures: facts.figures,
    compared: answer.compared,
    fulfilment: order.fulfilment
  }
  if (answer.afterwards !== undefined) decision.afterwards = answer.afterwards
  const events: Array<OrderEvent> = []
  const payments = refused ? question.payments : mergeRows(question.payments, facts.readings, { events, findings })
  events.push(...orderEvents(facts.order, order, decision))
  return { order, payments, decision, findings, events }
}
