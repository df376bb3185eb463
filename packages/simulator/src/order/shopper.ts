/** What a shopper can do: choose a method in the menu, and say yes or no at the bank. */
import type { Merchant } from "../Merchant.ts"
import { present } from "../present.ts"
import type { World } from "../World.ts"
import { isFull } from "../World.ts"
import { authorizationBy } from "./followUps.ts"
import { convert } from "./Money.ts"
import { isOffered } from "./offeredMethods.ts"
import type { Order } from "./Order.ts"
import type { Payment, ReturnUrls } from "./Payment.ts"
import { isVoided, phaseOf } from "./Payment.ts"
import { methodNamed } from "./PaymentMethod.ts"

export type ShopperAnswer = NonNullable<Payment["shopperSaid"]>

export interface Choice {
  readonly method: string
  readonly issuer?: string
  /** The remaining amount of the order if absent. Never more than that. */
  readonly amountMinor?: number
  /** Pays in another currency: the amount is then in that currency, and required. */
  readonly currency?: string
  readonly returnUrls?: ReturnUrls
}

/** What the shopper still has to pay, in the currency of the order. */
export const remainingMinor = (world: World, order: Order): number => {
  const promised = world.paymentsOf(order)
    .filter((payment) => payment.status === "AUTHORIZED" && !isVoided(payment))
    .reduce((sum, { amount }) => sum + convert(amount, order.registered.currency, world.settings.rates), 0)
  return Math.max(0, order.registered.minor - promised)
}

/** A payment begun by choosing a method, or one sentence why not. */
export const chooseMethod = (world: World, order: Order, choice: Choice): Payment | string => {
  const method = methodNamed(choice.method)
  const merchant: Merchant | undefined = world.merchants.get(order.merchant)
  if (method === undefined || merchant === undefined || !isOffered(method, order, merchant)) {
    return `${choice.method} is not offered for this order`
  }
  const currency = choice.currency ?? order.registered.currency
  const rest = remainingMinor(world, order)
  const minor = currency === order.registered.currency
    ? Math.min(choice.amountMinor ?? rest, rest)
    : choice.amountMinor ?? 0
  if (minor <= 0) return "there is nothing left to pay"
  const payment = world.addPayment(order, {
    method: choice.method,
    amount: { minor, currency },
    webDirect: false,
    ...present({ issuer: choice.issuer, returnUrls: choice.returnUrls })
  })
  if (isFull(payment)) return payment.what
  world.happen(payment.id, {
    type: "moved",
    status: method.sends === "for-authentication"
      ? "REDIRECTED_FOR_AUTHENTICATION"
      : method.sends === "for-authorization"
      ? "REDIRECTED_FOR_AUTHORIZATION"
      : "STARTED"
  })
  return world.paymentOf(payment.id) ?? payment
}

/** What the shopper says at the bank. A web-direct payment only remembers it until `proceed`. */
export const answerAtBank = (world: World, payment: Payment, answer: ShopperAnswer): Payment | string => {
  const method = methodNamed(payment.method)
  if (phaseOf(payment) !== "open" || method === undefined) return `the payment is ${payment.status} already`
  if (payment.webDirect) world.happen(payment.id, { type: "shopper-said", answer })
  else {
    switch (answer) {
      case "approved":
        world.happen(payment.id, authorizationBy(method))
        break
      case "refused":
        world.happen(payment.id, { type: "failed", status: "AUTHORIZATION_FAILED", reason: "Refused" })
        break
      case "cancelled":
        world.happen(payment.id, { type: "cancelled", reason: "Canceled" })
        break
    }
  }
  return world.paymentOf(payment.id) ?? payment
}

/** Which of the four return URLs belongs to what became of a payment. */
export const returnKindOf = (payment: Payment): keyof ReturnUrls => {
  switch (phaseOf(payment)) {
    case "open":
      return payment.shopperSaid === "approved" ? "success" : "pending"
    case "authorized":
    case "paid":
      return payment.confidence === "SHOPPER_PENDING" ? "pending" : "success"
    case "voided":
    case "cancelling":
    case "cancelled":
      return "canceled"
    case "failed":
      return "error"
  }
}
