/**
 * What a browser brings back from a bank, an acquirer or a wallet, by the names it comes under.
 *
 * Only what is documented: the form of 3-D Secure, PayPal's two parameters, and iDEAL, which brings nothing. The shop
 * itself proceeds with what other methods bring.
 */
import type { ReturnedShopper, ShopperResult } from "@docdata/application"
import * as Redacted from "effect/Redacted"

/** Longer than anything real; what is longer is not submitted. */
const lengthMax = { MD: 2_048, PaRes: 65_536, token: 35, PayerID: 35 }

const fieldOf = (fields: URLSearchParams, name: keyof typeof lengthMax): string | undefined => {
  const value = fields.get(name)
  return value === null || value === "" || value.length > lengthMax[name] ? undefined : value
}

const payPal = (fields: URLSearchParams): ShopperResult | undefined => {
  const token = fieldOf(fields, "token")
  if (token === undefined) return undefined
  const payerId = fieldOf(fields, "PayerID")
  // PayPal names the payer only if there is one: a shopper who gave up comes back without.
  return {
    _tag: "PayPal",
    token: Redacted.make(token),
    shopperCancelled: payerId === undefined,
    ...(payerId === undefined ? {} : { payerId })
  }
}

const threeDomainSecure = (fields: URLSearchParams): ShopperResult | undefined => {
  const [merchantData, response] = [fieldOf(fields, "MD"), fieldOf(fields, "PaRes")]
  return merchantData === undefined || response === undefined ? undefined : {
    _tag: "ThreeDomainSecure",
    merchantData: Redacted.make(merchantData),
    authenticationResponse: Redacted.make(response)
  }
}

/** Which result the fields are for a payment of this method. */
export const resultIn = (fields: URLSearchParams): ReturnedShopper["resultFor"] => ({ paymentMethod }) => {
  if (paymentMethod === "IDEAL") return { _tag: "Ideal" }
  return paymentMethod.startsWith("PAYPAL") ? payPal(fields) : threeDomainSecure(fields)
}
