/** An order of nobody. */
import type { CreateOrderInput } from "@docdata/application"

const name = { first: "Nobody", last: "Real" }

export const order = (orderReference: string): CreateOrderInput => ({
  orderReference,
  profile: "standard",
  daysToPay: 14,
  buyer: { _tag: "Shopper", id: "c-1", name, email: "nobody@shop.example", language: "nl", gender: "undefined" },
  total: { minor: 2420, currency: "EUR" },
  billTo: { name, address: { street: "Kade", city: "Nergens", country: "NL" } }
})
