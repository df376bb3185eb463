/** `create`: registers an order; with a known recurring reference it pays at once. */
import { present } from "../present.ts"
import type { Order, OrderItem } from "../order/Order.ts"
import { isFull } from "../World.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { childOf, childrenOf, textAt } from "../xml/XmlElement.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { element, readMoney, refused, succeeded } from "./Outcome.ts"
import { insufficientData, payRecurring } from "./paymentResponse.ts"
import { amountInvalid, outOfSpace, profileUnknown, referenceTaken } from "./RequestError.ts"

export const createOrder = (call: Call): Outcome => {
  const { merchant, request, world } = call
  const reference = textAt(request, "merchantOrderReference") ?? ""
  const profile = textAt(request, "paymentPreferences", "profile") ?? ""
  const subjectMerchant = childOf(childOf(request, "merchant"), "subjectMerchant")?.attributes.get("name")
  const total = childOf(request, "totalGrossAmount")
  if (total === undefined) return refused(amountInvalid)
  const errors = [
    ...((merchant.profiles ?? ["standard"]).includes(profile) ? [] : [profileUnknown]),
    ...(world.isReferenceTaken(subjectMerchant ?? merchant.name, reference) ? [referenceTaken] : [])
  ]
  if (errors.length > 0) return refused(...errors)
  const series = textAt(request, "paymentRequest", "initialPaymentReference", "merchantReference")
  const first = series === undefined ? undefined : world.firstOfSeries(merchant.name, series)
  const order = world.addOrder({
    merchant: merchant.name,
    reference,
    profile,
    registered: readMoney(total),
    daysToPay: Number(textAt(request, "paymentPreferences", "numberOfDaysToPay")),
    billingCountry: childOf(childOf(childOf(request, "billTo"), "address"), "country")?.attributes.get("code") ?? "NL",
    language: childOf(buyerOf(request), "language")?.attributes.get("code") ?? "nl",
    items: itemsOf(request),
    fitForPayLater: isFitForPayLater(request),
    ...present({
      subjectMerchant,
      description: textAt(request, "description"),
      recurringReference: first === undefined ? series : undefined
    })
  })
  if (isFull(order)) return refused(outOfSpace(order.what))
  return succeeded(element("key", order.key), ...recurringAnswer(call, order, first))
}

const recurringAnswer = (call: Call, order: Order, first: Order | undefined): ReadonlyArray<XmlElement> => {
  if (childOf(call.request, "paymentRequest") === undefined) return []
  return [first === undefined ? insufficientData() : payRecurring(call, { order, first, amount: order.registered })]
}

const buyerOf = (request: XmlElement): XmlElement | undefined =>
  childOf(request, "shopper") ?? childOf(request, "company")

const itemsOf = (request: XmlElement): ReadonlyArray<OrderItem> =>
  childrenOf(childOf(request, "invoice"), "item").map((item) => ({
    code: textAt(item, "code") ?? "",
    quantity: Number(textAt(item, "quantity")),
    grossMinor: Number(textAt(item, "grossAmount")),
    totalGrossMinor: Number(textAt(item, "totalGrossAmount"))
  }))

const isFitForPayLater = (request: XmlElement): boolean => {
  const buyer = buyerOf(request)
  const hasPhone = childOf(buyer, "phoneNumber") !== undefined || childOf(buyer, "mobilePhoneNumber") !== undefined
  return childOf(request, "invoice") !== undefined && childOf(buyer, "dateOfBirth") !== undefined && hasPhone
}
