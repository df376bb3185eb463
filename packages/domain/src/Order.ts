/**
 * What the kernel keeps of an order between two reports.
 */
import type { ReportedTotals } from "./ApproximateTotals.ts"
import type { ClosedBy, Fulfilment, OrderStatus } from "./OrderStatus.ts"

/**
 * Why an order may not be shipped until somebody looked: a cancel was asked and did not lead to a
 * cancelled order, or money arrived after the order was closed. A later cancelled status or an operator
 * clears it. `paid-twice` is not the kernel's: another attempt at the shop's order was paid first, and the
 * hold is over when one of the two is refunded.
 */
export type Hold = "cancel-not-confirmed" | "paid-after-close" | "paid-twice"

/**
 * The state of one order.
 *
 * `grossMinor` is what the shop wants, in minor units of `currency`. Leave it out only when it is not
 * known (a report read without its order): then the registered amount is compared with nothing.
 */
export interface Order {
  /** Docdata's order key, 32 characters. The kernel only compares it. */
  readonly key: string
  readonly status: OrderStatus
  readonly fulfilment: Fulfilment
  /** When the order was created, milliseconds since 1970-01-01T00:00Z. */
  readonly createdAtMs: number
  /** ISO 4217 code. */
  readonly currency: string
  readonly grossMinor?: number
  readonly hold?: Hold
  /**
   * Present once the order was closed, also by an accepted cancel of one that gave all its money back; it stays when late
   * money opens the order again, until an operator clears the hold. An expired order without it counts as closed by expiry.
   */
  readonly closedBy?: ClosedBy
  /**
   * True once the captured money alone covered the order while it was paid, false while it is paid on a
   * promise. Absent counts as true, so that orders stored before this field existed are never let go.
   */
  readonly coveredByCapture?: boolean
  /**
   * Present while captured money covers the order only at the daily rate of an earlier report: the totals fell, and no line
   * shows less than it did.
   */
  readonly coveredAtOldRate?: true
  /**
   * What the shop gave up by final captures of less than was authorised, in minor units of `currency`: it is not due, and
   * nobody waits for it. Absent when nothing was.
   */
  readonly releasedMinor?: number
  /** Absent before the first accepted report. */
  readonly totals?: ReportedTotals
}
