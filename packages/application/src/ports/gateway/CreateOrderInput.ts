/**
 * What a merchant says about an order when registering it, and what comes back.
 *
 * Nothing can be added later: whatever a payment method on offer might want (birth date, phone, invoice lines)
 * has to be here.
 */
import type { InvoiceLine, Money } from "@docdata/domain"
import type { Buyer, Destination, PersonName } from "./Buyer.ts"
import type { PaymentResponse } from "./PaymentResponse.ts"

/** When Docdata reminds the shopper by mail, and which profile's methods it offers from then on. */
export interface ReminderPeriod {
  /** Days, 32-bit. */
  readonly days: number
  /** 1 to 50 characters. */
  readonly profile?: string
}

/**
 * The lines of the bill. Klarna and AfterPay need them, PayPal needs the delivery address.
 *
 * Totals are not asked for: they are the sums of the lines, one VAT total per rate. The sum of the lines has to
 * equal the order's total, and net and VAT of each line its gross; anything else is refused before sending. The total of a line
 * is believed, whatever its pieces come to.
 */
export interface InvoiceInput {
  /** At least one, at most 1,000. Delivery costs and discounts are lines like any other. */
  readonly lines: ReadonlyArray<InvoiceLine>
  /** Where the goods go. Without it, to the billing address, state included. */
  readonly shipTo?: Destination
  /** 1 to 100 characters. */
  readonly additionalDescription?: string
}

/** Source: Docdata XSD 1.3, `createOrderRequest`. */
export interface CreateOrderInput {
  /**
   * 1 to 255 characters. Unique per merchant for ever, failed tries and test resets included. It comes back in
   * every notification as part of a URL, so letters, digits, `-` and `_` are wise.
   */
  readonly orderReference: string
  /** The payment profile of the back office, 1 to 50 characters. */
  readonly profile: string
  /** Days the shopper has to pay, 32-bit. */
  readonly daysToPay: number
  /** Reminder mails: one period, or two. */
  readonly reminders?: { readonly first: ReminderPeriod; readonly second?: ReminderPeriod }
  /** Point of sale terminal, 1 to 35 characters. */
  readonly terminalId?: string
  /** Style sheet of the payment menu; 1 is Docdata's own. */
  readonly menuStyleId?: number
  readonly buyer: Buyer
  /** What the shopper has to pay, minor units, 32-bit. */
  readonly total: Money
  readonly billTo: Destination
  /** 1 to 255 characters. */
  readonly description?: string
  /** Text for the shopper's bank statement, 1 to 50 characters. */
  readonly receiptText?: string
  /** Adds the cost of the chosen method to the total, where the method supports it. */
  readonly includeMethodCosts?: boolean
  /**
   * Recurring payments, 1 to 50 characters: a new reference makes this order the first of a series, a known one
   * repeats the payment at once (prefer `start` for that).
   */
  readonly recurringReference?: string
  readonly invoice?: InvoiceInput
  readonly salesPerson?: PersonName
}

/**
 * An order that exists at Docdata. It is not paid, and nobody may ever pay it.
 *
 * Source: Docdata XSD 1.3, `createSuccess`.
 */
export interface CreatedOrder {
  /** 32 capitals and digits. Everything later is asked for by this key; store it before anything else. */
  readonly orderKey: string
  /** Only when a recurring reference was sent. */
  readonly payment?: PaymentResponse
}
