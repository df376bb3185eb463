/** `cancel`: gives up the whole order. The five results are told apart by what its payments were. */
import type { Payment, Phase } from "../order/Payment.ts"
import { phaseOf } from "../order/Payment.ts"
import { methodNamed } from "../order/PaymentMethod.ts"
import type { World } from "../World.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { element, orderAsked, refused, succeeded } from "./Outcome.ts"
import { orderNotFound } from "./RequestError.ts"

type CancelResult = "NO_PAYMENTS" | "ALREADY_CANCELED" | "SUCCESS" | "FAILED" | "PENDING"

/** The reason that captures and reversals of a cancelled authorisation carry. */
const reason = "Cancel request through order api"

export const cancelOrder = (call: Call): Outcome => {
  const order = orderAsked(call)
  if (order === undefined) return refused(orderNotFound)
  const { world } = call
  const payments = world.paymentsOf(order)
  const result = resultFor(world, payments, order.cancelled)
  // An order with captured money stays open: it was not cancelled.
  if (!order.cancelled && result !== "FAILED") world.cancelOrder(world.orderOf(order.key) ?? order)
  return succeeded(element("result", result))
}

const resultFor = (world: World, payments: ReadonlyArray<Payment>, wasCancelled: boolean): CancelResult => {
  if (payments.length === 0) return wasCancelled ? "ALREADY_CANCELED" : "NO_PAYMENTS"
  if (payments.every((payment) => isGivenUp(phaseOf(payment)))) return "ALREADY_CANCELED"
  const results = new Set(payments.map((payment) => cancelPayment(world, payment)))
  return results.has("FAILED") ? "FAILED" : results.has("PENDING") ? "PENDING" : "SUCCESS"
}

const isGivenUp = (phase: Phase): boolean => phase === "cancelled" || phase === "voided"

const cancelPayment = (world: World, payment: Payment): "SUCCESS" | "FAILED" | "PENDING" => {
  const asksAcquirer = methodNamed(payment.method)?.cancelAsksAcquirer === true
    && payment.captures.some(({ status }) => status === "STARTED")
  switch (phaseOf(payment)) {
    case "cancelled":
    case "voided":
      return "SUCCESS"
    case "failed":
    case "open":
      // The acquirer has been asked and has not answered yet.
      if (payment.status === "AUTHORIZATION_REQUESTED") {
        world.happen(payment.id, { type: "cancel-asked" })
        return "PENDING"
      }
      world.happen(payment.id, { type: "cancelled", reason: "Canceled" })
      return "SUCCESS"
    case "authorized":
      world.happen(payment.id, asksAcquirer ? { type: "cancel-asked" } : { type: "voided", reason })
      return asksAcquirer ? "PENDING" : "SUCCESS"
    case "cancelling":
      return payment.status === "CANCEL_REQUESTED" ? "PENDING" : "FAILED"
    case "paid":
      return "FAILED"
  }
}
