/**
 * What the status operation says about an order: totals as the manual defines them, attempts in no order, and the
 * provider's verdict.
 */
import type { ApproximateTotals, ConsideredSafe, Money, PaymentLine, StatusReport } from "@docdata/domain"
import { present } from "../present.ts"
import type { ServerVersion } from "../replies/ServerVersion.ts"
import type { ExchangeRates } from "./Money.ts"
import { convert } from "./Money.ts"
import type { Order } from "./Order.ts"
import type { FiledCapture, FiledRefund, Payment } from "./Payment.ts"
import { isVoided } from "./Payment.ts"

export interface ReportSettings {
  readonly version: ServerVersion
  readonly rates: ExchangeRates
  readonly nowMs: number
  /** Sources disagree: on API 1.2 the approved total dropped when an authorisation was voided, a 1.3 manual keeps it. */
  readonly voidKeepsApproved: boolean
}

type Convert = (amount: Money) => number

/**
 * The eight totals in the order's currency.
 *
 * The three buckets count payments that are AUTHORIZED and not voided, each less what was reversed. Captures,
 * refunds and chargebacks lower none of them. Source: manual 1.3, figure 41, and real replies.
 */
export const approximateTotals = (
  order: Order,
  payments: ReadonlyArray<Payment>,
  settings: ReportSettings
): ApproximateTotals => {
  const toOrder: Convert = (amount) => convert(amount, order.registered.currency, settings.rates)
  const authorized = payments.filter(({ status }) => status === "AUTHORIZED")
  const bucket = (confidence: string): number =>
    authorized
      .filter((payment) => payment.confidence === confidence && (settings.voidKeepsApproved || !isVoided(payment)))
      .reduce((sum, payment) => sum + toOrder(payment.amount) - keptOf(payment, toOrder, settings), 0)
  const total = (amounts: ReadonlyArray<Money>): number => amounts.reduce((sum, amount) => sum + toOrder(amount), 0)
  const done = (modifications: ReadonlyArray<{ readonly status: string; readonly amount: Money }>, word: string) =>
    modifications.filter(({ status }) => status === word).map(({ amount }) => amount)
  return {
    exchangedTo: order.registered.currency,
    exchangeRateDate: dutchDateTime(settings.nowMs),
    registered: order.registered.minor,
    shopperPending: bucket("SHOPPER_PENDING"),
    acquirerPending: bucket("ACQUIRER_PENDING"),
    acquirerApproved: bucket("ACQUIRER_APPROVED"),
    captured: total(authorized.flatMap(({ captures }) => done(captures, "CAPTURED"))),
    refunded: total(payments.flatMap(({ refunds }) => done(refunds, "CAPTURED"))),
    chargedBack: total(payments.flatMap(({ chargebacks }) => done(chargebacks, "CHARGED"))),
    reversed: total(payments.flatMap(({ reversal }) => reversal === undefined ? [] : [reversal.amount]))
  }
}

const keptOf = (payment: Payment, toOrder: Convert, settings: ReportSettings): number =>
  payment.reversal === undefined || settings.voidKeepsApproved ? 0 : toOrder(payment.reversal.amount)

/** True when approved or captured money covers the order: then the provider's verdict turns to safe. */
export const isCovered = (totals: ApproximateTotals): boolean =>
  Math.max(totals.acquirerApproved ?? 0, totals.captured ?? 0) >= (totals.registered ?? 0)

/** The report, with the payments in the order given. */
export const statusReport = (
  order: Order,
  payments: ReadonlyArray<Payment>,
  settings: ReportSettings
): StatusReport => {
  const totals = approximateTotals(order, payments, settings)
  const { version } = settings
  return {
    totals,
    payments: payments.map((payment) => paymentLine(payment, version)),
    ...present({
      consideredSafe: version.consideredSafe ? verdict(order, totals) : undefined,
      apiInformation: version.originalVersion === undefined
        ? undefined
        : { originalVersion: version.originalVersion, conversionApplied: false }
    })
  }
}

const paymentLine = (payment: Payment, version: ServerVersion): PaymentLine => {
  const modified = ({ movedAtMs }: { readonly movedAtMs: number }) =>
    present({ modifiedAt: version.modifiedDate ? zonedDateTime(movedAtMs) : undefined })
  const modification = (moved: FiledCapture | FiledRefund) => ({
    ...present({ merchantReference: moved.merchantReference, reason: moved.reason }),
    status: moved.status,
    amount: moved.amount,
    ...modified(moved)
  })
  return {
    id: payment.id,
    paymentMethod: payment.method,
    authorization: {
      status: payment.status,
      ...present({ reason: payment.reason, reversal: payment.reversal }),
      amount: payment.amount,
      confidenceLevel: payment.confidence,
      captures: payment.captures.map(modification),
      refunds: payment.refunds.map(modification),
      chargebacks: payment.chargebacks.map((chargeback) => ({
        ...present({ chargebackId: chargeback.chargebackId, reason: chargeback.reason }),
        status: chargeback.status,
        amount: chargeback.amount,
        ...modified(chargeback)
      }))
    }
  }
}

const verdict = (order: Order, totals: ApproximateTotals): ConsideredSafe => {
  if (order.safeSinceMs === undefined || !isCovered(totals)) return { value: false, level: "SAFE" }
  const surplus = Math.max(totals.acquirerApproved ?? 0, totals.captured ?? 0) - (totals.registered ?? 0)
  return {
    value: true,
    level: "SAFE",
    date: zonedDateTime(order.safeSinceMs),
    reason: surplus > 0 ? "TOO_MUCH" : "EXACT_MATCH"
  }
}

const amsterdam = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Amsterdam",
  dateStyle: "short",
  timeStyle: "medium"
})

/** `yyyy-MM-dd HH:mm:ss` in Dutch local time without a zone, as exchangeRateDate. */
export const dutchDateTime = (ms: number): string => amsterdam.format(ms)

/** Dutch local time with milliseconds and zone, as the other dates of a report. */
export const zonedDateTime = (ms: number): string => {
  const local = dutchDateTime(ms).replace(" ", "T")
  const offsetMinutes = Math.round((Date.parse(`${local}Z`) - Math.floor(ms / 1000) * 1000) / 60_000)
  const hours = String(Math.floor(offsetMinutes / 60)).padStart(2, "0")
  return `${local}.${String(ms % 1000).padStart(3, "0")}+${hours}:${String(offsetMinutes % 60).padStart(2, "0")}`
}
