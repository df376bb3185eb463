/**
 * Carries out what shoppers, banks and acquirers do.
 */
import { capturedMinor, phaseOf } from "./amounts.ts"
import type { FakeAction } from "./FakeProvider.ts"
import type { FakeModification, FakePayment, FakeWorld } from "./FakeWorld.ts"
import { methodNamed } from "./methods.ts"
import { authorize, refusePayment } from "./paying.ts"

/** The id of the payment, or why not. */
export type Acted = { readonly paymentId: string } | { readonly why: string }

type OnOrder = Extract<FakeAction, { readonly orderKey: string }>
type OnPayment = Exclude<FakeAction, OnOrder>

const dayMs = 86_400_000

const begun = (world: FakeWorld, action: OnOrder): Acted => {
  const order = world.orders.get(action.orderKey)
  if (order === undefined) return { why: "there is no order with this key" }
  if (order.isCancelled) return { why: "the order was cancelled" }
  const method = methodNamed(action.method ?? "IDEAL")
  const payment = world.addPayment(order, method, action.amount ?? order.input.total)
  switch (action.do) {
    case "begin":
      world.replacePayment({ ...payment, status: method.sends ?? "STARTED" })
      break
    case "authorize":
      world.replacePayment({ ...payment, status: "AUTHORIZED" })
      break
    case "pay":
      authorize(world, { ...payment, confidenceLevel: "ACQUIRER_APPROVED" }, { ...method, capture: "CAPTURED" })
      break
  }
  return { paymentId: payment.id }
}

/** Those under way move on. None may be under way, and none may have a day that is not over. */
const moved = (
  modifications: ReadonlyArray<FakeModification>,
  to: string,
  nowMs: number
): ReadonlyArray<FakeModification> | string => {
  const isUnderWay = ({ status }: FakeModification): boolean => status === "NEW" || status === "STARTED"
  const underWay = modifications.filter(isUnderWay)
  if (underWay.length === 0) return "nothing is under way"
  if (underWay.some(({ notBefore }) => notBefore !== undefined && Date.parse(notBefore) + dayMs > nowMs)) {
    return "the day that was asked for is not over"
  }
  return modifications.map((modification) => isUnderWay(modification) ? { ...modification, status: to } : modification)
}

const chargedBack = (payment: FakePayment, minor: number): FakePayment | string => {
  const taken = payment.chargebacks.reduce((sum, { amount }) => sum + amount.minor, 0)
  if (minor <= 0 || minor + taken > capturedMinor(payment)) return "no such amount was captured"
  const chargeback = { status: "CHARGED", amount: { ...payment.amount, minor } }
  return { ...payment, chargebacks: [...payment.chargebacks, chargeback] }
}

/** The payment after the action, or why it stays as it is. */
const changed = (world: FakeWorld, payment: FakePayment, when: OnPayment & { readonly nowMs: number }) => {
  switch (when.do) {
    case "approve":
      return phaseOf(payment) === "open" ? authorize(world, payment, methodNamed(payment.method)) : "it is not open"
    case "fail":
      if (phaseOf(payment) !== "open") return "it is not open"
      return { ...refusePayment(world, payment), ...(when.status === undefined ? {} : { status: when.status }) }
    case "word":
      return { ...payment, status: when.status }
    case "move-captures": {
      const captures = moved(payment.captures, when.to, when.nowMs)
      if (typeof captures === "string") return captures
      // Money that has come in is no longer a promise.
      return { ...payment, captures, ...(when.to === "CAPTURED" ? { confidenceLevel: "ACQUIRER_APPROVED" } : {}) }
    }
    case "move-refunds": {
      const refunds = moved(payment.refunds, when.to, when.nowMs)
      return typeof refunds === "string" ? refunds : { ...payment, refunds }
    }
    case "charge-back":
      return chargedBack(payment, when.minor ?? capturedMinor(payment))
  }
}

/** `nowMs` decides whether the day of a dated request is over. */
export const act = (world: FakeWorld, action: FakeAction, nowMs: number): Acted => {
  if ("orderKey" in action) return begun(world, action)
  const payment = world.payments.get(action.paymentId)
  if (payment === undefined) return { why: "there is no payment with this id" }
  const after = changed(world, payment, { ...action, nowMs })
  if (typeof after === "string") return { why: after }
  return { paymentId: world.replacePayment(after).id }
}
