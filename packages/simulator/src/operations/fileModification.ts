/** What capture and refund requests have in common: an amount given, named by an item, or left open. */
import type { Order } from "../order/Order.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { childOf, textAt } from "../xml/XmlElement.ts"
import { readMoney } from "./Outcome.ts"

/** True for the two spellings XML Schema has for true. */
export const isTrue = (text: string | undefined): boolean => text?.trim() === "true" || text?.trim() === "1"

/** The start of the required day; nothing is filed before it. */
export const dayOf = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : Date.parse(`${date.trim().slice(0, 10)}T00:00:00Z`)

/**
 * The amount a request asks for: its amount, else the gross total of its item, else `rest`. `undefined` if the
 * currency is not the payment's or the item is not in the order. An amount wins over an item.
 */
export const amountAsked = (
  request: XmlElement,
  { currency, order, rest }: { readonly currency: string; readonly order: Order; readonly rest: number }
): number | undefined => {
  const amount = childOf(request, "amount")
  if (amount !== undefined) {
    const money = readMoney(amount)
    return money.currency === currency ? money.minor : undefined
  }
  const code = textAt(request, "itemCode")
  return code === undefined ? rest : order.items.find((item) => item.code === code)?.totalGrossMinor
}
