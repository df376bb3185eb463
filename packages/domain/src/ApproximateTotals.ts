/**
 * The totals of a status report: what Docdata has registered, been promised, captured and given back for
 * the whole order.
 */

/**
 * Totals in minor units of `exchangedTo`: whole numbers from 0 to 2^53 - 1. A report with any other total is refused, and
 * Docdata itself carries 32 bits.
 *
 * Each total is absent when its element was absent: servers before 1.3 send no `reversed`, the 1.0 manual
 * prints a report without `chargedBack`. The kernel reads an absent total as 0 with a finding; a report in
 * which all are absent is refused. When payments are in several currencies the totals are converted at a
 * daily rate and only approximate; they are never for the books.
 *
 * Captured does not lower approved, and refunds and chargebacks lower neither: money received is
 * captured less refunded less charged back.
 *
 * Source: Docdata XSD 1.3, `approximateTotals`; manual 1.3, figure 41.
 */
export interface ApproximateTotals {
  /** Currency of all totals. Absent in reports of some servers when nothing was converted. */
  readonly exchangedTo?: string
  /** As sent: local time of the provider without a zone, nominally `yyyy-MM-dd HH:mm:ss`. For display only. */
  readonly exchangeRateDate?: string
  /** What the order was created for. */
  readonly registered?: number
  /** Authorisations whose shopper promised to pay (bank transfer). */
  readonly shopperPending?: number
  /** Authorisations whose acquirer was asked and may still fail (direct debit). */
  readonly acquirerPending?: number
  /** Authorisations that the acquirer guarantees. */
  readonly acquirerApproved?: number
  readonly captured?: number
  readonly refunded?: number
  readonly chargedBack?: number
  /** Given up before capture. New in 1.3. */
  readonly reversed?: number
}

/**
 * The eight totals as the last accepted report gave them, absent ones as 0. Minor units of `exchangedTo`
 * of that report; approximate when payments are in several currencies.
 */
export interface ReportedTotals {
  readonly registered: number
  readonly shopperPending: number
  readonly acquirerPending: number
  readonly acquirerApproved: number
  readonly captured: number
  readonly refunded: number
  readonly chargedBack: number
  readonly reversed: number
}

/** The totals with absent ones as 0. */
export const withoutGaps = (totals: ApproximateTotals): ReportedTotals => ({
  registered: totals.registered ?? 0,
  shopperPending: totals.shopperPending ?? 0,
  acquirerPending: totals.acquirerPending ?? 0,
  acquirerApproved: totals.acquirerApproved ?? 0,
  captured: totals.captured ?? 0,
  refunded: totals.refunded ?? 0,
  chargedBack: totals.chargedBack ?? 0,
  reversed: totals.reversed ?? 0
})

/** True if no total besides the registered and the reversed one shows anything. */
export const isUntouched = (totals: ReportedTotals): boolean =>
  totals.shopperPending === 0 && totals.acquirerPending === 0 && totals.acquirerApproved === 0 &&
  totals.captured === 0 && totals.refunded === 0 && totals.chargedBack === 0
