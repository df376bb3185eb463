/** One attempt, every method and its habits. */
import type { Scenario } from "./Scenario.ts"
import { days, hours, minutes } from "./Scenario.ts"

export const paymentScenarios: ReadonlyArray<Scenario> = [
  {
    name: "never-opened",
    meaning: "The shopper never opens the menu; the report has no payment.",
    expected: "new",
    steps: [{ step: "wait", ms: hours(1) }]
  },
  {
    name: "expired-unopened",
    meaning: "Nobody paid for 22 days; the report looks like that of a new order.",
    expected: "expired",
    steps: [{ step: "wait", ms: days(22) }]
  },
  {
    name: "expired-with-open-attempt",
    meaning: "A shopper left the bank page open; after 22 days the attempt still says it is open.",
    expected: "expired",
    steps: [{ step: "choose", method: "IDEAL" }, { step: "wait", ms: days(22) }]
  },
  {
    name: "ideal-paid",
    meaning: "iDEAL: approved and captured at once.",
    expected: "paid",
    steps: [{ step: "pay", method: "IDEAL", issuer: "RABONL2U" }, { step: "wait", ms: minutes(1) }]
  },
  {
    name: "ideal-window-closed",
    meaning: "The shopper closes the window at the bank; the attempt stays open.",
    expected: "in_progress",
    steps: [{ step: "choose", method: "IDEAL" }, { step: "wait", ms: minutes(30) }]
  },
  {
    name: "ideal-cancelled",
    meaning: "The shopper cancels at the bank; the attempt says CANCELED with one L.",
    expected: "cancelled",
    steps: [{ step: "choose", method: "IDEAL" }, { step: "cancel-payment" }, { step: "wait", ms: minutes(1) }]
  },
  {
    name: "ideal-refused",
    meaning: "The bank refuses; the shopper may try again.",
    expected: "new",
    steps: [{ step: "choose", method: "IDEAL" }, { step: "refuse" }, { step: "wait", ms: minutes(1) }]
  },
  {
    name: "card-authorized",
    meaning: "Visa before the nightly capture: approved equals registered, captured is 0.",
    expected: "pending",
    steps: [{ step: "pay", method: "VISA" }, { step: "wait", ms: hours(1) }]
  },
  {
    name: "card-captured-next-night",
    meaning: "Mastercard: the capture goes NEW, STARTED, CAPTURED within a day.",
    expected: "paid",
    steps: [{ step: "pay", method: "MASTERCARD" }, { step: "wait", ms: hours(13) }, { step: "wait", ms: hours(12) }]
  },
  {
    name: "card-authentication-failed",
    meaning: "3-D Secure fails; nothing was taken.",
    expected: "new",
    steps: [{ step: "choose", method: "VISA" }, { step: "fail", status: "AUTHENTICATION_FAILED" }, {
      step: "wait",
      ms: minutes(1)
    }]
  },
  {
    name: "card-risk-check-failed",
    meaning: "The fraud score is too high and the attempt ends.",
    expected: "new",
    steps: [{ step: "choose", method: "VISA" }, { step: "fail", status: "RISK_CHECK_FAILED" }, {
      step: "wait",
      ms: minutes(1)
    }]
  },
  {
    name: "card-start-error",
    meaning: "The payment could not be started, for technical reasons.",
    expected: "new",
    steps: [{ step: "choose", method: "VISA" }, { step: "fail", status: "START_ERROR" }, {
      step: "wait",
      ms: minutes(1)
    }]
  },
  {
    name: "amex-capture-error",
    meaning:
      "American Express: the capture ends in ERROR, yet approved equals registered and the provider calls it safe.",
    expected: "pending",
    steps: [
      { step: "pay", method: "AMEX" },
      { step: "wait", ms: hours(13) },
      { step: "capture", status: "ERROR", reason: "Capture failed" },
      { step: "wait", ms: days(1) }
    ]
  },
  {
    name: "sofort-captured-next-day",
    meaning: "Sofort: paid for the shopper with capture STARTED, captured a day later.",
    expected: "paid",
    steps: [{ step: "pay", method: "SOFORT_UEBERWEISUNG" }, { step: "wait", ms: hours(25) }]
  },
  {
    name: "bank-transfer-promised",
    meaning: "Bank transfer: AUTHORIZED at once, but only the shopper's promise; the money never comes.",
    expected: "pending",
    steps: [{ step: "pay", method: "BANK_TRANSFER" }, { step: "wait", ms: days(30) }]
  },
  {
    name: "bank-transfer-paid-days-later",
    meaning: "Bank transfer: the money comes after three days.",
    expected: "paid",
    steps: [
      { step: "pay", method: "BANK_TRANSFER" },
      { step: "wait", ms: days(3) },
      { step: "money-arrives" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "direct-debit-captured",
    meaning: "SEPA direct debit: ACQUIRER_PENDING with capture NEW, captured within the week.",
    expected: "paid",
    steps: [{ step: "pay", method: "SEPA_DIRECT_DEBIT" }, { step: "wait", ms: days(6) }]
  },
  {
    name: "direct-debit-failed",
    meaning: "SEPA direct debit: the bank refuses the collection and the capture says FAILED.",
    expected: "pending",
    steps: [
      { step: "pay", method: "SEPA_DIRECT_DEBIT" },
      { step: "wait", ms: days(3) },
      { step: "capture", status: "FAILED", reason: "AM04 Insufficient funds" },
      { step: "wait", ms: days(4) }
    ]
  },
  {
    name: "paypal-paid",
    meaning: "PayPal: captured at once, without facts of its own in the extended status.",
    expected: "paid",
    steps: [{ step: "pay", method: "PAYPAL_EXPRESS_CHECKOUT" }, { step: "wait", ms: minutes(1) }]
  },
  {
    name: "klarna-captured-on-shipping",
    meaning: "Klarna: nothing is captured until the shop asks for it on shipping.",
    expected: "paid",
    steps: [
      { step: "pay", method: "KLARNA_INVOICE" },
      { step: "wait", ms: days(2) },
      { step: "file-capture" },
      { step: "wait", ms: days(2) }
    ]
  },
  {
    name: "afterpay-shipped-in-two-parts",
    meaning: "AfterPay: two parcels, two captures, each done a day after it was asked for.",
    expected: "paid",
    steps: [
      { step: "pay", method: "AFTERPAY_OPEN_INVOICE" },
      { step: "file-capture", part: 0.4 },
      { step: "wait", ms: days(2) },
      { step: "file-capture", part: 0.6 },
      { step: "wait", ms: days(2) }
    ]
  },
  {
    name: "afterpay-one-parcel-missing",
    meaning: "AfterPay: only the first parcel was shipped and captured.",
    expected: "pending",
    steps: [{ step: "pay", method: "AFTERPAY_OPEN_INVOICE" }, { step: "file-capture", part: 0.4 }, {
      step: "wait",
      ms: days(2)
    }]
  },
  {
    name: "gift-card-part",
    meaning: "A gift card pays less than half; the rest is never paid.",
    expected: "pending",
    steps: [{ step: "pay", method: "PODIUM_GIFTCARD", part: 0.3 }, { step: "wait", ms: hours(1) }]
  },
  {
    name: "gift-card-and-ideal",
    meaning: "A gift card pays most and iDEAL the rest: two buckets, neither equal to registered.",
    expected: "paid",
    steps: [
      { step: "pay", method: "PODIUM_GIFTCARD", part: 0.72 },
      { step: "wait", ms: minutes(2) },
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "currency-conversion",
    meaning: "A euro order paid in dollars: the converted totals are a few cents short.",
    expected: "paid",
    steps: [{ step: "pay-abroad", method: "AMEX", currency: "USD", shortMinor: 3 }, { step: "wait", ms: hours(25) }]
  },
  {
    name: "currency-conversion-too-short",
    meaning: "A euro order paid in dollars, short by far more than any rate explains.",
    expected: "pending",
    steps: [{ step: "pay-abroad", method: "VISA", currency: "USD", shortMinor: 800 }, { step: "wait", ms: hours(25) }]
  },
  {
    name: "yen-order",
    meaning: "An order in yen, which have no cents.",
    expected: "paid",
    order: { currency: "JPY" },
    steps: [{ step: "pay", method: "VISA" }, { step: "wait", ms: hours(25) }]
  },
  {
    name: "unknown-status-word",
    meaning: "The only attempt has a status word that no document knows.",
    expected: "unknown",
    steps: [{ step: "choose", method: "IDEAL" }, { step: "word", status: "FRESHLY_INVENTED" }, {
      step: "wait",
      ms: minutes(1)
    }]
  },
  {
    name: "unknown-capture-word",
    meaning: "The capture has a status word that no document knows; nothing is captured by the totals.",
    expected: "pending",
    steps: [{ step: "pay", method: "VISA" }, { step: "word-capture", status: "FRESHLY_INVENTED" }, {
      step: "wait",
      ms: minutes(1)
    }]
  }
]
