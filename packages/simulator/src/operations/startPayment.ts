/** `start`: begins a payment without the menu. Some methods are authorised at once, others send the shopper away. */
import { authorizationBy } from "../order/followUps.ts"
import type { Order } from "../order/Order.ts"
import type { BankAccount, Payment } from "../order/Payment.ts"
import type { PaymentMethod } from "../order/PaymentMethod.ts"
import { methodNamed } from "../order/PaymentMethod.ts"
import { isOffered } from "../order/offeredMethods.ts"
import { present } from "../present.ts"
import { isFull } from "../World.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { childOf, textAt } from "../xml/XmlElement.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { element, orderAsked, readMoney, refused, succeeded } from "./Outcome.ts"
import { paymentError, paymentSuccess, payRecurring } from "./paymentResponse.ts"
import { amountInvalid, notAuthorized, orderNotFound, outOfSpace } from "./RequestError.ts"

export const startPayment = (call: Call): Outcome => {
  const { request, world } = call
  const order = orderAsked(call)
  if (order === undefined) return refused(orderNotFound)
  const given = childOf(request, "paymentAmount")
  const amount = given === undefined ? order.registered : readMoney(given)
  if (amount.minor <= 0) return refused(amountInvalid)
  const series = textAt(request, "recurringPaymentRequest", "initialPaymentReference", "merchantReference")
  if (childOf(request, "recurringPaymentRequest") !== undefined) {
    const first = series === undefined ? undefined : world.firstOfSeries(call.merchant.name, series)
    return first === undefined ? refused(notAuthorized) : succeeded(payRecurring(call, { order, first, amount }))
  }
  const method = methodAsked(request)
  if (order.cancelled || method === undefined || !isOffered(method, order, call.merchant)) return refused(notAuthorized)
  const returnUrl = textAt(request, "returnUrl")
  const payment = world.addPayment(order, {
    method: textAt(request, "payment", "paymentMethod") ?? method.name,
    amount,
    webDirect: true,
    ...present({ issuer: textAt(request, "payment", "iDealPaymentInput", "issuerId"), account: accountIn(request) }),
    ...(returnUrl === undefined
      ? {}
      : { returnUrls: { success: returnUrl, pending: returnUrl, canceled: returnUrl, error: returnUrl } })
  })
  return isFull(payment) ? refused(outOfSpace(payment.what)) : begin(call, { order, method, payment })
}

const accountIn = (request: XmlElement): BankAccount | undefined => {
  const given = (name: string) => textAt(request, "payment", "directDebitPaymentInput", name)?.trim()
  const iban = given("iban")
  return iban === undefined ? undefined : { iban, ...present({ bic: given("bic") }) }
}

const begin = (
  call: Call,
  { method, payment }: { readonly order: Order; readonly method: PaymentMethod; readonly payment: Payment }
): Outcome => {
  const { origin, request, world } = call
  const now = (): Payment => world.paymentOf(payment.id) ?? payment
  if (call.decline !== undefined) {
    world.happen(payment.id, { type: "failed", status: "AUTHORIZATION_FAILED", reason: "Refused" })
    return call.decline === "start-errors" ? refused(notAuthorized) : succeeded(paymentError(notAuthorized, now()))
  }
  const isCard = method.input !== undefined && method.sends === "for-authentication" &&
    method.name !== "PAYPAL_EXPRESS_CHECKOUT"
  // Without the shopper's browser there is no 3-D Secure: the card is authorised at once.
  const staysHere = method.sends === "nowhere" || (isCard && childOf(request, "shopperInfo") === undefined)
  if (staysHere) {
    world.happen(payment.id, authorizationBy(method))
    return succeeded(paymentSuccess(now()))
  }
  world.happen(payment.id, {
    type: "moved",
    status: method.sends === "for-authentication" ? "REDIRECTED_FOR_AUTHENTICATION" : "REDIRECTED_FOR_AUTHORIZATION"
  })
  return succeeded(paymentSuccess(now()), isCard ? cardRedirect(origin, now()) : bankRedirect(origin, now()))
}

const parameter = (name: string, value: string): XmlElement => element("parameter", value, { name })

const cardRedirect = (origin: string, payment: Payment): XmlElement =>
  element("redirect", [
    element("method", "POST"),
    element("url", `${origin}/ps/bank`),
    element("parameters", [
      parameter("MD", payment.id),
      parameter("PaReq", `simulated-${payment.id}`),
      parameter("TermUrl", payment.returnUrls.success ?? `${origin}/ps/bank/done`)
    ])
  ])

const bankRedirect = (origin: string, payment: Payment): XmlElement =>
  element("redirect", [
    element("method", "GET"),
    element("url", `${origin}/ps/bank?payment=${payment.id}`),
    element("parameters", [])
  ])

/** The method a request names; a token is a stored card. */
const methodAsked = (request: XmlElement): PaymentMethod | undefined => {
  const token = childOf(request, "token")
  if (token !== undefined) {
    const input = token.children[0]?.name
    return methodNamed(input === "amexTokenInput" ? "AMEX" : input === "masterCardTokenInput" ? "MASTERCARD" : "VISA")
  }
  const payment = childOf(request, "payment")
  const method = methodNamed(textAt(payment, "paymentMethod") ?? "")
  return method?.input !== undefined && childOf(payment, method.input) !== undefined ? method : undefined
}
