/**
 * What an extended status adds to each payment: risk checks, and details that depend on the way it was paid.
 *
 * Nothing here decides anything; the decision reads the report alone. What identifies a person (names, account
 * numbers, card and mandate numbers, receipts) is `Redacted`: it shows as `<redacted>` in logs and JSON, and only
 * `Redacted.value` gives it out. Which details come back does not follow from the payment's method: an e-banking
 * payment was seen with the details of Sofort.
 *
 * Source: Docdata XSD 1.3, `paymentInfo` and the types it names.
 */
import type { Redacted } from "effect/Redacted"
import type { StatusReport } from "./StatusReport.ts"

/** A report together with what is known about its payments. */
export interface ExtendedStatus {
  readonly report: StatusReport
  /** One for each payment of the report that came with any, in the same order. */
  readonly paymentInfos: ReadonlyArray<PaymentInfo>
}

/** What is known about one payment beyond the report. Both parts may be absent. */
export interface PaymentInfo {
  /** The id of the payment in the report, as sent. */
  readonly paymentId: string
  readonly riskChecks?: RiskChecks
  /** Absent for PayPal, paysafecard, Giropay, EPS and PostFinance, and for kinds that are new to us. */
  readonly details?: PaymentDetails
}

/** What the fraud checks set up in the back office found. */
export interface RiskChecks {
  /** The sum of all scores. At 100 and above the provider cancels the payment by itself. */
  readonly score: number
  readonly checks: ReadonlyArray<RiskCheck>
}

/** One of the checks; its score is part of the sum. */
export interface RiskCheck {
  /** A dotted name such as `ip.velocity`; an open list. */
  readonly name: string
  readonly score: number
}

/** The shopper's own account, where the method reveals it. */
export interface ShopperAccount {
  readonly iban?: Redacted<string>
  readonly bic?: Redacted<string>
}

/** Amex, MasterCard, Visa, Maestro or Bancontact (whose element is still called Mister Cash). */
export interface CardDetails {
  readonly _tag: "Card"
  readonly scheme: "amex" | "masterCard" | "visa" | "maestro" | "misterCash"
  readonly holder?: Redacted<string>
  /** Where the card was issued. */
  readonly country?: string
  /** The last four digits, for the shopper to recognise the card; never more than four characters. */
  readonly panLast4?: string
  readonly refusalReason?: string
  readonly mandateNumber?: Redacted<string>
}

/** iDEAL: the issuing bank and who paid. The account may be absent. */
export interface IdealDetails {
  readonly _tag: "Ideal"
  readonly issuerId?: string
  readonly holderName?: Redacted<string>
  readonly shopperAccount?: ShopperAccount
}

/** Sofort under either of its names; also seen for e-banking payments. */
export interface SofortDetails {
  readonly _tag: "Sofort"
  readonly product: "sofortUeberweisung" | "eBanking"
  readonly issuerId?: string
  readonly shopperAccount?: ShopperAccount
}

/** A transfer the shopper makes by hand. */
export interface BankTransferDetails {
  readonly _tag: "BankTransfer"
  /** Where the shopper has to pay; the shop shows this to its shopper. */
  readonly payTo: BeneficiaryAccount
  readonly shopperAccount?: ShopperAccount
}

/** An account of the payment provider: not personal, made to be shown. */
export interface BeneficiaryAccount {
  readonly name?: string
  readonly city?: string
  readonly country?: string
  readonly bankName?: string
  readonly bankCity?: string
  readonly bankCode?: string
  readonly accountNumber?: string
  readonly bic?: string
  readonly iban?: string
}

/** SEPA direct debit: the debtor's account and mandate, all of it personal. */
export interface SepaDirectDebitDetails {
  readonly _tag: "SepaDirectDebit"
  readonly bic?: Redacted<string>
  readonly iban?: Redacted<string>
  /** ISO 3166-1, two capitals. */
  readonly country?: string
  readonly mandateNumber?: Redacted<string>
}

/** German direct debit from before SEPA. */
export interface ElvDetails {
  readonly _tag: "Elv"
  readonly bankCode?: Redacted<string>
  readonly bankAccountNumber?: Redacted<string>
  readonly shopperAccount?: ShopperAccount
}

/** A gift card. */
export interface GiftCardDetails {
  readonly _tag: "GiftCard"
  readonly number?: Redacted<string>
  /** As sent: text without a documented unit. Not for sums. */
  readonly balance?: string
}

/** Pay later: AfterPay and Klarna. */
export interface OpenInvoiceDetails {
  readonly _tag: "OpenInvoice"
  readonly product: "afterpayOpenInvoice" | "afterpayDirectDebit" | "klarnaInvoice" | "klarnaAccount"
  readonly invoiceNumber?: string
  readonly reservationNumber?: string
}

/** Paid outside, at a till. */
export interface OfflineDetails {
  readonly _tag: "Offline"
  readonly register?: { readonly id: string; readonly location?: string }
  readonly method?: string
}

/** Paid at a terminal: its receipts, empty when none came. */
export interface PointOfSaleDetails {
  readonly _tag: "PointOfSale"
  readonly receipts: ReadonlyArray<Receipt>
}

/** A receipt as the terminal printed it. Anything may be on it, so all of it is redacted. */
export interface Receipt {
  /** SHOPPER, MERCHANT, or a word that is new to us. */
  readonly type: string
  /** Line by line, blanks kept. */
  readonly lines: ReadonlyArray<Redacted<string>>
  readonly values: ReadonlyArray<{ readonly key: string; readonly value: Redacted<string> }>
}

/** A payment that the payment system itself made. */
export interface SystemDetails {
  readonly _tag: "System"
  readonly shopperAccount?: ShopperAccount
}

/** What the way of paying adds, told apart by `_tag`. Kinds that are new to us are left out, not refused. */
export type PaymentDetails =
  | CardDetails
  | IdealDetails
  | SofortDetails
  | BankTransferDetails
  | SepaDirectDebitDetails
  | ElvDetails
  | GiftCardDetails
  | OpenInvoiceDetails
  | OfflineDetails
  | PointOfSaleDetails
  | SystemDetails
