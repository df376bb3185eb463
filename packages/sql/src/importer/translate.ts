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
  /** Docdata knows an order by it, and notifications name it. */
  | "no-reference"
  /** It holds a character that no database of ours stores. */
  | "unreadable-text"
  | "unknown-status"
  | "unreadable-amount"
  | "unreadable-currency"
  | "unreadable-time"
  | "payment-id"
  /** Another payment of the order has the id. */
  | "payment-doubled"
  /** Its order is not there. */
  | "no-order"
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

// PostgreSQL stores no NUL, and half a surrogate pair is no character.
const isStorable = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed()

/** Docdata's menu speaks it to shoppers of whom nothing is known. */
const languageDefault = "en"

/** Before Docdata existed, and after everything that happens: such a time is a mistake. */
const [earliestMs, latestMs] = [Date.UTC(2000, 0, 1), Date.UTC(2100, 0, 1)]

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

export const translateOrder = (source: ReferenceOrder, merchant: string): TranslatedOrder | ImportFailure => {
  const { country, createdAtMs, currency, language, orderKey, status, totalGrossAmount } = source
  if (orderKey === "") return "no-order-key"
  if (source.merchantOrderId.trim() === "") return "no-reference"
  if (![orderKey, source.merchantOrderId, language, country].every(isStorable)) return "unreadable-text"
  if (!isStatus(status)) return "unknown-status"
  if (!/^[A-Z]{3}$/.test(currency)) return "unreadable-currency"
  if (!(createdAtMs >= earliestMs && createdAtMs < latestMs)) return "unreadable-time"
  const grossMinor = minorOf(totalGrossAmount)
  const minors = source.totals.map(minorOf)
  if (grossMinor === undefined || minors.includes(undefined)) return "unreadable-amount"
  return {
    source,
    merchant,
    // "nl-be" and "zh-hans" are languages of Django; Docdata knows two letters.
    language: /^[a-z]{2}/i.exec(language)?.[0].toLowerCase() ?? languageDefault,
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
  const { confidenceLevel, paymentMethod, status } = source
  if (status === "" || ![confidenceLevel, paymentMethod, status].every(isStorable)) return "unreadable-text"
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
    paymentMethod,
    status,
    confidenceLevel,
    allocatedMinor,
    debitedMinor,
    refundedMinor,
    chargedBackMinor,
    reversedMinor: 0
  }
}
