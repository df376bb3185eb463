/**
 * One payment attempt of an order as the status report shows it.
 *
 * Lines come in no fixed order; the id alone says which attempt is newer. All status words are open text:
 * Docdata announces new ones without a new version.
 */
import type { Money } from "./Money.ts"

/** Money taken from the shopper, or on its way: only CAPTURED counts as taken. Source: XSD 1.3, `capture`. */
export interface Capture {
  /** The merchant's own reference of the capture request, if one was given. */
  readonly merchantReference?: string
  /** NEW, STARTED, CAPTURED, CANCELED, FAILED, ERROR, or a word that is new to us. */
  readonly status: string
  readonly amount: Money
  readonly reason?: string
  /** As sent by servers from 1.3.15 on, with zone. For display only. */
  readonly modifiedAt?: string
}

/** Money returned at the merchant's request. The word of a finished refund is CAPTURED. Source: XSD 1.3, `refund`. */
export interface Refund {
  readonly merchantReference?: string
  readonly status: string
  readonly amount: Money
  readonly reason?: string
  readonly modifiedAt?: string
}

/** Money taken back by the shopper's bank. Source: XSD 1.3, `chargeback`. */
export interface Chargeback {
  readonly chargebackId?: string
  /** CHARGED in every report seen; the text of the manual says CAPTURED. Both count. */
  readonly status: string
  readonly amount: Money
  readonly reason?: string
  readonly enquiryReason?: string
  readonly modifiedAt?: string
}

/** An authorisation given up before capture, whole or in part. Source: XSD 1.3, `reversal`. */
export interface Reversal {
  readonly amount: Money
  readonly reason?: string
}

/**
 * What the acquirer said about one attempt.
 *
 * A cancelled authorisation keeps the word AUTHORIZED; the evidence of the cancellation is a reversal or
 * captures that are all CANCELED.
 *
 * Source: XSD 1.3, `authorization`.
 */
export interface Authorization {
  /** One of the 18 documented words, a word of the older Command API, or a word that is new to us. */
  readonly status: string
  readonly reason?: string
  /** The authorised amount, exact, in the currency of the payment. */
  readonly amount: Money
  /** SHOPPER_PENDING, ACQUIRER_PENDING, ACQUIRER_APPROVED, or empty on cancelled attempts of older versions. */
  readonly confidenceLevel: string
  readonly captures: ReadonlyArray<Capture>
  readonly refunds: ReadonlyArray<Refund>
  readonly chargebacks: ReadonlyArray<Chargeback>
  readonly reversal?: Reversal
}

/** One attempt. `id` is the provider's number as text: a positive integer of any length. Source: XSD 1.3, `payment`. */
export interface PaymentLine {
  readonly id: string
  /** Command name of the method (`IDEAL`, `VISA`, ...), open text. */
  readonly paymentMethod: string
  readonly authorization: Authorization
}
