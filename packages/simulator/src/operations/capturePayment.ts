/** `capture`: files a request to take authorised money; it is done later, unless a later request replaces it first. */
import { capturableMinor } from "../order/Payment.ts"
import type { PaymentEvent } from "../order/PaymentEvent.ts"
import { isNotAllowed } from "../order/PaymentEvent.ts"
import { present } from "../present.ts"
import { textAt } from "../xml/XmlElement.ts"
import { amountAsked, dayOf, isTrue } from "./fileModification.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { paymentAsked, refused, succeeded } from "./Outcome.ts"
import { amountInvalid, nothingAuthorized, paymentNotFound } from "./RequestError.ts"

export const capturePayment = (call: Call): Outcome => {
  const { request, world } = call
  const payment = paymentAsked(call)
  const order = world.orderOf(payment?.orderKey)
  if (payment === undefined || order === undefined) return refused(paymentNotFound)
  // The schema's text says it must always be true for captures, so leaving it out means true.
  const replacesReserved = isTrue(textAt(request, "cancelReserved") ?? "true")
  const reserved = replacesReserved
    ? payment.captures.filter(({ status }) => status === "NEW").reduce((sum, { amount }) => sum + amount.minor, 0)
    : 0
  const rest = capturableMinor(payment) + (payment.finalCaptureFiled ? 0 : reserved)
  if (rest <= 0) return refused(nothingAuthorized)
  const amountMinor = amountAsked(request, { currency: payment.amount.currency, order, rest })
  if (amountMinor === undefined) return refused(amountInvalid)
  const event: PaymentEvent = {
    type: "capture-filed",
    final: isTrue(textAt(request, "finalCapture")),
    filing: {
      amountMinor,
      replacesReserved,
      ...present({
        merchantReference: textAt(request, "merchantCaptureReference"),
        notBeforeMs: dayOf(textAt(request, "requiredCaptureDate"))
      })
    }
  }
  const result = world.happen(payment.id, event)
  if (result === undefined || !isNotAllowed(result)) return succeeded()
  return refused(result.why === "amount" ? amountInvalid : nothingAuthorized)
}
