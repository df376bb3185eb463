/** `status` and `statusExtended`: the report, with its payments in an order that means nothing. */
import { extendedInfo } from "../replies/extendedInfo.ts"
import { reportElement } from "../replies/statusReply.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { orderAsked, refused, succeeded } from "./Outcome.ts"
import { orderNotFound } from "./RequestError.ts"

export const orderStatus = (call: Call): Outcome => {
  const order = orderAsked(call)
  return order === undefined ? refused(orderNotFound) : succeeded(reportElement(call.world.report(order, true)))
}

export const orderStatusExtended = (call: Call): Outcome => {
  const order = orderAsked(call)
  if (order === undefined) return refused(orderNotFound)
  const { world } = call
  return succeeded(reportElement(world.report(order, true), (line) => {
    const payment = world.paymentOf(line.id)
    return payment === undefined ? undefined : extendedInfo(payment)
  }))
}
