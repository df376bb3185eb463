/**
 * How payments begin and get decided: `start`, `proceed`, and repetitions within a series.
 */
import type {
  PaymentResponse,
  ProceedInput,
  ShopperResult,
  StartedPayment,
  StartPaymentInput
} from "@docdata/application"
import type { Money } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { phaseOf } from "./amounts.ts"
import { type Called, orderAsked, type Outcome, paymentAsked, refuse } from "./Called.ts"
import { type FakeOrder, type FakePayment, type FakeWorld, ownerOf } from "./FakeWorld.ts"
import { type MethodHabit, methodNamed, methodOf } from "./methods.ts"
import { amountInvalid, notAuthorized, orderNotFound, paymentNotFound } from "./refusals.ts"

/** The shopper said yes and the acquirer too. */
export const authorize = (world: FakeWorld, payment: FakePayment, { capture }: MethodHabit): FakePayment =>
  world.replacePayment({
    ...payment,
    status: "AUTHORIZED",
    captures: capture === undefined ? payment.captures : [{ status: capture, amount: payment.amount }]
  })

export const refusePayment = (world: FakeWorld, payment: FakePayment): FakePayment =>
  world.replacePayment({ ...payment, status: "AUTHORIZATION_FAILED", reason: "Refused" })

const accepted = ({ id, status }: FakePayment): PaymentResponse => ({ _tag: "Accepted", paymentId: id, status })

const failed = (payment?: FakePayment): PaymentResponse => ({
  _tag: "Failed",
  ...notAuthorized,
  ...(payment === undefined ? {} : { paymentId: payment.id, status: payment.status })
})

/** Pays an order with the means of the order that began the series. */
export const payAgain = (
  world: FakeWorld,
  order: FakeOrder,
  { amount, begunBy }: { readonly begunBy: string; readonly amount: Money }
): PaymentResponse => {
  const first = world.orders.get(begunBy)
  const before = first && world.paymentsOf(first).find(({ status }) => status === "AUTHORIZED")
  if (before === undefined) return failed()
  const method = methodNamed(before.method)
  return accepted(authorize(world, world.addPayment(order, method, amount), method))
}

/** Names no host that exists. */
const bankUrl = (payment: FakePayment): string => `https://bank.invalid/pay?payment=${payment.id}`

const sendAway = (payment: FakePayment): NonNullable<StartedPayment["redirect"]> => ({
  method: "GET",
  url: Redacted.make(bankUrl(payment)),
  parameters: []
})

/** `declined` says that the acquirer refuses this payment. */
export const start = (called: Called<StartPaymentInput>, declined: boolean): Outcome<StartedPayment> => {
  const { input, merchant, world } = called
  const order = orderAsked(called)
  if (order === undefined) return refuse(orderNotFound)
  const amount = input.amount ?? order.input.total
  if (amount.minor <= 0 || amount.currency !== order.input.total.currency) return refuse(amountInvalid)
  if (input.payment._tag === "Recurring") {
    const begunBy = world.series.get(JSON.stringify([ownerOf(merchant), input.payment.recurringReference]))
    return begunBy === undefined
      ? refuse(notAuthorized)
      : Result.succeed({ payment: payAgain(world, order, { begunBy, amount }) })
  }
  if (order.isCancelled) return refuse(notAuthorized)
  const method = methodOf(input.payment)
  const payment = world.addPayment(order, method, amount)
  if (declined) return Result.succeed({ payment: failed(refusePayment(world, payment)) })
  if (method.sends === undefined) return Result.succeed({ payment: accepted(authorize(world, payment, method)) })
  const sent = world.replacePayment({ ...payment, status: method.sends })
  return Result.succeed({ payment: accepted(sent), redirect: sendAway(sent) })
}

/** The shopper's callback parameters; an iDEAL return brings nothing. */
const wordOf = (result: ShopperResult): "yes" | "no" | "cancelled" | "nothing" => {
  switch (result._tag) {
    case "ThreeDomainSecure":
    case "Kbc":
      return "yes"
    case "Ideal":
      return "nothing"
    case "PayPal":
      return result.shopperCancelled ? "cancelled" : "yes"
    case "IngHomePay":
      return result.returnCode === 0 ? "yes" : "cancelled"
    case "Belfius":
      return result.outcome === "success" ? "yes" : result.outcome === "cancel" ? "cancelled" : "no"
  }
}

export const proceed = (called: Called<ProceedInput>): Outcome<PaymentResponse> => {
  const { input, world } = called
  const payment = paymentAsked(called)
  if (payment === undefined) return refuse(paymentNotFound)
  // A second proceed, or one that lost the race against the bank, finds the payment decided.
  if (phaseOf(payment) === "authorized" || phaseOf(payment) === "captured") return Result.succeed(accepted(payment))
  if (!payment.status.startsWith("REDIRECTED_")) return refuse(notAuthorized)
  switch (wordOf(input.result)) {
    case "nothing":
      return Result.succeed(accepted(payment))
    case "yes":
      return Result.succeed(accepted(authorize(world, payment, methodNamed(payment.method))))
    case "cancelled":
      return Result.succeed(accepted(world.replacePayment({ ...payment, status: "CANCELED", reason: "Canceled" })))
    case "no":
      refusePayment(world, payment)
      return refuse(notAuthorized)
  }
}
