/**
 * The decision by a legacy rule set.
 */
import { withoutGaps } from "../ApproximateTotals.ts"
import type { Decision, RuleId } from "../Decision.ts"
import type { Finding } from "../Finding.ts"
import type { Order } from "../Order.ts"
import { type OrderEvent, statusChanged } from "../OrderEvent.ts"
import { isClosed, type OrderStatus, orderStatuses } from "../OrderStatus.ts"
import * as PaymentId from "../PaymentId.ts"
import type { PaymentLine } from "../PaymentLine.ts"
import { comparisonsOf, firstMatch } from "../RuleSet.ts"
import type { Outcome } from "../strict/decideStrict.ts"
import type { Question } from "../strict/Facts.ts"
import {
  figuresOf,
  type Generation,
  isAuthorized,
  type LegacyFacts,
  missingFor,
  readLegacyFacts
} from "./LegacyFacts.ts"
import { storeLine } from "./rows.ts"
import { legacy2013Rules, legacy2016Rules, type LegacyOutcome } from "./rules.ts"

const isOrderStatus = (text: string): text is OrderStatus => (orderStatuses as ReadonlyArray<string>).includes(text)

const follow = (outcome: OrderStatus | LegacyOutcome, facts: LegacyFacts, findings: Array<Finding>): OrderStatus => {
  if (outcome === "keep") return facts.order.status
  if (outcome !== "intended") return outcome
  // The rules with this outcome ask for a request.
  const status = facts.intended!
  if (isOrderStatus(status)) return status
  findings.push({ kind: "order-status-unknown", status })
  return "unknown"
}

// The reference asks the totals once for every authorised payment, and complains each time.
const complaints = (
  rule: RuleId,
  generation: Generation,
  lines: ReadonlyArray<PaymentLine>
): ReadonlyArray<Finding> => {
  if (generation === "2013") {
    const unhandled = rule === "legacy-totals-returned-in-part" || rule === "legacy-totals-negative"
    return unhandled ? [{ kind: "unhandled-totals" }, { kind: "negative-sum" }] : []
  }
  return rule === "legacy-totals-negative"
    ? lines.filter(isAuthorized).map(() => ({ kind: "negative-sum" }))
    : []
}

const refuse = (question: Question, generation: Generation, missing: string): Outcome => ({
  order: question.order,
  payments: question.payments,
  decision: {
    status: question.order.status,
    rule: "legacy-report-refused",
    figures: figuresOf(question, generation),
    compared: [],
    fulfilment: question.order.fulfilment
  },
  findings: [{ kind: "legacy-report-refused", missing }],
  events: []
})

/** Decides as one generation of the reference did. Fulfilment is not its business and stays. */
export const decideLegacy = (question: Question, generation: Generation): Outcome => {
  const missing = missingFor(generation, question)
  if (missing !== undefined) return refuse(question, generation, missing)
  const { order } = question
  const facts = readLegacyFacts(question, generation)
  const findings: Array<Finding> = []
  const events: Array<OrderEvent> = []
  const rowsById = new Map(question.payments.map((row) => [row.paymentId, row]))
  for (const line of facts.lines) storeLine(line, generation, { rowsById, events, findings })
  const table = generation === "2016" ? legacy2016Rules : legacy2013Rules
  const rule = table[firstMatch(table, facts)]!
  if (!facts.hasLines && facts.unclear && generation === "2016") findings.push({ kind: "unclear-totals" })
  findings.push(...complaints(rule.id, generation, facts.lines))
  const status = follow(rule.outcome, facts, findings)
  const { gross, registered } = facts.figures
  if (facts.hasLines && gross !== undefined && gross !== registered && status !== "cancelled") {
    findings.push({ kind: "total-mismatch", registered, gross })
  }
  const decision: Decision = {
    status,
    rule: rule.id,
    figures: facts.figures,
    compared: comparisonsOf(rule),
    fulfilment: order.fulfilment
  }
  const payments = [...rowsById.values()].toSorted((a, b) => PaymentId.compare(a.paymentId, b.paymentId))
  const after: Order = { ...order, status, totals: withoutGaps(question.report.totals) }
  if (order.status !== status) events.push(statusChanged(order.status, decision, isClosed(status)))
  return { order: after, payments, decision, findings, events }
}
