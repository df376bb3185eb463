/** An order (the provider calls it a payment cluster) as the simulator keeps it. */
import type { Money } from "@docdata/domain"
import type { ReturnUrls } from "./Payment.ts"

/** One invoice line, as far as captures and refunds by item need it. */
export interface OrderItem {
  readonly code: string
  readonly quantity: number
  readonly grossMinor: number
  readonly totalGrossMinor: number
}

export interface Order {
  readonly key: string
  /** The merchant whose credentials created it. */
  readonly merchant: string
  /** The merchant it was created for, when a platform acts for another one. */
  readonly subjectMerchant?: string
  readonly reference: string
  readonly profile: string
  readonly registered: Money
  readonly createdAtMs: number
  readonly daysToPay: number
  readonly billingCountry: string
  readonly language: string
  readonly description?: string
  readonly items: ReadonlyArray<OrderItem>
  /** All that Klarna and AfterPay ask for is there. */
  readonly fitForPayLater: boolean
  /** The merchant's name for the series that this order begins. */
  readonly recurringReference?: string
  /** The merchant cancelled it. */
  readonly cancelled: boolean
  /** In order of creation; reports show them shuffled. */
  readonly paymentIds: ReadonlyArray<string>
  /** When the provider first considered it safe. */
  readonly safeSinceMs?: number
  /** Overrides what the simulator does with the approved total of voided payments. */
  readonly voidKeepsApproved?: boolean
  /** Where the shopper came from, as the last menu link said. */
  readonly returnUrls: ReturnUrls
}

/** The merchant name a menu link must carry. */
export const menuMerchantOf = (order: Order): string => order.subjectMerchant ?? order.merchant
