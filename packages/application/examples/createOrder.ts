import { createOrder, type DescribeOrder, orderMenuUrl } from "@docdata/application"
import * as Effect from "effect/Effect"

/** What this shop knows of an order. Each try to pay it has a number. */
export interface Basket {
  readonly number: string
  readonly tryNumber: number
  readonly totalMinor: number
}

/** The one place where the shop's own order becomes one of Docdata. */
const describe: DescribeOrder<Basket> = ({ totalMinor }) => ({
  buyer: { _tag: "Company", id: "c-17", name: "Veld", email: "books@veld.example", language: "nl" },
  total: { minor: totalMinor, currency: "EUR" },
  billTo: { name: { first: "A", last: "B" }, address: { street: "Kade 1", city: "Zwolle", country: "NL" } }
})
const create = createOrder(describe)

/** Creates the order, or finds the one that the first of two clicks created, and says where to send the shopper. */
export const checkout = (basket: Basket) =>
  Effect.gen(function*() {
    const order = yield* create({
      merchant: "shop",
      shopReference: basket.number,
      idempotencyKey: `${basket.number}-${basket.tryNumber}`,
      shopOrder: basket
    })
    return yield* orderMenuUrl({ by: "id", id: order.id }, { defaultMethod: "IDEAL" })
  })
