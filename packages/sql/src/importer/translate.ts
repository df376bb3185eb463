/**
 * From the rows of django-oscar-docdata to ours. Pure.
 *
 * Amounts: the reference tells Docdata `amount * 100` and divides what it is told by 100, whatever the currency. So 100
 * times what it stores is what Docdata knows, also where a currency has other decimals.
 */
import {
  Amount,
  type Fulfilment,
  type Order,
  type OrderStatus,
  orderStatuses,
  PaymentId,
  type PaymentRow
} from "@docdata/domain"
import { type ReferenceOrder, type ReferencePayment, totalNames } from "./referenceRows.ts"

/** Why a row stays behind. */
export type ImportFailure =
  /** None of our accounts belongs to its merchant name. */
  | "unknown-merchant"
  | "no-order-key"
  | "unknown-status"
  | "unreadable-amount"
  | "unreadable-currency"
  | "unreadable-time"
  | "payment-id"
  /** Another order of the merchant has the reference: the reference's own orders need not differ in it. */
  | "reference-taken"
  /** Another order of the merchant has the key. */
  | "order-key-taken"

/** An order with its kernel state, and what could not be read. */
export interface TranslatedOrder {
  readonly source: ReferenceOrder
  /** Our account. */
  readonly merchant: string
  readonly language: string
  readonly billToCountry: string
  readonly state: Order
}

// Two decimals, as in every column; euro cents stand for any of them.
const minorOf = (text: string): number | undefined => {
  const amount = Amount.fromMajor(text, "EUR", "exact")
  return Amount.isRefused(amount) ? undefined : amount.minor
}

const isStatus = (word: string): word is OrderStatus => (orderStatuses as ReadonlyArray<string>).includes(word)

/** What the kernel would say of the goods, as far as the status alone tells; the next refresh of the order decides. */
const fulfilmentOf = (status: OrderStatus): Fulfilment => {
  switch (status) {
    case "paid":
    case "paid_refunded":
      return "ship"
    case "cancelled":
    case "expired":
    case "refunded":
    case "charged_back":
      return "stop"
    case "new":
    case "in_progress":
    case "pending":
    case "unknown":
      return "wait"
  }
}

/** Totals of a report, or none where no report was ever stored: then all are zero. */
const totalsOf = (minors: ReadonlyArray<number>): Pick<Order, "totals"> => {
  if (minors.every((minor) => minor === 0)) return {}
  const named = Object.fromEntries(totalNames.map((name, index) => [name, minors[index]!]))
  return { totals: { ...named as Record<(typeof totalNames)[number], number>, reversed: 0 } }
}

export const translateOrder = (
  source: ReferenceOrder,
  accountOf: (merchantName: string) => string | undefined
): TranslatedOrder | ImportFailure => {
  const { country, createdAtMs, currency, language, orderKey, status, totalGrossAmount } = source
  const merchant = accountOf(source.merchantName)
  if (merchant === undefined) return "unknown-merchant"
  if (orderKey === "") return "no-order-key"
  if (!isStatus(status)) return "unknown-status"
  if (!/^[A-Z]{3}$/.test(currency)) return "unreadable-currency"
  if (!Number.isSafeInteger(createdAtMs)) return "unreadable-time"
  const grossMinor = minorOf(totalGrossAmount)
  const minors = source.totals.map(minorOf)
  if (grossMinor === undefined || minors.includes(undefined)) return "unreadable-amount"
  return {
    source,
    merchant,
    // "nl-be" and "zh-hans" are languages of Django; Docdata knows two letters.
    language: language.slice(0, 2).toLowerCase(),
    billToCountry: country.toUpperCase(),
    state: {
      key: orderKey,
      status,
      fulfilment: fulfilmentOf(status),
      createdAtMs,
      currency,
      grossMinor,
      ...totalsOf(minors.map((minor) => minor ?? 0))
    }
  }
}

export const translatePayment = (source: ReferencePayment): PaymentRow | ImportFailure => {
  const paymentId = PaymentId.normalise(source.paymentId)
  if (paymentId === undefined) return "payment-id"
  const allocatedMinor = minorOf(source.allocated)
  const debitedMinor = minorOf(source.debited)
  const refundedMinor = minorOf(source.refunded)
  const chargedBackMinor = minorOf(source.chargedBack)
  if (
    allocatedMinor === undefined || debitedMinor === undefined || refundedMinor === undefined ||
    chargedBackMinor === undefined
  ) return "unreadable-amount"
  return {
    paymentId,
    paymentMethod: source.paymentMethod,
    status: source.status,
    confidenceLevel: source.confidenceLevel,
    allocatedMinor,
    debitedMinor,
    refundedMinor,
    chargedBackMinor,
    reversedMinor: 0
  }
}
