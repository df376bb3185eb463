/** `proceed`: the shopper is back from the bank or the acquirer, and the merchant hands in what the browser brought. */
import { authorizationBy } from "../order/followUps.ts"
import type { Payment } from "../order/Payment.ts"
import { phaseOf } from "../order/Payment.ts"
import { methodNamed } from "../order/PaymentMethod.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { childOf, textAt } from "../xml/XmlElement.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { paymentAsked, refused, succeeded } from "./Outcome.ts"
import { paymentSuccess } from "./paymentResponse.ts"
import { notAuthorized, paymentNotFound } from "./RequestError.ts"

type Answer = NonNullable<Payment["shopperSaid"]> | "nothing-yet"

export const proceedPayment = (call: Call): Outcome => {
  const { request, world } = call
  const payment = paymentAsked(call)
  if (payment === undefined) return refused(paymentNotFound)
  const method = methodNamed(payment.method)
  // A second proceed, or one that lost the race against the notification, finds the payment decided.
  if (phaseOf(payment) !== "open") {
    return payment.status === "AUTHORIZED"
      ? succeeded(paymentSuccess(payment))
      : refused(notAuthorized)
  }
  if (!payment.status.startsWith("REDIRECTED_") || method === undefined) return refused(notAuthorized)
  switch (call.decline === undefined ? answerIn(request, payment) : "refused") {
    case "nothing-yet":
      break
    case "approved":
      world.happen(payment.id, authorizationBy(method))
      break
    case "cancelled":
      world.happen(payment.id, { type: "cancelled", reason: "Canceled" })
      break
    case "refused":
      world.happen(payment.id, { type: "failed", status: "AUTHORIZATION_FAILED", reason: "Refused" })
      return refused(notAuthorized)
  }
  return succeeded(paymentSuccess(world.paymentOf(payment.id) ?? payment))
}

/** What the shopper's results say; where they carry nothing, what the shopper chose on the bank page counts. */
const answerIn = (request: XmlElement, payment: Payment): Answer => {
  const chosen: Answer = payment.shopperSaid ?? "nothing-yet"
  const secure = textAt(request, "threeDomainSecureAuthenticationResult", "PARes")
  if (secure !== undefined) {
    return secure === "simulated-refused"
      ? "refused"
      : secure === "simulated-cancelled"
      ? "cancelled"
      : "approved"
  }
  const belfius = textAt(request, "belfiusAuthorizationResult", "status")
  if (belfius !== undefined) return belfius === "SUCCESS" ? "approved" : belfius === "CANCEL" ? "cancelled" : "refused"
  const homePay = textAt(request, "ingHomePayAuthorizationResult", "returnCode")
  if (homePay !== undefined) return Number(homePay) === 0 ? "approved" : "cancelled"
  const paypal = textAt(request, "paypalAuthenticationResult", "ShopperCanceled")
  if (paypal !== undefined) return /^(true|1)$/i.test(paypal) ? "cancelled" : "approved"
  if (childOf(request, "kbcAuthorizationResult") !== undefined) return chosen === "nothing-yet" ? "approved" : chosen
  return chosen
}
