/**
 * In whose name a call is made.
 *
 * Credentials travel with every call because one process serves many merchants, some of them still testing
 * while others are live: there is no merchant "of the gateway".
 */
import type { Money } from "@docdata/domain"
import type * as Redacted from "effect/Redacted"

/** Which Docdata a merchant talks to. The test system speaks to no acquirer; no money moves there. */
export type Environment = "test" | "live"

/**
 * What a platform takes from the merchant it acts for.
 *
 * `immediate` applies it as soon as the order exists, `fully-paid` once the order is fully paid. A zero amount
 * is ignored by Docdata. Only creating an order accepts a fee; every other operation refuses it before sending.
 *
 * Source: Docdata XSD 1.3, `subjectFee`.
 */
interface SubjectFee {
  readonly moment: "immediate" | "fully-paid"
  /** Minor units, 32-bit. */
  readonly amount: Money
  /** 1 to 255 characters. */
  readonly description?: string
}

/** The merchant on whose behalf a platform acts. Source: Docdata XSD 1.3, `subjectMerchant`. */
export interface SubjectMerchant {
  /** 1 to 50 characters. The payment menu is opened under this name instead of the platform's. */
  readonly name: string
  /** 1 to 128 characters: letters, digits, and `. _ : -`. */
  readonly token: Redacted.Redacted
  readonly fee?: SubjectFee
}

/**
 * Credentials and environment of one merchant account.
 *
 * An order belongs to the account that created it: all later calls need the same merchant.
 *
 * Source: Docdata XSD 1.3, `merchant`.
 */
export interface Merchant {
  readonly environment: Environment
  /** The login name, 1 to 50 characters. */
  readonly merchantName: string
  /** 1 to 35 characters. */
  readonly password: Redacted.Redacted
  readonly subjectMerchant?: SubjectMerchant
}

/** The name under which the shopper meets the order: the subject merchant's if there is one. */
export const shownMerchantName = (merchant: Pick<Merchant, "merchantName" | "subjectMerchant">): string =>
  merchant.subjectMerchant?.name ?? merchant.merchantName
