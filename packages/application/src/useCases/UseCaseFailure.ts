/**
 * Refusals of the use cases themselves, besides those of the ports.
 */
import type { OrderStatus } from "@docdata/domain"
import * as Data from "effect/Data"

/** Docdata never gave a key for this order: it is reserved or abandoned. Next: create it again. */
export class NotConfirmed extends Data.TaggedError("NotConfirmed")<{
  readonly orderId: string
  readonly registration: "reserved" | "abandoned"
}> {
  override get message(): string {
    return `order ${this.orderId} is ${this.registration} and has no key yet: create it again`
  }
}

/**
 * The order was created on behalf of a merchant for whom its account does not act any more. Nothing was asked of
 * Docdata. Next: correct the configuration.
 */
export class MerchantMismatch extends Data.TaggedError("MerchantMismatch")<{
  readonly orderId: string
  readonly subjectMerchant: string
}> {
  override get message(): string {
    return `order ${this.orderId} belongs to ${this.subjectMerchant}, for whom its account does not act`
  }
}

/** The merchant account takes no new orders and starts no payments. */
export class MerchantInactive extends Data.TaggedError("MerchantInactive")<{ readonly merchant: string }> {
  override get message(): string {
    return `merchant account ${this.merchant} is not active`
  }
}

/** The order is not in a state in which this can be done. */
export class WrongState extends Data.TaggedError("WrongState")<{
  readonly orderId: string
  readonly wanted: string
  readonly status: OrderStatus
}> {
  override get message(): string {
    return `order ${this.orderId} is ${this.status}: ${this.wanted} is not possible`
  }
}

/** The order has no such payment. */
export class PaymentNotFound extends Data.TaggedError("PaymentNotFound")<{
  readonly orderId: string
  readonly paymentId: string
}> {
  override get message(): string {
    return `order ${this.orderId} has no payment ${this.paymentId}`
  }
}

/**
 * Others changed the order faster than this refresh could be stored, {@link commitAttemptsMax} times in a row. Nothing
 * was lost: the last of them stored something at least as new, or the order is refreshed again.
 */
export class Contended extends Data.TaggedError("Contended")<{ readonly orderId: string }> {
  override get message(): string {
    return `order ${this.orderId} keeps changing: look again later`
  }
}

/** Several changes of one order at once are rare and short; ten in a row mean that something is wrong. */
export const commitAttemptsMax = 10
