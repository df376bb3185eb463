/**
 * Asking to give captured money back.
 */
import type { Money } from "@docdata/domain"
import type * as Redacted from "effect/Redacted"

/**
 * How much. By `Amount`: an amount, an invoice line's code, or neither for all that is left; with both, the
 * amount wins. By `Items`: pieces of invoice lines, an additional amount, or both; the order must have had lines.
 *
 * Source: Docdata XSD 1.3, `simpleRefundGroup` and `refundItems`.
 */
export type RefundScope =
  | {
    readonly _tag: "Amount"
    /** Minor units, 32-bit. */
    readonly amount?: Money
    readonly itemCode?: string
    /** 1 to 250 characters. */
    readonly description?: string
  }
  | {
    readonly _tag: "Items"
    readonly items: ReadonlyArray<{ readonly itemCode: string; readonly quantity: number }>
    /** `amount` includes VAT; `vatRate` is a percentage as decimal text, `"21"`, `"8.5"`. */
    readonly additional?: { readonly amount: Money; readonly vatRate: string; readonly description?: string }
  }

/** Where to send the money when the method does not know (a bank transfer). Ignored for cards and iDEAL. */
export interface RefundAccount {
  /** 1 to 35 characters. */
  readonly holderName: string
  /** 1 to 35 characters. */
  readonly holderCity: string
  /** ISO 3166-1, two capitals. */
  readonly holderCountry: string
  /** 1 to 35 characters. */
  readonly bic?: string
  /** 1 to 35 characters. */
  readonly iban: Redacted.Redacted
}

/** Source: Docdata XSD 1.3, `refundRequest`. */
export interface RefundInput {
  /** 32 capitals and digits, as `create` answered. Beside the payment, for a provider that finds it only within its order. */
  readonly orderKey: string
  /** A payment of the order, not the order. Digits, no leading zero. */
  readonly paymentId: string
  /** The merchant's own reference, 1 to 35 characters. Comes back in the status report. Not checked for uniqueness. */
  readonly refundReference?: string
  readonly scope: RefundScope
  /** Replaces refunds that are filed but not yet sent (`NEW`). Without it the refund is added. */
  readonly replaceFiled?: boolean
  /** `yyyy-MM-dd`: the first opportunity after this day. Without it, as soon as possible. */
  readonly notBefore?: string
  readonly account?: RefundAccount
}
