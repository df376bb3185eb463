/** Notifications and returning shoppers: too many, too late, too early, at once, or not at all. */
import type { Scenario } from "./Scenario.ts"
import { days, hours, minutes } from "./Scenario.ts"

const second = 1_000

export const notificationScenarios: ReadonlyArray<Scenario> = [
  {
    name: "return-and-notification-together",
    meaning: "The shopper is back at the very moment of the notification: one of the two must tell the shop, not both.",
    expected: "paid",
    defects: [1],
    steps: [{ step: "pay", method: "IDEAL" }, { step: "visit-while", kind: "success", ms: minutes(1) }]
  },
  {
    name: "late-return-after-paid",
    meaning: "The shopper reloads the pending page after the order was paid.",
    expected: "paid",
    defects: [2],
    steps: [
      { step: "pay", method: "BANK_TRANSFER" },
      { step: "visit", kind: "pending" },
      { step: "wait", ms: days(2) },
      { step: "money-arrives" },
      { step: "wait", ms: minutes(1) },
      { step: "visit", kind: "pending" }
    ]
  },
  {
    name: "notification-repeated-for-weeks",
    meaning: "The same notification comes again every day for three weeks.",
    expected: "paid",
    defects: [3],
    steps: [
      { step: "notification-faults", faults: [{ kind: "duplicate", copies: 21, gapMs: days(1), times: 2 }] },
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: days(22) }
    ]
  },
  {
    name: "slow-shopper",
    meaning: "The shopper opens the bank page, is away for five minutes, and pays then.",
    expected: "paid",
    defects: [4],
    steps: [
      { step: "choose", method: "IDEAL" },
      { step: "wait", ms: minutes(5) },
      { step: "approve" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "notifications-at-5-and-60-seconds",
    meaning: "The notification comes 5 and 60 seconds late, just when delayed handling would look.",
    expected: "paid",
    defects: [5],
    steps: [
      {
        step: "notification-faults",
        faults: [{ kind: "delayed", byMs: 5 * second }, { kind: "delayed", byMs: 60 * second }]
      },
      { step: "pay", method: "IDEAL" },
      { step: "visit", kind: "success" },
      { step: "wait", ms: minutes(3) }
    ]
  },
  {
    name: "concurrent-refund-notifications",
    meaning: "Five notifications of one refund at the same moment must not refund five times.",
    expected: "refunded",
    defects: [6],
    steps: [
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) },
      { step: "notification-faults", faults: [{ kind: "concurrent", copies: 5, times: 3 }] },
      { step: "file-refund" },
      { step: "wait", ms: days(2) }
    ]
  },
  {
    name: "concurrent-chargeback-notifications",
    meaning: "Five notifications of one chargeback at the same moment must count it once.",
    expected: "charged_back",
    defects: [6],
    steps: [
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) },
      { step: "notification-faults", faults: [{ kind: "concurrent", copies: 5 }] },
      { step: "chargeback" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "two-payments-notified-at-once",
    meaning: "Gift card and iDEAL change at the same time: the order is one, however many payments it has.",
    expected: "paid",
    defects: [7],
    steps: [
      { step: "notification-faults", faults: [{ kind: "concurrent", copies: 2, times: 4 }] },
      { step: "pay", method: "PODIUM_GIFTCARD", part: 0.5 },
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "notifications-reordered",
    meaning: "The notification of the first change arrives after that of the second.",
    expected: "paid",
    defects: [9],
    steps: [
      { step: "notification-faults", faults: [{ kind: "reordered" }] },
      { step: "choose", method: "IDEAL" },
      { step: "approve" },
      { step: "wait", ms: hours(2) }
    ]
  },
  {
    name: "notifications-lost",
    meaning: "The shop was down and every notification is lost, yet the order is paid.",
    expected: "paid",
    defects: [14],
    steps: [
      { step: "notification-faults", faults: [{ kind: "lost", times: 50 }] },
      { step: "pay", method: "VISA" },
      { step: "wait", ms: days(2) }
    ]
  },
  {
    name: "shopper-vanishes",
    meaning: "The shopper pays and closes the browser; no notification comes either.",
    expected: "paid",
    defects: [15],
    steps: [
      { step: "notification-faults", faults: [{ kind: "lost", times: 2 }] },
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: days(1) }
    ]
  },
  {
    name: "notification-flood",
    meaning: "Somebody found the unsigned URL: 25 notifications although nothing changed.",
    expected: "paid",
    defects: [17],
    steps: [
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) },
      { step: "notify", times: 25 },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "burst-while-returning",
    meaning: "Ten notifications at once while the shopper's return page loads: the shopper must not see an error.",
    expected: "paid",
    defects: [18],
    steps: [
      { step: "notification-faults", faults: [{ kind: "concurrent", copies: 10, times: 2 }] },
      { step: "pay", method: "IDEAL" },
      { step: "visit-while", kind: "success", ms: minutes(1) }
    ]
  },
  {
    name: "notified-before-checkout-finished",
    meaning: "The first notification comes while the shop is still writing the order.",
    expected: "paid",
    defects: [19],
    steps: [
      { step: "pay", method: "IDEAL" },
      { step: "notify", times: 2 },
      { step: "wait", ms: 3 * second },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "duplicate-notification",
    meaning: "Each notification comes twice, a second apart.",
    expected: "paid",
    defects: [3],
    steps: [
      { step: "notification-faults", faults: [{ kind: "duplicate", times: 2 }] },
      { step: "pay", method: "IDEAL" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "return-says-success-but-unpaid",
    meaning: "Somebody opens the success page by hand: nothing was paid.",
    expected: "in_progress",
    steps: [{ step: "choose", method: "IDEAL" }, { step: "visit", kind: "success" }, { step: "wait", ms: minutes(1) }]
  },
  {
    name: "return-says-cancelled-but-paid",
    meaning: "The shopper paid in one window and cancelled in the other: the page says cancelled, the money is there.",
    expected: "paid",
    steps: [{ step: "pay", method: "IDEAL" }, { step: "visit", kind: "canceled" }, { step: "wait", ms: minutes(1) }]
  }
]
