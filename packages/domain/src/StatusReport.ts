/**
 * The whole answer to a status request: totals, attempts and the provider's own verdict.
 *
 * It holds no order status, no order reference and no times of payments; those the merchant keeps.
 */
import type { ApproximateTotals } from "./ApproximateTotals.ts"
import type { PaymentLine } from "./PaymentLine.ts"

/** The provider's verdict by the merchant's profile. Left out when undecidable. Source: XSD 1.3, `consideredSafe`. */
export interface ConsideredSafe {
  readonly value: boolean
  /** SAFEST, SAFE, FAST, FASTEST, or a word that is new to us. */
  readonly level: string
  /** With zone and milliseconds, as sent; present only when `value` is true. */
  readonly date?: string
  /** EXACT_MATCH, MARGIN_MATCH_LESS, MARGIN_MATCH_MORE, TOO_MUCH, MANUAL, or a new word. */
  readonly reason?: string
}

/** Which API created the order. Source: XSD 1.3, `apiInformation`. */
export interface ApiInformation {
  readonly originalVersion: string
  /** True when the report was converted from another API's data: all but the totals may be incomplete. */
  readonly conversionApplied: boolean
}

/** Source: XSD 1.3, `report`. */
export interface StatusReport {
  readonly totals: ApproximateTotals
  /** In the order of the reply, which means nothing. Empty when the shopper never chose a method. */
  readonly payments: ReadonlyArray<PaymentLine>
  readonly consideredSafe?: ConsideredSafe
  readonly apiInformation?: ApiInformation
}
