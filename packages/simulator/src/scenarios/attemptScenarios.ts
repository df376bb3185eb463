/** Several attempts of one order, money that goes back, and orders that are given up. */
import type { Scenario } from "./Scenario.ts"
import { days, hours, minutes } from "./Scenario.ts"

export const attemptScenarios: ReadonlyArray<Scenario> = [
  {
    name: "cancelled-then-paid",
    meaning: "The first attempt was cancelled, the second paid.",
    expected: "paid",
    defects: [16],
    steps: [
      { step: "choose", method: "IDEAL" },
      { step: "cancel-payment" },
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "paid-while-later-attempt-cancelled",
    meaning: "Two windows: the first attempt is paid, the later one is cancelled afterwards.",
    expected: "paid",
    defects: [16],
    steps: [
      { step: "choose", method: "IDEAL" },
      { step: "choose", method: "VISA" },
      { step: "approve", payment: 0 },
      { step: "cancel-payment", payment: 1 },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "paid-while-later-attempt-open",
    meaning: "Paid with PayPal while a later card attempt stays open for ever.",
    expected: "paid",
    defects: [10],
    steps: [
      { step: "choose", method: "PAYPAL_EXPRESS_CHECKOUT" },
      { step: "choose", method: "VISA" },
      { step: "approve", payment: 0 },
      { step: "wait", ms: days(22) }
    ]
  },
  {
    name: "authorized-while-later-attempt-cancelled",
    meaning: "A card is authorised, a later attempt cancelled: money is reserved, so nothing is cancelled.",
    expected: "pending",
    defects: [16],
    steps: [
      { step: "choose", method: "VISA" },
      { step: "choose", method: "IDEAL" },
      { step: "approve", payment: 0 },
      { step: "cancel-payment", payment: 1 },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "many-attempts",
    meaning: "Six failed attempts before the seventh is paid.",
    expected: "paid",
    steps: [
      ...["IDEAL", "VISA", "MASTERCARD"].flatMap((method) =>
        [
          { step: "choose", method },
          { step: "refuse" },
          { step: "choose", method },
          { step: "cancel-payment" }
        ] as const
      ),
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "paid-twice",
    meaning: "Two windows, both paid: the order is paid and the shopper must get one payment back.",
    expected: "paid",
    steps: [
      { step: "choose", method: "IDEAL" },
      { step: "choose", method: "IDEAL" },
      { step: "approve", payment: 0 },
      { step: "approve", payment: 1 },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "refunded-in-part",
    meaning: "A third of a paid order is refunded.",
    expected: "paid_refunded",
    steps: [{ step: "pay", method: "IDEAL" }, { step: "file-refund", part: 0.33 }, { step: "wait", ms: days(2) }]
  },
  {
    name: "refunded-in-full",
    meaning: "Everything is refunded, in two refunds.",
    expected: "refunded",
    steps: [
      { step: "pay", method: "IDEAL" },
      { step: "file-refund", part: 0.5 },
      { step: "wait", ms: days(2) },
      { step: "file-refund" },
      { step: "wait", ms: days(2) }
    ]
  },
  {
    name: "refund-on-its-way",
    meaning: "A refund is STARTED but not done: nothing went back yet.",
    expected: "paid",
    steps: [{ step: "pay", method: "IDEAL" }, { step: "file-refund" }, { step: "wait", ms: hours(2) }]
  },
  {
    name: "refund-failed",
    meaning: "The acquirer declines the refund: the order is as paid as before.",
    expected: "paid",
    steps: [
      { step: "pay", method: "IDEAL" },
      { step: "file-refund" },
      { step: "wait", ms: hours(2) },
      { step: "refund", status: "FAILED", reason: "Account closed" },
      { step: "wait", ms: days(1) }
    ]
  },
  {
    name: "charged-back",
    meaning: "SEPA direct debit: captured, then charged back by the shopper's bank.",
    expected: "charged_back",
    steps: [
      { step: "pay", method: "SEPA_DIRECT_DEBIT" },
      { step: "wait", ms: days(6) },
      { step: "chargeback", reason: "MD06 Refund request by the debtor" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "charged-back-in-part",
    meaning: "A card issuer takes back a quarter.",
    expected: "paid_refunded",
    steps: [
      { step: "pay", method: "VISA" },
      { step: "wait", ms: days(2) },
      { step: "chargeback", part: 0.25 },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "refund-and-chargeback",
    meaning: "Half was refunded, the other half charged back: nothing is left.",
    expected: "charged_back",
    steps: [
      { step: "pay", method: "VISA" },
      { step: "wait", ms: days(2) },
      { step: "file-refund", part: 0.5 },
      { step: "wait", ms: days(2) },
      { step: "chargeback", part: 0.5 },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "refunded-and-charged-back-in-full",
    meaning: "Refunded in full and then charged back in full: more went back than ever came in.",
    expected: "charged_back",
    steps: [
      { step: "pay", method: "VISA" },
      { step: "wait", ms: days(2) },
      { step: "file-refund" },
      { step: "wait", ms: days(2) },
      { step: "chargeback" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "cancelled-without-payments",
    meaning: "The shop cancels an order nobody tried to pay; only the shop knows, the report looks new.",
    expected: "cancelled",
    shopCalls: "cancel",
    steps: [{ step: "cancel-order" }, { step: "wait", ms: minutes(1) }]
  },
  {
    name: "voided-authorization",
    meaning: "The shop cancels an authorised card: the word stays AUTHORIZED, capture and reversal tell.",
    expected: "cancelled",
    shopCalls: "cancel",
    steps: [{ step: "pay", method: "VISA" }, { step: "cancel-order" }, { step: "wait", ms: days(2) }]
  },
  {
    name: "voided-but-still-approved",
    meaning: "As voided-authorization, on a server whose approved total does not drop.",
    expected: "cancelled",
    shopCalls: "cancel",
    order: { voidKeepsApproved: true },
    steps: [{ step: "pay", method: "VISA" }, { step: "cancel-order" }, { step: "wait", ms: days(2) }]
  },
  {
    name: "reversed-in-part",
    meaning: "The acquirer gives up a part of the authorisation, and only the rest is captured.",
    expected: "pending",
    steps: [
      { step: "pay", method: "KLARNA_INVOICE" },
      { step: "reverse", part: 0.3 },
      { step: "file-capture" },
      { step: "wait", ms: days(2) }
    ]
  },
  {
    name: "cancel-confirmed-a-day-later",
    meaning:
      "A direct debit is under way when the shop cancels: the result is PENDING, the acquirer agrees the next day.",
    expected: "cancelled",
    shopCalls: "cancel",
    steps: [
      { step: "pay", method: "SEPA_DIRECT_DEBIT" },
      { step: "wait", ms: hours(25) },
      { step: "cancel-order" },
      { step: "wait", ms: hours(25) }
    ]
  },
  {
    name: "cancel-refused-and-paid",
    meaning: "As before, but the acquirer refuses and the money comes after all.",
    expected: "paid",
    steps: [
      { step: "pay", method: "SEPA_DIRECT_DEBIT" },
      { step: "wait", ms: hours(25) },
      { step: "cancel-order" },
      { step: "refuse-cancel" },
      { step: "authorize" },
      { step: "wait", ms: days(6) }
    ]
  },
  {
    name: "paid-after-cancel",
    meaning: "The shop cancels while the acquirer is being asked, and the acquirer says yes.",
    expected: "paid",
    steps: [
      { step: "choose", method: "IDEAL" },
      { step: "word", status: "AUTHORIZATION_REQUESTED" },
      { step: "cancel-order" },
      { step: "authorize" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "paid-after-expiry",
    meaning: "The shopper left the bank page open, the order expired, and the money came on day 23.",
    expected: "paid",
    defects: [14],
    steps: [
      { step: "choose", method: "IDEAL" },
      { step: "wait", ms: days(22) },
      { step: "authorize" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "command-api-words",
    meaning: "A converted order shows a charge-back word of the older API on its newest attempt.",
    expected: "charged_back",
    steps: [
      { step: "pay", method: "VISA" },
      { step: "wait", ms: hours(1) },
      { step: "word", status: "CHARGED-BACK" },
      { step: "wait", ms: minutes(1) }
    ]
  }
]
