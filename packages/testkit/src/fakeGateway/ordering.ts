/**
 * The operations on whole orders: create, cancel, and the three that only ask.
 */
import type { CancelResult, CreatedOrder, CreateOrderInput, OrderByKey, PaymentMethods } from "@docdata/application"
import { shownMerchantName } from "@docdata/application"
import type { ExtendedStatus, StatusReport } from "@docdata/domain"
import * as Result from "effect/Result"
import { isVoided, phaseOf } from "./amounts.ts"
import { type Called, orderAsked, type Outcome, refuse } from "./Called.ts"
import { extendedStatusOf, reportOf } from "./fakeReport.ts"
import { type FakeOrder, type FakePayment, type FakeWorld, ownerOf } from "./FakeWorld.ts"
import { offered } from "./methods.ts"
import { payAgain } from "./paying.ts"
import { orderNotFound, profileUnknown, referenceTaken } from "./refusals.ts"

/** `profiles` are those of the back office; any profile will do without them. */
export const create = (
  { input, merchant, world }: Called<CreateOrderInput>,
  profiles?: ReadonlyArray<string>
): Outcome<CreatedOrder> => {
  const owner = ownerOf(merchant)
  const reference = JSON.stringify([owner, shownMerchantName(merchant), input.orderReference])
  const errors = [
    ...(profiles === undefined || profiles.includes(input.profile) ? [] : [profileUnknown]),
    ...(world.references.has(reference) ? [referenceTaken] : [])
  ]
  const [first, ...rest] = errors
  if (first !== undefined) return Result.fail([first, ...rest])
  world.references.add(reference)
  const order = world.addOrder(owner, input)
  if (input.recurringReference === undefined) return Result.succeed({ orderKey: order.key })
  const series = JSON.stringify([owner, input.recurringReference])
  const begunBy = world.series.get(series)
  if (begunBy !== undefined) {
    return Result.succeed({ orderKey: order.key, payment: payAgain(world, order, { begunBy, amount: input.total }) })
  }
  world.series.set(series, order.key)
  return Result.succeed({ orderKey: order.key, payment: { _tag: "InsufficientData" } })
}

const cancelPayment = (world: FakeWorld, payment: FakePayment): CancelResult["_tag"] => {
  switch (phaseOf(payment)) {
    case "captured":
      return "NotCancelled"
    case "asked-acquirer":
      world.replacePayment({ ...payment, status: "CANCEL_REQUESTED" })
      return "Pending"
    case "given-up":
      if (isVoided(payment)) return "Cancelled"
      world.replacePayment({ ...payment, status: "CANCELED", reason: "Canceled" })
      return "Cancelled"
    case "open":
      world.replacePayment({ ...payment, status: "CANCELED", reason: "Canceled" })
      return "Cancelled"
    case "authorized": {
      const captures = payment.captures.map((capture) =>
        capture.status === "NEW" || capture.status === "STARTED" ? { ...capture, status: "CANCELED" } : capture
      )
      const reversal = { amount: payment.amount, reason: "Cancel request through order api" }
      world.replacePayment({ ...payment, captures, reversal })
      return "Cancelled"
    }
  }
}

export const cancel = (called: Called<OrderByKey>): Outcome<CancelResult> => {
  const { world } = called
  const order = orderAsked(called)
  if (order === undefined) return refuse(orderNotFound)
  world.replaceOrder(order.key, (old) => ({ ...old, isCancelled: true }))
  const payments = world.paymentsOf(order)
  if (payments.length === 0) return Result.succeed({ _tag: order.isCancelled ? "AlreadyCancelled" : "NoPayments" })
  if (payments.every((payment) => payment.status === "CANCELED" || isVoided(payment))) {
    return Result.succeed({ _tag: "AlreadyCancelled" })
  }
  const results = new Set(payments.map((payment) => cancelPayment(world, payment)))
  const worst = (["NotCancelled", "Pending"] as const).find((result) => results.has(result))
  return Result.succeed({ _tag: worst ?? "Cancelled" })
}

/** Answers a question about an order. */
const asking =
  <A>(answer: (order: FakeOrder, payments: ReadonlyArray<FakePayment>) => A) =>
  (called: Called<OrderByKey>): Outcome<A> => {
    const order = orderAsked(called)
    return order === undefined
      ? refuse(orderNotFound)
      : Result.succeed(answer(order, called.world.paymentsOf(order)))
  }

export const status: (called: Called<OrderByKey>) => Outcome<StatusReport> = asking(reportOf)
export const statusExtended: (called: Called<OrderByKey>) => Outcome<ExtendedStatus> = asking(extendedStatusOf)
export const listPaymentMethods: (called: Called<OrderByKey>) => Outcome<PaymentMethods> = asking(() => offered)
