/** Carries out an action on the world. */
import { cancelOrder } from "../operations/cancelOrder.ts"
import { element } from "../operations/Outcome.ts"
import { authorizationBy } from "../order/followUps.ts"
import { sumOf } from "../order/Money.ts"
import type { Order } from "../order/Order.ts"
import type { Payment } from "../order/Payment.ts"
import { capturableMinor, refundableMinor } from "../order/Payment.ts"
import type { PaymentEvent } from "../order/PaymentEvent.ts"
import { isNotAllowed } from "../order/PaymentEvent.ts"
import { methodNamed } from "../order/PaymentMethod.ts"
import { answerAtBank, chooseMethod } from "../order/shopper.ts"
import { getOnLoopback } from "../notifications/loopback.ts"
import { present } from "../present.ts"
import type { World } from "../World.ts"
import { isFull } from "../World.ts"
import type { Action, ActionResult } from "./Action.ts"

type OrderAction = Extract<Action, { readonly orderKey: string }>
type PaymentAction = Extract<Action, { readonly paymentId: string }>

const failed = (why: string): ActionResult => ({ ok: false, why })

/** Never rejects: what cannot be done is an answer. */
export const act = async (world: World, action: Action): Promise<ActionResult> => {
  if (action.do === "create-order") return createOrder(world, action)
  if ("paymentId" in action) {
    const payment = world.paymentOf(action.paymentId)
    return payment === undefined ? failed("there is no payment with this id") : onPayment(world, payment, action)
  }
  const order = world.orderOf(action.orderKey)
  return order === undefined ? failed("there is no order with this key") : onOrder(world, order, action)
}

const createOrder = (world: World, action: Extract<Action, { readonly do: "create-order" }>): ActionResult => {
  const merchant = action.merchant === undefined
    ? [...world.merchants.values()][0]
    : world.merchants.get(action.merchant)
  if (merchant === undefined) return failed("there is no such merchant")
  if (world.isReferenceTaken(merchant.name, action.reference)) return failed("the reference was used before")
  const order = world.addOrder({
    merchant: merchant.name,
    reference: action.reference,
    profile: merchant.profiles?.[0] ?? "standard",
    registered: { minor: action.amountMinor, currency: action.currency },
    daysToPay: 14,
    billingCountry: action.country ?? "NL",
    language: "nl",
    items: [],
    fitForPayLater: true
  })
  return isFull(order) ? failed(order.what) : { ok: true, orderKey: order.key }
}

const onOrder = async (world: World, order: Order, action: OrderAction): Promise<ActionResult> => {
  switch (action.do) {
    case "choose":
    case "pay": {
      const chosen = chooseMethod(world, order, action)
      if (typeof chosen === "string") return failed(chosen)
      if (action.do === "pay") answerAtBank(world, chosen, "approved")
      return { ok: true, orderKey: order.key, paymentId: chosen.id }
    }
    case "cancel-order": {
      const merchant = world.merchants.get(order.merchant)
      if (merchant === undefined) return failed("the order has no merchant any more")
      const outcome = cancelOrder({
        world,
        merchant,
        origin: "",
        request: element("cancelRequest", [element("paymentOrderKey", order.key)])
      })
      return {
        ok: true,
        orderKey: order.key,
        ...present({ result: outcome.kind === "success" ? outcome.content[0]?.text : undefined })
      }
    }
    case "notify":
      world.announceChange(order)
      return { ok: true, orderKey: order.key }
    case "visit":
      return visit(world, order, action.kind)
  }
}

const visit = async (
  world: World,
  order: Order,
  kind: "success" | "pending" | "canceled" | "error"
): Promise<ActionResult> => {
  const url = order.returnUrls[kind] ?? world.merchants.get(order.merchant)?.returnUrls?.[kind]
  if (url === undefined) return { ok: true, orderKey: order.key, result: "no return URL" }
  try {
    const result = await getOnLoopback(url)
    return { ok: true, orderKey: order.key, result: "status" in result ? String(result.status) : result.failed }
  } catch (problem) {
    return failed(problem instanceof Error ? problem.message : "the return URL cannot be called")
  }
}

const onPayment = (world: World, payment: Payment, action: PaymentAction): ActionResult => {
  const done: ActionResult = { ok: true, orderKey: payment.orderKey, paymentId: payment.id }
  if (action.do === "answer") {
    const after = answerAtBank(world, payment, action.answer)
    return typeof after === "string" ? failed(after) : done
  }
  const events = eventsOf(payment, action)
  if (typeof events === "string") return failed(events)
  for (const event of events) {
    const result = world.happen(payment.id, event)
    if (result !== undefined && isNotAllowed(result)) {
      return failed(`${result.event} is not possible: ${result.why} (the payment is ${result.phase})`)
    }
  }
  return done
}

/** What has to happen to a payment for an action, or one sentence why it cannot. */
const eventsOf = (
  payment: Payment,
  action: Exclude<PaymentAction, { readonly do: "answer" }>
): ReadonlyArray<PaymentEvent> | string => {
  switch (action.do) {
    case "fail":
      return [{ type: "failed", status: action.status ?? "AUTHORIZATION_FAILED", reason: action.reason ?? "Refused" }]
    case "money-arrives": {
      const capture = payment.captures.findLast(({ status }) => status === "STARTED" || status === "NEW")
      if (capture === undefined) return "no capture waits for money"
      return [{ type: "confidence-changed", confidence: "ACQUIRER_APPROVED" }, {
        type: "capture-moved",
        number: capture.number,
        status: "CAPTURED"
      }]
    }
    case "word":
      return [{ type: "worded", status: action.status }]
    case "word-capture": {
      const capture = payment.captures.at(-1)
      return capture === undefined
        ? "there is no capture"
        : [{ type: "capture-worded", number: capture.number, status: action.status }]
    }
    case "authorize": {
      const method = methodNamed(payment.method)
      return method === undefined ? "the method is unknown" : [authorizationBy(method)]
    }
    case "file-capture":
    case "file-refund": {
      const isCapture = action.do === "file-capture"
      const filing = {
        amountMinor: action.amountMinor ?? (isCapture ? capturableMinor(payment) : refundableMinor(payment)),
        replacesReserved: isCapture,
        ...present({ merchantReference: action.reference })
      }
      return isCapture
        ? [{ type: "capture-filed", filing, final: action.final ?? false }]
        : [{ type: "refund-filed", filing }]
    }
    case "capture":
    case "refund": {
      const modifications = action.do === "capture" ? payment.captures : payment.refunds
      const number = action.number ?? modifications.at(-1)?.number
      if (number === undefined) return `there is no ${action.do}`
      return [{
        type: action.do === "capture" ? "capture-moved" : "refund-moved",
        number,
        status: action.status,
        ...present({ reason: action.reason })
      }]
    }
    case "chargeback":
      return [{
        type: "charged-back",
        amountMinor: action.amountMinor ??
          sumOf(payment.captures.filter(({ status }) => status === "CAPTURED").map(({ amount }) => amount)),
        chargebackId: String(payment.chargebacks.length + 1),
        ...present({ reason: action.reason })
      }]
    case "reverse":
      return [{
        type: "reversed",
        amountMinor: action.amountMinor ?? capturableMinor(payment),
        reason: "Reversed by the acquirer"
      }]
    case "refuse-cancel":
      return [{ type: "cancel-refused", status: "CANCEL_FAILED" }]
  }
}
