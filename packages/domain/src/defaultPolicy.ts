/**
 * The policy of a merchant who has not decided otherwise.
 */
import type { Policy } from "./Policy.ts"

/**
 * Methods whose approval is enough to ship: the acquirer guarantees the money. Names of Klarna and
 * AfterPay methods are not published; a merchant that offers them adds a rule, since they are captured on
 * shipping and waiting for the capture would never end.
 *
 * Source: manual 1.3, section 3.13.2, direct methods.
 */
export const directMethods = [
  "IDEAL",
  "VISA",
  "MASTERCARD",
  "AMEX",
  "MAESTRO",
  "MISTERCASH",
  "PAYPAL",
  "PAYPAL_EXPRESS_CHECKOUT",
  "SOFORT_UEBERWEISUNG",
  "EBANKING",
  "GIROPAY",
  "EPS",
  "POINT_OF_SALE",
  "PODIUM_GIFTCARD"
] as const

/**
 * Paid when captured, shipped when a direct method is approved, margins of 1.00 EUR and 1.60 USD as in the
 * reference, expiry after 21 days as its authors found by testing.
 */
export const defaultPolicy: Policy = {
  rules: "strict",
  paidWhen: { default: "captured", rules: [] },
  shipWhen: {
    default: "captured",
    rules: directMethods.map((paymentMethod) => ({ paymentMethod, when: "approved" }))
  },
  marginMinor: { EUR: 100, USD: 160 },
  expireAfterDays: 21
}
