/**
 * All that the strict rules ask about, read once per report.
 */
import type { AuthorizationClass } from "../AuthorizationStatus.ts"
import { due as dueOf, type Figures } from "../Figures.ts"
import { type Intent, isAccepted } from "../Intent.ts"
import type { ReportedTotals } from "../ApproximateTotals.ts"
import type { Order } from "../Order.ts"
import { type ClosedBy, closedByOf, isClosed, isMoneyState, isPaid, type OrderStatus } from "../OrderStatus.ts"
import type { PaymentRow } from "../PaymentRow.ts"
import { type CoverPolicy, marginSetting, type Policy } from "../Policy.ts"
import type { StatusReport } from "../StatusReport.ts"
import type { ReportViolation, StrictFinding } from "../Finding.ts"
import { countsAsAuthorized, type PaymentReading } from "./PaymentReading.ts"
import { cover } from "./cover.ts"
import { type LineSums, sumLines } from "./lineSums.ts"
import { readReport } from "./readReport.ts"
import { withoutForeign } from "./withoutForeign.ts"

/** What `reconcile` is asked: an order as it is stored, and a report about it. */
export interface Question {
  readonly order: Order
  /**
   * The stored rows of the order's payments, in any order; empty before the first report. Add rows of other orders that
   * have an id of this report, with their `orderKey`: then such a payment is neither counted nor written.
   */
  readonly payments: ReadonlyArray<PaymentRow>
  readonly report: StatusReport
  /** When the report was asked for, milliseconds since 1970-01-01T00:00Z. Only the order's age follows from it. */
  readonly nowMs: number
  /** Absent when nothing was wanted but the status. */
  readonly intent?: Intent
  readonly policy: Policy
}

/** The class of the newest attempt; a voided one counts as cancelled. */
type NewestClass = AuthorizationClass | "none"

/** Facts about one report and its order. Amounts in minor units of the totals' currency. */
export interface Facts {
  readonly refusal: ReportViolation | undefined
  readonly order: Order
  /** The status the order has; taken as pending once a promise is lost. */
  readonly prior: OrderStatus
  readonly totals: ReportedTotals
  readonly figures: Figures
  /** Ascending by number, without those of other orders. */
  readonly readings: ReadonlyArray<PaymentReading>
  readonly lines: LineSums
  readonly newest: NewestClass
  /** The newest attempt that is neither failed nor cancelled says that the bank took the money back. */
  readonly chargeBackReported: boolean
  /** Authorised attempts that count: not voided, or all while money is captured. */
  readonly authorizedCount: number
  /** An attempt that may hold money although it is not authorised. */
  readonly mayHoldMoney: boolean
  readonly cancelFailed: boolean
  /** An attempt whose word claims payment, or that money was taken back. */
  readonly claimsPayment: boolean
  /** Every attempt is voided, failed or cancelled; false without attempts. */
  readonly allOver: boolean
  readonly carriesMoney: boolean
  /** The totals are in a currency that the order does not have. */
  readonly wrongCurrency: boolean
  /** Some attempt may still bring money: authorised and not captured, held, or in a word nobody knows. */
  readonly moneyMayCome: boolean
  /** What was promised and may still be captured, with what is, is less than what is due. */
  readonly promiseGone: boolean
  /** A paid order whose converted totals fell although its lines show all that they showed. */
  readonly drifted: boolean
  /** What the acquirer still stands for of lines that are captured in part, less what the shop gave up. */
  readonly openRest: number
  /** The shop gave up all that captures in part left open in the order's currency. */
  readonly restReleased: boolean
  readonly intent: Intent | undefined
  readonly cancelAccepted: boolean
  /** Who has closed the order, as far as this report lets one tell. */
  readonly closedBy: ClosedBy | undefined
  readonly ageMs: number
  readonly expireAfterMs: number
}

const dayMs = 24 * 60 * 60 * 1000

/** What the attempts say together. */
interface Survey {
  /** An attempt that is not authorised may still bring money. */
  undecided: boolean
  /** Promised and not failed, beyond what is captured. */
  promised: number
  /** The same of lines in the order's currency, and all that is left of those with a word nobody knows. */
  atMost: number
  openRest: number
  authorizedCount: number
  mayHoldMoney: boolean
  cancelFailed: boolean
  claimsPayment: boolean
  allOver: boolean
  /** Every authorised attempt is whole. */
  whole: boolean
  carriesMoney: boolean
  /** All authorised attempts are in the order's currency. */
  inOrderCurrency: boolean
  /** An authorised attempt is in another currency, and was neither voided nor failed. */
  converted: boolean
}

// A word that nobody knows may mean that all of it comes: giving up something else must not make it look unneeded.
const atMostOf = ({ authorized, captured, openRest, promisedExtra, reversed, unknownStatus }: PaymentReading): number =>
  unknownStatus === undefined
    ? promisedExtra + openRest
    : Math.max(promisedExtra, authorized - reversed - captured)

const addAuthorized = (
  seen: Survey,
  reading: PaymentReading,
  { captured, currency }: { readonly captured: number; readonly currency: string }
): void => {
  if (!reading.voided && !reading.failed) seen.allOver = false
  if (!reading.whole) seen.whole = false
  if (reading.unknownStatus !== undefined) seen.undecided = true
  seen.promised += reading.promisedExtra + reading.openRest
  if (reading.currency === currency) {
    seen.atMost += atMostOf(reading)
    seen.openRest += reading.openRest
  } else {
    seen.inOrderCurrency = false
    if (!reading.voided && !reading.failed) seen.converted = true
  }
  if (countsAsAuthorized(reading, captured)) seen.authorizedCount++
}

const survey = (
  readings: ReadonlyArray<PaymentReading>,
  { captured, chargedBack }: ReportedTotals,
  currency: string
): Survey => {
  const seen: Survey = {
    undecided: false,
    promised: 0,
    atMost: 0,
    openRest: 0,
    authorizedCount: 0,
    mayHoldMoney: false,
    cancelFailed: false,
    claimsPayment: false,
    allOver: readings.length > 0,
    whole: true,
    carriesMoney: false,
    inOrderCurrency: true,
    converted: false
  }
  for (const reading of readings) {
    if (reading.authorized > 0 || reading.captured > 0 || reading.refunded > 0 || reading.chargedBack > 0) {
      seen.carriesMoney = true
    }
    switch (reading.class) {
      case "authorized":
        addAuthorized(seen, reading, { captured, currency })
        break
      case "held":
        seen.mayHoldMoney = true
        seen.allOver = false
        break
      case "cancel-failed":
        seen.mayHoldMoney = true
        seen.cancelFailed = true
        seen.allOver = false
        break
      case "paid":
        seen.mayHoldMoney = true
        seen.claimsPayment = true
        seen.allOver = false
        break
      case "charged-back":
        // Until the totals show it as well, the word alone speaks: it must not pay the order.
        if (chargedBack > 0) seen.claimsPayment = true
        seen.allOver = false
        break
      case "unknown":
        seen.undecided = true
        seen.allOver = false
        break
      case "redirected":
      case "open":
        seen.allOver = false
        break
      case "failed":
      case "cancelled":
        break
    }
  }
  return seen
}

// A twentieth of the order at most: a margin meant for exchange rates must never cover a small order.
const marginOf = (policy: Policy, currency: string, registered: number): number =>
  Math.floor(Math.max(0, Math.min(marginSetting(policy, currency), registered / 20)))

/**
 * What is not due because the shop gave it up: no more than nothing else can pay, so that the surplus of a second payment
 * is none; and nothing at all where it would leave nothing due.
 */
const releasedOf = (
  givenUp: number,
  { margin, mayCome, registered }: { readonly registered: number; readonly margin: number; readonly mayCome: number }
): number => {
  const released = Math.min(givenUp, Math.max(0, registered - mayCome))
  return registered - margin - released > 0 ? released : 0
}

// A voided attempt counts as cancelled.
const isOver = (reading: PaymentReading, captured: number): boolean =>
  reading.class === "failed" || reading.class === "cancelled" ||
  (reading.class === "authorized" && !countsAsAuthorized(reading, captured))

const newestOf = (readings: ReadonlyArray<PaymentReading>, captured: number): NewestClass => {
  const newest = readings.at(-1)
  if (newest === undefined) return "none"
  return newest.class === "authorized" && !countsAsAuthorized(newest, captured) ? "cancelled" : newest.class
}

// An attempt that is neither authorised nor over may still become either.
const isGone = (readings: ReadonlyArray<PaymentReading>, mayCome: number, due: number): boolean =>
  readings.length > 0 && mayCome < due &&
  readings.every((reading) =>
    reading.class === "authorized" || reading.class === "failed" || reading.class === "cancelled"
  )

/**
 * True if captured money once covered the order, converted totals now fall short, and every line still shows at least the
 * captures that it showed: then only the daily rate moved.
 */
const isDrift = (
  { order, payments }: Question,
  { due, readings, totals }: {
    readonly readings: ReadonlyArray<PaymentReading>
    readonly totals: ReportedTotals
    readonly due: number
  }
): boolean => {
  const { coveredAtOldRate = false, coveredByCapture, status, totals: last } = order
  // One that gave all of it back at the old rate gave it back for good.
  if (coveredByCapture === false || !(isPaid(status) || (isMoneyState(status) && coveredAtOldRate))) return false
  if (totals.registered === 0 || totals.captured >= due) return false
  // Covered at the last report, at its rate or at an older one: what its lines showed is what the rows hold.
  if (!coveredAtOldRate && (last === undefined || last.captured < last.registered - (totals.registered - due))) {
    return false
  }
  const shown = new Map(readings.map((reading) => [reading.id, reading]))
  let isConverted = false
  for (const { currency, debitedMinor, orderKey, paymentId } of payments) {
    if (debitedMinor === 0 || (orderKey !== undefined && orderKey !== order.key)) continue
    const reading = shown.get(paymentId)
    if (reading === undefined || reading.captured < debitedMinor) return false
    if (reading.currency !== order.currency && (currency ?? reading.currency) === reading.currency) isConverted = true
  }
  return isConverted
}

const figuresOf = (
  { acquirerApproved, acquirerPending, captured, chargedBack, refunded, registered, reversed, shopperPending }:
    ReportedTotals,
  lines: LineSums,
  computed: Pick<Figures, "currency" | "margin" | "paidCover" | "shipCover">
): { -readonly [Name in keyof Figures]: Figures[Name] } => {
  const net = captured - refunded - chargedBack
  const isRounding = lines.isAllReturned && Math.abs(net) <= lines.convertedReturns
  return {
    registered,
    shopperPending,
    acquirerPending,
    acquirerApproved,
    captured,
    refunded,
    chargedBack,
    reversed,
    ...computed,
    kept: isRounding ? 0 : computed.paidCover - refunded - chargedBack,
    net: isRounding ? 0 : net
  }
}

/** The facts, and remarks pushed onto `findings`. */
export const readFacts = (question: Question, findings: Array<StrictFinding>): Facts => {
  const { intent, nowMs, order, policy, report } = question
  const read = readReport(report, findings)
  const { totals } = read
  const readings = withoutForeign(read.readings, question, findings)
  const exchangedTo = report.totals.exchangedTo
  const currency = exchangedTo ?? order.currency
  const seen = survey(readings, totals, order.currency)
  const { captured, registered } = totals
  const margin = exchangedTo === order.currency && seen.converted ? marginOf(policy, currency, registered) : 0
  const addable = seen.inOrderCurrency && currency === order.currency
  const givenUp = currency === order.currency ? order.releasedMinor ?? 0 : 0
  const closedRest = Math.min(seen.openRest, givenUp)
  const promised = seen.promised - closedRest
  const mayCome = captured + Math.max(0, seen.atMost - closedRest)
  const released = releasedOf(givenUp, { registered, margin, mayCome })
  const due = registered - margin - released
  const coverInput = {
    totals,
    currency,
    readings,
    authorizedCount: seen.authorizedCount,
    addable,
    whole: seen.whole,
    consideredSafe: report.consideredSafe?.value === true,
    released: givenUp,
    due
  }
  const drifted = isDrift(question, { readings, totals, due })
  const coverBy = (when: CoverPolicy): number =>
    drifted ? Math.max(cover(when, coverInput), registered) : cover(when, coverInput)
  const lines = sumLines(readings, currency)
  const covers = { paidCover: coverBy(policy.paidWhen), shipCover: coverBy(policy.shipWhen) }
  const figures = figuresOf(totals, lines, { currency, margin, ...covers })
  if (released > 0) figures.released = released
  if (currency === order.currency && order.grossMinor !== undefined) figures.gross = order.grossMinor
  return {
    refusal: read.refusal,
    order,
    prior: order.status,
    totals,
    figures,
    readings,
    lines,
    newest: newestOf(readings, captured),
    chargeBackReported: readings.findLast((reading) => !isOver(reading, captured))?.class === "charged-back",
    authorizedCount: seen.authorizedCount,
    mayHoldMoney: seen.mayHoldMoney,
    cancelFailed: seen.cancelFailed,
    claimsPayment: seen.claimsPayment,
    allOver: seen.allOver,
    carriesMoney: seen.carriesMoney,
    wrongCurrency: currency !== order.currency && order.currency !== "",
    moneyMayCome: seen.mayHoldMoney || seen.undecided || promised > 0 || lines.own.captured > captured,
    promiseGone: addable
      ? isGone(readings, captured + promised, due)
      : captured === 0 && seen.allOver,
    drifted,
    openRest: addable ? Math.max(0, seen.openRest - givenUp) : 0,
    restReleased: givenUp > 0 && seen.openRest <= givenUp,
    intent,
    // A cancelled payment would be in the report: without any it was the shop.
    closedBy: closedByOf(order) ?? (order.status === "cancelled" && readings.length === 0 ? "shop" : undefined),
    cancelAccepted: intent?.wanted === "cancelled" && isAccepted(intent.cancelResult),
    ageMs: nowMs - order.createdAtMs,
    expireAfterMs: policy.expireAfterDays * dayMs
  }
}

/** True once the captured money alone covers what is due, at the rate of the day on which it did. */
export const coveredByCapture = ({ drifted, figures }: Facts): boolean =>
  drifted || (figures.registered > 0 && figures.captured >= dueOf(figures))

/** True while an attempt stands behind the money: authorised, or claiming payment that the totals confirm. */
export const opensMoney = (facts: Facts): boolean =>
  facts.authorizedCount > 0 || (facts.claimsPayment && coveredByCapture(facts))

/** True if the order is given up and nothing in the report reopens it. */
export const staysClosed = (facts: Facts): boolean => {
  if (!isClosed(facts.prior)) return false
  if (facts.authorizedCount > 0) return false
  if (facts.totals.captured === 0) return facts.newest !== "cancelled" || facts.mayHoldMoney
  // Captured money reopens the order, but never to "the shopper may try again".
  return !facts.mayHoldMoney && facts.newest !== "cancelled" && facts.newest !== "unknown"
}

/** True if the order is in a money state. */
export const hasMoneyState = ({ prior }: Facts): boolean => isMoneyState(prior)
