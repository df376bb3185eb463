/** Which payment methods an order may be paid with. */
import type { Merchant } from "../Merchant.ts"
import type { Order } from "./Order.ts"
import type { PaymentMethod } from "./PaymentMethod.ts"
import { methodNamed, paymentMethods } from "./PaymentMethod.ts"

/** By the merchant's account, the billing country and what the order says about the shopper. */
export const isOffered = (method: PaymentMethod, order: Order, merchant: Merchant): boolean =>
  (merchant.methods === undefined || merchant.methods.some((name) => methodNamed(name) === method))
  && (method.countries === undefined || method.countries.includes(order.billingCountry))
  && (method.needsInvoice !== true || order.fitForPayLater)

export const offeredMethods = (order: Order, merchant: Merchant): ReadonlyArray<PaymentMethod> =>
  paymentMethods.filter((method) => isOffered(method, order, merchant))
