/** `refund`: files a request to return captured money, by amount, by item or by order lines. */
import type { Order } from "../order/Order.ts"
import { refundableMinor } from "../order/Payment.ts"
import { isNotAllowed } from "../order/PaymentEvent.ts"
import { present } from "../present.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { childOf, childrenOf, textAt } from "../xml/XmlElement.ts"
import { amountAsked, dayOf, isTrue } from "./fileModification.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { paymentAsked, readMoney, refused, succeeded } from "./Outcome.ts"
import { amountInvalid, nothingCaptured, paymentNotFound } from "./RequestError.ts"

export const refundPayment = (call: Call): Outcome => {
  const { request, world } = call
  const payment = paymentAsked(call)
  const order = world.orderOf(payment?.orderKey)
  if (payment === undefined || order === undefined) return refused(paymentNotFound)
  const replacesReserved = isTrue(textAt(request, "cancelReserved"))
  const reserved = replacesReserved
    ? payment.refunds.filter(({ status }) => status === "NEW").reduce((sum, { amount }) => sum + amount.minor, 0)
    : 0
  const rest = refundableMinor(payment) + reserved
  if (rest <= 0) return refused(nothingCaptured)
  const { currency } = payment.amount
  const items = childOf(request, "refundItems")
  const amountMinor = items === undefined
    ? amountAsked(request, { currency, order, rest })
    : itemsTotal(items, order, currency)
  if (amountMinor === undefined) return refused(amountInvalid)
  const result = world.happen(payment.id, {
    type: "refund-filed",
    filing: {
      amountMinor,
      replacesReserved,
      ...present({
        merchantReference: textAt(request, "merchantRefundReference"),
        notBeforeMs: dayOf(textAt(request, "requiredRefundDate"))
      })
    }
  })
  if (result === undefined || !isNotAllowed(result)) return succeeded()
  return refused(result.why === "amount" ? amountInvalid : nothingCaptured)
}

/** Order lines at their gross price per piece, plus an amount of its own. `undefined` if a line is not in the order. */
const itemsTotal = (items: XmlElement, order: Order, currency: string): number | undefined => {
  const additional = childOf(childOf(items, "additionalRefund"), "additionalAmount")
  const extra = additional === undefined ? { minor: 0, currency } : readMoney(additional)
  if (extra.currency !== currency) return undefined
  return childrenOf(items, "itemLine").reduce<number | undefined>((sum, line) => {
    const item = order.items.find(({ code }) => code === textAt(line, "itemCode"))
    const quantity = Number(textAt(line, "quantity"))
    return sum === undefined || item === undefined || quantity < 1 || quantity > item.quantity
      ? undefined
      : sum + item.grossMinor * quantity
  }, extra.minor)
}
