/**
 * The one shop of all tests: its account, and an order of it. A test names what it needs otherwise.
 */
import type { Buyer, MerchantAccount, NewOrder, OrderDescription } from "@docdata/application"
import { defaultPolicy } from "@docdata/domain"
import * as Redacted from "effect/Redacted"

/** Monday, 5 January 2026, noon. */
export const sampleNoonMs = Date.UTC(2026, 0, 5, 12)

export const sampleAccount = (over: Partial<MerchantAccount> = {}): MerchantAccount => ({
  name: "shop",
  active: true,
  credentials: { environment: "test", merchantName: "lantern_shop", password: Redacted.make("secret-1") },
  policy: defaultPolicy,
  profile: "standard",
  daysToPay: 14,
  refreshesPerMinute: 600,
  ...over
})

/** Somebody who does not exist. */
export const sampleShopper: Extract<Buyer, { readonly _tag: "Shopper" }> = {
  _tag: "Shopper",
  id: "c-1",
  name: { first: "Nobody", last: "Real" },
  email: "nobody@shop.example",
  language: "nl",
  gender: "undefined"
}

/** What the shop says of an order. */
export const sampleOrder = (over: Partial<OrderDescription> = {}): OrderDescription => ({
  buyer: sampleShopper,
  total: { minor: 4990, currency: "EUR" },
  billTo: {
    name: { first: "Nobody", last: "Real" },
    address: { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
  },
  ...over
})

/** An order that nobody reserved yet. Two numbers differ in everything that has to be unique, and in their age. */
export const sampleNewOrder = (number: number, over: Partial<NewOrder> = {}): NewOrder => ({
  id: `order-${number}`,
  merchant: "shop",
  shopReference: `S${number}`,
  orderReference: `R${number}`,
  idempotencyKey: `idem-${number}`,
  fingerprint: `print-${number}`,
  language: "nl",
  billToCountry: "NL",
  currency: "EUR",
  grossMinor: 1000 + number,
  createdAtMs: sampleNoonMs + number * 1000,
  leaseUntilMs: sampleNoonMs + number * 1000 + 10_000,
  ...over
})
