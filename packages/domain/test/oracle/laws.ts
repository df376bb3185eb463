/**
 * The laws that hold for every single answer of the strict rules, by name. The walk checks all of them at every
 * snapshot; the properties check each on random questions.
 */
import { comparedFields, type PaymentRow } from "../../src/PaymentRow.ts"
import type { Order } from "../../src/Order.ts"
import type { OrderEvent } from "../../src/OrderEvent.ts"
import type { Figures } from "../../src/Figures.ts"
import type { Finding } from "../../src/Finding.ts"
import type { Outcome } from "../../src/reconcile.ts"
import {
  chargeBackBites,
  expectedClosedBy,
  expectedCoveredByCapture,
  expectedFulfilment,
  expectedHold,
  expectedStatus,
  expectsError,
  hasMoneyEvidence,
  isClosed,
  isMoney,
  isOver,
  isPaid,
  keptOf,
  netOf,
  type State
} from "./expectation.ts"
import { compareIds, type Reading } from "./reading.ts"

/** One answer with all that led to it. */
export interface Answered {
  readonly state: State
  readonly reading: Reading
  readonly stored: ReadonlyArray<PaymentRow>
  readonly outcome: Outcome
}

/** One law; `true` when the answer obeys it. */
export type Law = (answered: Answered) => boolean

// The specification's list of errors; the kernel's own catalogue is not asked.
const errorKinds: ReadonlySet<Finding["kind"]> = new Set([
  "registered-below-gross",
  "money-vanished",
  "capture-failed",
  "report-without-lines",
  "unclaimed-money",
  "returned-more-than-captured",
  "lines-above-totals",
  "foreign-payment-id",
  "report-refused",
  "cancel-not-confirmed",
  "paid-after-close",
  "wrong-currency"
])

/** True if a finding forbids shipping. */
const isError = ({ kind }: Finding): boolean => errorKinds.has(kind)

/** Total, present or not. */
const number = (value: number | undefined): number => value ?? Number.NaN

/** Recomputes every comparison of a decision from its figures, without the kernel's own arithmetic. */
export const comparisonsHold = ({ compared, figures }: Outcome["decision"]): boolean =>
  compared.every(({ left, less, lessIfKnown, operator, right }) => {
    const value = (name: keyof Figures) => number(name === "currency" ? undefined : figures[name])
    const known = lessIfKnown === undefined ? 0 : figures[lessIfKnown] ?? 0
    const bound = (right === 0 ? 0 : value(right)) - (less === undefined ? 0 : value(less)) - known
    const difference = value(left) - bound
    switch (operator) {
      case ">=":
        return difference >= 0
      case ">":
        return difference > 0
      case "<":
        return difference < 0
      case "<=":
        return difference <= 0
      case "=":
        return difference === 0
    }
  })

const isOwn = (row: PaymentRow, key: string): boolean => row.orderKey === undefined || row.orderKey === key

/** Fields of a row in which two rows differ. */
const differences = (a: PaymentRow, b: PaymentRow): ReadonlyArray<string> =>
  comparedFields.filter((field) => a[field] !== b[field])

const sameRow = (a: PaymentRow, b: PaymentRow): boolean =>
  a === b || (a.paymentId === b.paymentId && a.orderKey === b.orderKey && differences(a, b).length === 0)

// Position by kind, then payments by number: the order in which events must come.
const rank = { "payment.added": 0, "payment.updated": 0, "order.status_changed": 1, "order.fulfilment_changed": 2 }

const inOrder = (events: ReadonlyArray<OrderEvent>): boolean =>
  events.every((event, index) => {
    const next = events[index + 1]
    if (next === undefined) return true
    if ("paymentId" in event && "paymentId" in next) return compareIds(event.paymentId, next.paymentId) < 0
    return rank[event.type] < rank[next.type]
  })

/** True if every event is a real change from what was stored. */
const areReal = (events: ReadonlyArray<OrderEvent>, { state: { order }, stored }: Answered): boolean =>
  events.every((event) => {
    switch (event.type) {
      case "payment.added":
        return event.payment.paymentId === event.paymentId &&
          !stored.some((row) => row.paymentId === event.paymentId)
      case "payment.updated": {
        const before = stored.find((row) => row.paymentId === event.paymentId && isOwn(row, order.key))
        return before !== undefined && event.payment.paymentId === event.paymentId && event.changed.length > 0 &&
          differences(before, event.payment).join() === event.changed.join()
      }
      case "order.status_changed":
        return event.from === order.status && event.to !== event.from
      case "order.fulfilment_changed":
        return event.from === order.fulfilment && event.to !== event.from
    }
  })

/** What a shop holds that was told `events` and knew `order` and `stored` before. */
export const applyEvents = (
  events: ReadonlyArray<OrderEvent>,
  { order, stored }: { readonly order: Order; readonly stored: ReadonlyArray<PaymentRow> }
): { status: string; fulfilment: string; rows: ReadonlyArray<PaymentRow> } => {
  let { fulfilment, status } = order
  const rows = [...stored]
  for (const event of events) {
    switch (event.type) {
      case "payment.added":
        rows.push(event.payment)
        break
      case "payment.updated":
        rows[rows.findIndex((row) => row.paymentId === event.paymentId)] = event.payment
        break
      case "order.status_changed":
        status = event.to
        break
      case "order.fulfilment_changed":
        fulfilment = event.to
        break
    }
  }
  return { status, fulfilment, rows: rows.toSorted((a, b) => compareIds(a.paymentId, b.paymentId)) }
}

/** The row that a line of the reading must be stored as. */
const rowMatches = (row: PaymentRow, line: Reading["lines"][number]): boolean =>
  row.paymentMethod === line.method && row.status === line.word && row.confidenceLevel === line.confidence &&
  row.allocatedMinor === (line.word === "AUTHORIZED" ? line.authorised : 0) && row.debitedMinor === line.captured &&
  row.refundedMinor === line.refunded && row.chargedBackMinor === line.chargedBack &&
  row.reversedMinor === line.reversed && row.currency === line.currency

/** Every law of a single answer. The names are what a report shows. */
export const answerLaws: Readonly<Record<string, Law>> = {
  "the status is the one the specification names": ({ outcome, reading, state }) =>
    outcome.order.status === expectedStatus(reading, state),
  "an order becomes paid only when it is covered": ({ outcome, reading, state }) =>
    !isPaid(outcome.order.status) || isMoney(state.order.status) || reading.covered || reading.zeroOrder,
  "a money state is left only on money evidence": ({ outcome, reading, state }) =>
    !isMoney(state.order.status) || outcome.order.status === state.order.status ||
    hasMoneyEvidence(reading, state.order),
  "a closed order reopens only for money": ({ outcome, reading, state }) => {
    const { status } = outcome.order
    if (!isClosed(state.order.status) || isClosed(status)) return true
    if (reading.wrongCurrency) return true
    return status !== "new" && status !== "in_progress" &&
      (reading.authorised || reading.C > 0 || reading.chargeBackReported)
  },
  "figures are those of the report, with margin and cover recomputed": ({ outcome, reading }) => {
    const figures = outcome.decision.figures
    return figures.registered === reading.R && figures.captured === reading.C && figures.refunded === reading.F &&
      figures.chargedBack === reading.K && figures.acquirerApproved === reading.A &&
      figures.acquirerPending === reading.Q && figures.shopperPending === reading.S &&
      figures.reversed === reading.V && figures.currency === reading.currency && figures.gross === reading.gross &&
      figures.margin === reading.m && (figures.released ?? 0) === reading.released &&
      figures.paidCover === reading.paidCover &&
      figures.shipCover === reading.shipCover && figures.kept === keptOf(reading) && figures.net === netOf(reading)
  },
  "the comparisons of a decision hold for its figures": ({ outcome }) => comparisonsHold(outcome.decision),
  "the goods leave, wait or stop as the specification says": ({ outcome, reading, state }) =>
    outcome.order.fulfilment === expectedFulfilment(reading, outcome.order.status, state),
  "returns shown by the lines are never ignored": ({ outcome, reading: { F, K, currency, lines } }) => {
    if (outcome.order.fulfilment !== "ship") return true
    // In the totals' own currency to the cent; in others something at least, and never all of what was captured.
    const shown = (name: "refunded" | "chargedBack", total: number): boolean => {
      const own = lines.reduce((sum, line) => line.currency === currency ? sum + line[name] : sum, 0)
      return own < total || (own === total && lines.every((line) => line.currency === currency || line[name] === 0))
    }
    const isGone = lines.some((line) => line.captured > 0) &&
      lines.every((line) =>
        line.currency !== currency && line.promisedExtra === 0 &&
        line.refunded + line.chargedBack >= line.captured
      )
    return shown("refunded", F) && shown("chargedBack", K) && !isGone
  },
  "ship implies cover, no hold and no error": ({ outcome, reading }) => {
    if (outcome.order.fulfilment !== "ship") return true
    const covered = reading.R > 0 && reading.shipCover - reading.F - reading.K >= reading.due
    return (covered || reading.zeroOrder || outcome.order.status === "paid_refunded") &&
      outcome.order.hold === undefined && !outcome.findings.some(isError)
  },
  "given up, returned or bitten by a charge-back implies stop": ({ outcome, reading }) => {
    const { closedBy, fulfilment, status } = outcome.order
    return fulfilment === "stop" ||
      !((isClosed(status) && closedBy !== undefined) || status === "refunded" || status === "charged_back" ||
        chargeBackBites(reading))
  },
  "an error is found exactly when the specification names one": ({ outcome, reading, state }) =>
    outcome.findings.some(isError) ===
      expectsError(reading, outcome.order.status, state),
  "the hold is set and cleared as the specification says": ({ outcome, reading, state }) =>
    outcome.order.hold === expectedHold(reading, outcome.order.status, state),
  "who closed the order is remembered": ({ outcome, reading, state }) =>
    outcome.order.closedBy === expectedClosedBy(reading, outcome.order.status, state),
  "a cancelled payment alone closes nothing": (
    { outcome: { order }, reading, state: { intent, order: before, tooOld } }
  ) =>
    order.closedBy === undefined || (tooOld && order.closedBy === "expiry") || reading.lines.length === 0 ||
    order.status === "expired" ||
    before.status === "expired" ||
    before.closedBy !== undefined || before.hold === "cancel-not-confirmed" || intent?.wanted === "cancelled",
  "an event says whether the shopper may still pay": ({ outcome: { events, order } }) =>
    events.every((event) =>
      event.type !== "order.status_changed" ||
      event.closed === (isOver(order.status) && order.closedBy !== undefined)
    ),
  "cover by captured money is remembered": ({ outcome, reading, state }) =>
    outcome.order.coveredByCapture === expectedCoveredByCapture(reading, outcome.order.status, state.order),
  "decision and order say the same": ({ outcome: { decision, order } }) =>
    decision.status === order.status && decision.fulfilment === order.fulfilment,
  "what is not decided stays": ({ outcome: { order }, state: { order: before } }) =>
    order.key === before.key && order.currency === before.currency && order.createdAtMs === before.createdAtMs &&
    order.grossMinor === before.grossMinor && order.releasedMinor === before.releasedMinor,
  "the totals of the report are kept": ({ outcome: { order: { totals } }, reading }) =>
    totals?.registered === reading.R && totals.captured === reading.C && totals.refunded === reading.F &&
    totals.chargedBack === reading.K && totals.acquirerApproved === reading.A && totals.reversed === reading.V &&
    totals.acquirerPending === reading.Q && totals.shopperPending === reading.S,
  "every line that counts is stored as reported": ({ outcome, reading }) =>
    reading.lines.every((line) => outcome.payments.some((row) => row.paymentId === line.id && rowMatches(row, line))),
  "events are real changes, in order": (answered) =>
    inOrder(answered.outcome.events) && areReal(answered.outcome.events, answered),
  "events applied to what was stored give what is stored": ({ outcome, state: { order }, stored }) => {
    const published = applyEvents(outcome.events, { order, stored })
    return published.status === outcome.order.status && published.fulfilment === outcome.order.fulfilment &&
      published.rows.length === outcome.payments.length &&
      published.rows.every((row, index) => sameRow(row, outcome.payments[index]!))
  }
}

type NamedLaws = ReadonlyArray<readonly [name: string, holds: Law]>

const allLaws: NamedLaws = Object.entries(answerLaws)

/** Laws that recompute the whole decision; the others look at parts of it, at rows and at events. */
export const decisionLaws: NamedLaws = [
  "the status is the one the specification names",
  "figures are those of the report, with margin and cover recomputed",
  "the goods leave, wait or stop as the specification says",
  "an error is found exactly when the specification names one",
  "the hold is set and cleared as the specification says",
  "who closed the order is remembered",
  "cover by captured money is remembered",
  "decision and order say the same"
].map((name) => [name, answerLaws[name]!] as const)

const none: ReadonlyArray<string> = []

/** Names of the laws, of all or of those given, that the answer breaks. */
export const brokenLaws = (answered: Answered, laws: NamedLaws = allLaws): ReadonlyArray<string> => {
  for (const [, holds] of laws) {
    if (!holds(answered)) return laws.filter(([, holds]) => !holds(answered)).map(([name]) => name)
  }
  return none
}

const sameTotals = (a: Order["totals"], b: Order["totals"]): boolean =>
  a === b || (a !== undefined && b !== undefined && a.registered === b.registered && a.captured === b.captured &&
    a.refunded === b.refunded && a.chargedBack === b.chargedBack && a.acquirerApproved === b.acquirerApproved &&
    a.acquirerPending === b.acquirerPending && a.shopperPending === b.shopperPending && a.reversed === b.reversed)

/** True if two orders are the same in every field. */
export const sameOrder = (a: Order, b: Order): boolean =>
  a === b || (a.key === b.key && a.status === b.status && a.fulfilment === b.fulfilment && a.hold === b.hold &&
    a.coveredByCapture === b.coveredByCapture && a.currency === b.currency && a.createdAtMs === b.createdAtMs &&
    a.grossMinor === b.grossMinor && a.closedBy === b.closedBy && a.coveredAtOldRate === b.coveredAtOldRate &&
    a.releasedMinor === b.releasedMinor &&
    sameTotals(a.totals, b.totals))

/** True if two answers say the same about the order: status, rule, goods, figures, findings and events by kind. */
export const sameAnswer = (a: Outcome, b: Outcome): boolean =>
  sameOrder(a.order, b.order) && a.decision.rule === b.decision.rule &&
  a.decision.afterwards === b.decision.afterwards && a.decision.figures.paidCover === b.decision.figures.paidCover &&
  a.decision.figures.shipCover === b.decision.figures.shipCover &&
  a.decision.figures.margin === b.decision.figures.margin && a.findings.length === b.findings.length &&
  a.findings.every(({ kind }, index) => b.findings[index]!.kind === kind) && a.events.length === b.events.length &&
  a.payments.length === b.payments.length &&
  a.payments.every((row, index) => sameRow(row, b.payments[index]!))
