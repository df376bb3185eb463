/**
 * What is stored of one payment attempt between two reports.
 */

/**
 * One stored attempt. Amounts are exact, in minor units of the payment's own currency; sums of the finished captures,
 * refunds and chargebacks, 0 when there are none.
 *
 * Under the rule set `legacy-2013` allocated and debited have that generation's meaning (first capture,
 * and authorised amount); under the others allocated is what is authorised and debited what is captured.
 */
export interface PaymentRow {
  /** The provider's number as text, without leading zeros. Unique within an order. */
  readonly paymentId: string
  /** Set only when the row was found under another order: the key of that order. */
  readonly orderKey?: string
  /** Command name of the method; one line of at most 50 characters under the strict rules. */
  readonly paymentMethod: string
  /** The authorisation's status word, open text. */
  readonly status: string
  readonly confidenceLevel: string
  /** Absent on rows imported from systems that did not store it. */
  readonly currency?: string
  readonly allocatedMinor: number
  readonly debitedMinor: number
  readonly refundedMinor: number
  readonly chargedBackMinor: number
  readonly reversedMinor: number
}

/** Fields of a row whose change is worth telling. */
export const comparedFields = [
  "paymentMethod",
  "status",
  "confidenceLevel",
  "allocatedMinor",
  "debitedMinor",
  "refundedMinor",
  "chargedBackMinor",
  "reversedMinor"
] as const satisfies ReadonlyArray<keyof PaymentRow>

/** One of {@link comparedFields}. */
export type ComparedField = (typeof comparedFields)[number]

/** True if the row was found under another order than `orderKey`. */
export const isForeign = (row: PaymentRow, orderKey: string): boolean =>
  row.orderKey !== undefined && row.orderKey !== orderKey

/** The fields in which two rows of the same payment differ, in the order of {@link comparedFields}. */
export const changedFields = (before: PaymentRow, after: PaymentRow): ReadonlyArray<ComparedField> =>
  comparedFields.filter((field) => before[field] !== after[field])
