/**
 * What a shop under simulation says of its orders: all of them cost what they cost, to nobody real.
 */
import type { OrderDescription } from "../../src/index.ts"

export const describeBasket = (minor: number): OrderDescription => ({
  buyer: {
    _tag: "Shopper",
    id: "c-1",
    name: { first: "Nobody", last: "Real" },
    email: "nobody@shop.example",
    language: "nl",
    gender: "undefined"
  },
  total: { minor, currency: "EUR" },
  billTo: {
    name: { first: "Nobody", last: "Real" },
    address: { street: "Kade", city: "Zwolle", country: "NL" }
  }
})
