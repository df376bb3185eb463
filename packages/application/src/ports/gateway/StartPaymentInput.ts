/**
 * Starting a payment without the payment menu ("web direct").
 *
 * Plain card numbers and security codes cannot be said here, on purpose: a merchant whose code never holds them
 * stays out of the scope of PCI DSS. Cards are paid on the menu, with data the browser encrypted, or by token.
 */
import type { Money } from "@docdata/domain"
import type * as Redacted from "effect/Redacted"
import type { PaymentResponse } from "./PaymentResponse.ts"

/** Card schemes that take encrypted data. */
export type CardScheme = "amex" | "mastercard" | "visa" | "maestro" | "mistercash"

/**
 * How the shopper pays. `method`, where it can be given, overrides the command name of the contract (1 to 50
 * characters): names differ between accounts, `listPaymentMethods` tells the ones that hold.
 *
 * Source: Docdata XSD 1.3, `paymentInput`.
 */
export type PaymentInput =
  | {
    readonly _tag: "EncryptedCard"
    readonly scheme: CardScheme
    readonly method?: string
    /** What the browser encrypted, at most 65,536 characters. */
    readonly encryptedData: Redacted.Redacted
  }
  | {
    readonly _tag: "DirectDebit"
    readonly method?: string
    /** 1 to 35 characters. */
    readonly holderName?: string
    /** 8 to 11 characters, no blanks. */
    readonly bic?: string
    /** 15 to 34 letters and digits, no blanks. */
    readonly iban: Redacted.Redacted
  }
  | { readonly _tag: "DirectDebitMandate"; readonly method?: string; readonly mandateNumber: string }
  | { readonly _tag: "BankTransfer"; readonly method?: string; readonly email: string }
  | { readonly _tag: "Elv"; readonly method?: string; readonly account: ElvAccount }
  | { readonly _tag: "Ideal"; readonly method?: string; readonly issuerId: string }
  | { readonly _tag: "PayPal"; readonly method?: string; readonly mobileShopper: boolean }
  | {
    readonly _tag: "Offline"
    readonly method?: string
    /** How it is paid at the till, 1 to 50 characters. */
    readonly paidBy: string
    readonly register?: { readonly id: string; readonly location?: string }
  }
  | { readonly _tag: "PointOfSale"; readonly method?: string }
  /** No source names the method of the next three, so the caller says it. */
  | { readonly _tag: "Kbc"; readonly method: string }
  | { readonly _tag: "Belfius"; readonly method: string }
  | { readonly _tag: "IngHomePay"; readonly method: string }

/** A German account for direct debit: by IBAN, or by number and bank code. Each part 1 to 35 characters. */
export type ElvAccount =
  | { readonly iban: Redacted.Redacted }
  | { readonly accountNumber: Redacted.Redacted; readonly bankCode: string }

/** A card that Docdata keeps. With `encrypted`, the browser's encrypted security code goes along. */
export interface CardToken {
  /** 1 to 512 characters. */
  readonly key: Redacted.Redacted
  readonly encrypted?: {
    readonly scheme: "amex" | "mastercard" | "visa"
    /** At most 65,536 characters. */
    readonly data: Redacted.Redacted
  }
}

/** What 3-D Secure wants to know about the shopper's browser; each 1 to 250 characters. */
export interface ShopperBrowser {
  readonly ip: string
  readonly accept: string
  readonly userAgent: string
}

interface Interactive {
  /** Neutral page to come back to, an absolute http(s) URL of at most 2,048 characters: the outcome is unknown then. */
  readonly returnUrl?: string
  readonly browser?: ShopperBrowser
}

/** A repeat of an earlier payment: the shopper is not asked and goes nowhere. */
interface RecurringPayment {
  readonly _tag: "Recurring"
  /** The reference given when the series began, 1 to 50 characters. */
  readonly recurringReference: string
}

interface PaymentWithInput extends Interactive {
  readonly _tag: "WithInput"
  readonly input: PaymentInput
}

interface PaymentWithToken extends Interactive {
  readonly _tag: "WithToken"
  readonly token: CardToken
}

export type PaymentChoice = RecurringPayment | PaymentWithInput | PaymentWithToken

/** Source: Docdata XSD 1.3, `startRequest`. */
export interface StartPaymentInput {
  readonly orderKey: string
  /** Part of the order's total; all of it when absent. Minor units, 32-bit. */
  readonly amount?: Money
  readonly payment: PaymentChoice
}

/**
 * Where to send the shopper. With `POST` the parameters are form fields (for 3-D Secure `MD`, `PaReq` and
 * `TermUrl`). They identify the shopper's session, hence redacted.
 */
export interface Redirect {
  /** GET, POST, or another HTTP method. */
  readonly method: string
  readonly url: Redacted.Redacted
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly value: Redacted.Redacted }>
}

/** Source: Docdata XSD 1.3, `startSuccess`. */
export interface StartedPayment {
  readonly payment: PaymentResponse
  readonly redirect?: Redirect
}
