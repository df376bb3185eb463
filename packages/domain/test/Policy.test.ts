import { describe, expect, it } from "vitest"
import { defaultPolicy } from "../src/defaultPolicy.ts"
import { coverFor, type CoverPolicy } from "../src/Policy.ts"

describe("a cover policy", () => {
  const policy: CoverPolicy = {
    default: "captured",
    rules: [
      { paymentMethod: "VISA", currency: "USD", when: "promised" },
      { paymentMethod: "VISA", when: "approved" },
      { currency: "GBP", when: "considered-safe" }
    ]
  }

  it.each([
    ["VISA", "USD", "promised"],
    ["VISA", "GBP", "approved"],
    ["IDEAL", "GBP", "considered-safe"],
    ["IDEAL", "USD", "captured"]
  ])("%s in %s: the first rule that fits, else the default: %s", (method, currency, when) => {
    expect(coverFor(policy, method, currency)).toBe(when)
  })
})

describe("the default policy", () => {
  it("counts an order as paid when it is captured, whatever the method", () => {
    expect(defaultPolicy.paidWhen).toEqual({ default: "captured", rules: [] })
  })

  it.each([
    ..."IDEAL VISA MASTERCARD AMEX MAESTRO MISTERCASH PAYPAL PAYPAL_EXPRESS_CHECKOUT SOFORT_UEBERWEISUNG".split(" "),
    ..."EBANKING GIROPAY EPS POINT_OF_SALE PODIUM_GIFTCARD".split(" ")
  ])("ships %s when it is approved", (method) => {
    expect(coverFor(defaultPolicy.shipWhen, method, "EUR")).toBe("approved")
  })

  it("ships every other method when it is captured", () => {
    expect(defaultPolicy.shipWhen.rules).toHaveLength(14)
    expect(["BANK_TRANSFER", "SEPA_DIRECT_DEBIT", ""].map((method) => coverFor(defaultPolicy.shipWhen, method, "EUR")))
      .toEqual(["captured", "captured", "captured"])
  })

  it("is strict, allows 1.00 EUR and 1.60 USD, and gives an order 21 days", () => {
    const { expireAfterDays, marginMinor, rules } = defaultPolicy
    expect({ expireAfterDays, marginMinor, rules })
      .toEqual({ expireAfterDays: 21, marginMinor: { EUR: 100, USD: 160 }, rules: "strict" })
  })
})
