/**
 * Asking for the money of an authorised payment.
 */
import type { Money } from "@docdata/domain"

/**
 * How much: everything that is left, an amount, or the gross total of an invoice line. With both, the amount
 * wins; that combination is legal on the wire and kept for those who label captures with a line.
 *
 * Source: Docdata XSD 1.3, `captureRequest`.
 */
export interface CaptureInput {
  /** 32 capitals and digits, as `create` answered. Beside the payment, for a provider that finds it only within its order. */
  readonly orderKey: string
  /** A payment of the order, not the order. Digits, no leading zero. */
  readonly paymentId: string
  /** The merchant's own reference, 1 to 35 characters. Comes back in the status report. Not checked for uniqueness. */
  readonly captureReference?: string
  /** Minor units, 32-bit. */
  readonly amount?: Money
  /** Code of an invoice line, 1 to 50 characters. */
  readonly itemCode?: string
  /** 1 to 250 characters. */
  readonly description?: string
  /** No further capture follows on this payment. */
  readonly finalCapture?: boolean
  /**
   * True: replaces captures that are filed but not yet sent (`NEW`), the automatic one included. Absent: nothing is sent,
   * and no source says what Docdata does then; its schema asks for true with every capture. Give it where an automatic
   * capture may be on its way, or the money may be asked for twice.
   */
  readonly replaceFiled?: boolean
  /** `yyyy-MM-dd`: the first opportunity after this day. Without it, as soon as possible. */
  readonly notBefore?: string
}

/** The request was filed; the money moves later. Watch the status report. */
export interface Filed {
  readonly _tag: "Filed"
}
