/**
 * What of a shopper's return is submitted, field by field.
 */
import type { ShopperResult } from "@docdata/application"
import type { PaymentRow } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { describe, expect, it } from "vitest"
import { resultIn } from "../src/callbacks/shopperResult.ts"

const submitted = (query: string, paymentMethod: string): object | undefined => {
  const payment = { paymentMethod } as PaymentRow
  const result: ShopperResult | undefined = resultIn(new URLSearchParams(query))(payment)
  return result && Object.fromEntries(
    Object.entries(result).map(([field, value]) => [field, Redacted.isRedacted(value) ? Redacted.value(value) : value])
  )
}

describe("the callback parameters of a shopper who comes back", () => {
  it.each([
    ["from PayPal are the token and the payer", "PAYPAL_EXPRESS_CHECKOUT", "token=EC-1&PayerID=P1", {
      _tag: "PayPal",
      token: "EC-1",
      payerId: "P1",
      shopperCancelled: false
    }],
    ["from PayPal without a payer say that the shopper gave up", "PAYPAL_EXPRESS_CHECKOUT", "token=EC-1", {
      _tag: "PayPal",
      token: "EC-1",
      shopperCancelled: true
    }],
    ["from PayPal without a token are none", "PAYPAL_EXPRESS_CHECKOUT", "PayerID=P1", undefined],
    ["of 3-D Secure are both fields of the form", "VISA", "MD=1&PaRes=yes", {
      _tag: "ThreeDomainSecure",
      merchantData: "1",
      authenticationResponse: "yes"
    }],
    ["of 3-D Secure without one of them are none", "VISA", "PaRes=yes", undefined],
    ["from iDEAL are none, and that is a result", "IDEAL", "", { _tag: "Ideal" }]
  ])("%s", (_what, method, query, result) => {
    expect(submitted(query, method)).toEqual(result)
  })
})
