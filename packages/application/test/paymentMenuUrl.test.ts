import fc from "fast-check"
import * as Redacted from "effect/Redacted"
import { describe, expect, it } from "vitest"
import type { PaymentMenuInput } from "../src/gateway/paymentMenuUrl.ts"
import { paymentMenuUrl } from "../src/gateway/paymentMenuUrl.ts"

const orderKey = "0123456789ABCDEF0123456789ABCDEF"
const merchant = { environment: "live", merchantName: "lamp shop" } as const
const query = (
  input: Omit<PaymentMenuInput, "merchant" | "orderKey">,
  who: PaymentMenuInput["merchant"] = merchant
) => {
  const url = paymentMenuUrl({ merchant: who, orderKey, ...input })
  if (typeof url !== "string") throw new Error(url.message)
  return new URL(url).searchParams
}

describe("the payment menu's address", () => {
  it("names order, merchant and command", () => {
    expect(paymentMenuUrl({ merchant, orderKey })).toBe(
      `https://secure.docdatapayments.com/ps/menu?command=show_payment_cluster&merchant_name=lamp%20shop&payment_cluster_key=${orderKey}`
    )
  })

  it("goes to the test host for a merchant that tests", () => {
    const url = paymentMenuUrl({ merchant: { ...merchant, environment: "test" }, orderKey })
    expect(url).toContain("https://testsecure.docdatapayments.com/ps/menu?")
  })

  it("uses the subject merchant's name", () => {
    const subjectMerchant = { name: "stall 7", token: Redacted.make("t") }
    expect(query({}, { ...merchant, subjectMerchant }).get("merchant_name")).toBe("stall 7")
  })

  it("writes every parameter of the menu", () => {
    const parameters = query({
      language: "NL",
      defaultMethod: "IDEAL",
      skipMenu: true,
      idealIssuerId: "BUNQNL2A",
      returnUrls: {
        success: "https://shop.example/s?a=1&b=2",
        pending: "https://shop.example/p",
        cancelled: "https://shop.example/c",
        error: "https://shop.example/e"
      },
      further: { theme: "dark" }
    })
    expect(Object.fromEntries(parameters)).toEqual({
      command: "show_payment_cluster",
      merchant_name: "lamp shop",
      payment_cluster_key: orderKey,
      client_language: "nl",
      default_pm: "IDEAL",
      default_act: "true",
      ideal_issuer_id: "BUNQNL2A",
      return_url_success: "https://shop.example/s?a=1&b=2",
      return_url_pending: "https://shop.example/p",
      return_url_canceled: "https://shop.example/c",
      return_url_error: "https://shop.example/e",
      theme: "dark"
    })
  })

  it.each(["payment_cluster_key", "Merchant_Name", "COMMAND", "return_url_success", "default_pm"])(
    "does not let %s be overridden",
    (name) => {
      expect(paymentMenuUrl({ merchant, orderKey, further: { [name]: "x" } })).toMatchObject({
        path: `further.${name}`
      })
    }
  )

  const refusals: ReadonlyArray<readonly [string, Partial<PaymentMenuInput>, string]> = [
    ["a locale", { language: "en-US" }, "language"],
    ["a key in small letters", { orderKey: orderKey.toLowerCase() }, "orderKey"],
    ["a relative return URL", { returnUrls: { cancelled: "/back" } }, "returnUrls.cancelled"],
    ["a script as return URL", { returnUrls: { error: "javascript:alert(1)" } }, "returnUrls.error"],
    ["an empty method", { defaultMethod: "" }, "defaultMethod"],
    ["skipping the menu for no method", { skipMenu: true }, "skipMenu"],
    ["a parameter name that is none", { further: { "a&merchant_name": "x" } }, "further"]
  ]
  it.each(refusals)("refuses %s", (_, input, path) => {
    expect(paymentMenuUrl({ merchant, orderKey, ...input })).toMatchObject({ _tag: "MenuUrlFailure", path })
  })

  it("keeps key, merchant and command whatever else is said", () => {
    const further = fc.dictionary(fc.string({ maxLength: 30 }), fc.string({ unit: "binary" }))
    fc.assert(fc.property(further, fc.string({ unit: "binary" }), (parameters, url) => {
      const made = paymentMenuUrl({
        merchant,
        orderKey,
        further: parameters,
        returnUrls: { success: `https://a.example/${url}` }
      })
      if (typeof made !== "string") return
      const read = new URL(made).searchParams
      expect(read.getAll("payment_cluster_key")).toEqual([orderKey])
      expect(read.getAll("merchant_name")).toEqual(["lamp shop"])
      expect(read.getAll("command")).toEqual(["show_payment_cluster"])
    }))
  })
})
