/** The part of a reply that tells what became of a payment, and the payments of a recurring series. */
import type { Money } from "@docdata/domain"
import { authorizationBy } from "../order/followUps.ts"
import type { Order } from "../order/Order.ts"
import { methodNamed } from "../order/PaymentMethod.ts"
import { isFull } from "../World.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { Call } from "./Outcome.ts"
import { element } from "./Outcome.ts"
import type { RequestError } from "./RequestError.ts"
import { notAuthorized, outOfSpace } from "./RequestError.ts"

export const errorElement = ({ code, text }: RequestError): XmlElement => element("error", text, { code })

export const paymentSuccess = (payment: { readonly id: string; readonly status: string }): XmlElement =>
  element("paymentResponse", [
    element("paymentSuccess", [element("status", payment.status), element("id", payment.id)])
  ])

export const insufficientData = (): XmlElement => element("paymentResponse", [element("paymentInsufficientData")])

export const paymentError = (
  error: RequestError,
  payment?: { readonly id: string; readonly status: string }
): XmlElement =>
  element("paymentResponse", [
    element("paymentError", [
      errorElement(error),
      payment && element("status", payment.status),
      payment && element("id", payment.id)
    ])
  ])

/** Pays an order with the means of the first order of its series. */
export const payRecurring = (
  { world }: Call,
  { amount, first, order }: { readonly amount: Money; readonly first: Order; readonly order: Order }
): XmlElement => {
  const before = world.paymentsOf(first).find(({ status }) => status === "AUTHORIZED")
  const method = methodNamed(before?.method ?? "")
  if (before === undefined || method === undefined) return paymentError(notAuthorized)
  const payment = world.addPayment(order, { method: before.method, amount, webDirect: true })
  if (isFull(payment)) return paymentError(outOfSpace(payment.what))
  world.happen(payment.id, authorizationBy(method))
  return paymentSuccess(world.paymentOf(payment.id) ?? payment)
}
