/**
 * All that the strict rules ask about, read once per report.
 */
import type { AuthorizationClass } from "../AuthorizationStatus.ts"
import type { Figures } from "../Figures.ts"
import { type Intent, isAccepted } from "../Intent.ts"
import type { ReportedTotals } from "../ApproximateTotals.ts"
import type { Order } from "../Order.ts"
import { isClosed, isMoneyState, type OrderStatus } from "../OrderStatus.ts"
import type { PaymentRow } from "../PaymentRow.ts"
import { marginSetting, type Policy } from "../Policy.ts"
import type { StatusReport } from "../StatusReport.ts"
import type { ReportViolation, StrictFinding } from "../Finding.ts"
import { countsAsAuthorized, type PaymentReading } from "./PaymentReading.ts"
import { cover } from "./cover.ts"
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
  readonly newest: NewestClass
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
  readonly intent: Intent | undefined
  readonly cancelAccepted: boolean
  readonly ageMs: number
  readonly expireAfterMs: number
}

const dayMs = 24 * 60 * 60 * 1000

/** What the attempts say together. */
interface Survey {
  authorizedCount: number
  mayHoldMoney: boolean
  cancelFailed: boolean
  claimsPayment: boolean
  allOver: boolean
  /** An authorised attempt was voided or its capture failed. */
  broken: boolean
  carriesMoney: boolean
  /** All authorised attempts are in the order's currency. */
  inOrderCurrency: boolean
  /** An authorised, not voided attempt is in another currency. */
  converted: boolean
}

const survey = (
  readings: ReadonlyArray<PaymentReading>,
  { captured, chargedBack }: ReportedTotals,
  currency: string
): Survey => {
  const seen: Survey = {
    authorizedCount: 0,
    mayHoldMoney: false,
    cancelFailed: false,
    claimsPayment: false,
    allOver: readings.length > 0,
    broken: false,
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
        if (reading.voided || reading.failed) seen.broken = true
        else seen.allOver = false
        if (reading.currency !== currency) {
          seen.inOrderCurrency = false
          if (!reading.voided) seen.converted = true
        }
        if (countsAsAuthorized(reading, captured)) seen.authorizedCount++
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
      case "redirected":
      case "open":
      case "unknown":
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

const newestOf = (readings: ReadonlyArray<PaymentReading>, captured: number): NewestClass => {
  const newest = readings.at(-1)
  if (newest === undefined) return "none"
  return newest.class === "authorized" && !countsAsAuthorized(newest, captured) ? "cancelled" : newest.class
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
  const { captured, chargedBack, refunded, registered } = totals
  const margin = exchangedTo === order.currency && seen.converted ? marginOf(policy, currency, registered) : 0
  const addable = seen.inOrderCurrency && currency === order.currency
  const coverInput = {
    totals,
    currency,
    readings,
    authorizedCount: seen.authorizedCount,
    addable,
    broken: seen.broken,
    consideredSafe: report.consideredSafe?.value === true,
    due: registered - margin
  }
  const paidCover = cover(policy.paidWhen, coverInput)
  const figures: { -readonly [Name in keyof Figures]: Figures[Name] } = {
    currency,
    registered,
    shopperPending: totals.shopperPending,
    acquirerPending: totals.acquirerPending,
    acquirerApproved: totals.acquirerApproved,
    captured,
    refunded,
    chargedBack,
    reversed: totals.reversed,
    margin,
    paidCover,
    shipCover: cover(policy.shipWhen, coverInput),
    kept: paidCover - refunded - chargedBack,
    net: captured - refunded - chargedBack
  }
  if (currency === order.currency && order.grossMinor !== undefined) figures.gross = order.grossMinor
  return {
    refusal: read.refusal,
    order,
    prior: order.status,
    totals,
    figures,
    readings,
    newest: newestOf(readings, captured),
    authorizedCount: seen.authorizedCount,
    mayHoldMoney: seen.mayHoldMoney,
    cancelFailed: seen.cancelFailed,
    claimsPayment: seen.claimsPayment,
    allOver: seen.allOver,
    carriesMoney: seen.carriesMoney,
    intent,
    cancelAccepted: intent?.wanted === "cancelled" && isAccepted(intent.cancelResult),
    ageMs: nowMs - order.createdAtMs,
    expireAfterMs: policy.expireAfterDays * dayMs
  }
}

/** True once the captured money alone covers what is due. */
export const coveredByCapture = ({ figures }: Facts): boolean =>
  figures.registered > 0 && figures.captured >= figures.registered - figures.margin

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
