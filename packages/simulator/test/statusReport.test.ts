import { describe, expect, it } from "vitest"
import { exchangeRatesDefault } from "../src/order/Money.ts"
import type { Order } from "../src/order/Order.ts"
import type { Payment } from "../src/order/Payment.ts"
import { approximateTotals, dutchDateTime, zonedDateTime } from "../src/order/statusReport.ts"
import { serverVersions } from "../src/replies/ServerVersion.ts"

const order: Order = {
  key: "K",
  merchant: "demo_shop",
  reference: "r",
  profile: "standard",
  registered: { minor: 3310, currency: "EUR" },
  createdAtMs: 0,
  daysToPay: 14,
  billingCountry: "NL",
  language: "nl",
  items: [],
  fitForPayLater: false,
  cancelled: false,
  paymentIds: [],
  returnUrls: {}
}

type Rows = Partial<Pick<Payment, "status" | "confidence" | "amount" | "reversal">> & {
  readonly captures?: ReadonlyArray<readonly [string, number]>
  readonly refunds?: ReadonlyArray<readonly [string, number]>
  readonly chargebacks?: ReadonlyArray<number>
}

const euro = (minor: number) => ({ minor, currency: "EUR" })
const moved = (rows: ReadonlyArray<readonly [string, number]> | undefined, currency: string) =>
  (rows ?? []).map(([status, minor], index) => ({
    number: index + 1,
    status,
    amount: { minor, currency },
    movedAtMs: 0
  }))

const payment = ({ captures, chargebacks, refunds, ...fields }: Rows): Payment => {
  const amount = fields.amount ?? euro(3310)
  return {
    id: "1",
    orderKey: "K",
    method: "VISA",
    webDirect: false,
    createdAtMs: 0,
    finalCaptureFiled: false,
    returnUrls: {},
    status: "AUTHORIZED",
    confidence: "ACQUIRER_APPROVED",
    ...fields,
    amount,
    captures: moved(captures, amount.currency),
    refunds: moved(refunds, amount.currency),
    chargebacks: (chargebacks ?? []).map((minor) => ({
      status: "CHARGED",
      amount: { minor, currency: amount.currency },
      movedAtMs: 0
    }))
  }
}

/** Payments, then the totals: shopper pending, acquirer pending, approved, captured, refunded, charged back, reversed. */
const table: ReadonlyArray<readonly [string, ReadonlyArray<Rows>, ReadonlyArray<number>]> = [
  ["no payment", [], [0, 0, 0, 0, 0, 0, 0]],
  ["a cancelled attempt counts nowhere", [{ status: "CANCELED", confidence: "SHOPPER_PENDING" }], [
    0,
    0,
    0,
    0,
    0,
    0,
    0
  ]],
  ["a promised transfer", [{ confidence: "SHOPPER_PENDING", captures: [["STARTED", 3310]] }], [3310, 0, 0, 0, 0, 0, 0]],
  ["a direct debit on its way", [{ confidence: "ACQUIRER_PENDING", captures: [["NEW", 3310]] }], [
    0,
    3310,
    0,
    0,
    0,
    0,
    0
  ]],
  ["a card before its capture", [{ captures: [["NEW", 3310]] }], [0, 0, 3310, 0, 0, 0, 0]],
  ["captured does not lower approved", [{ captures: [["CAPTURED", 3310]] }], [0, 0, 3310, 3310, 0, 0, 0]],
  [
    "refund and chargeback lower neither captured nor approved",
    [{ captures: [["CAPTURED", 3310]], refunds: [["CAPTURED", 3310]], chargebacks: [3310] }],
    [0, 0, 3310, 3310, 3310, 3310, 0]
  ],
  ["a refund under way is not refunded", [{
    captures: [["CAPTURED", 3310]],
    refunds: [["STARTED", 1000], ["NEW", 100]]
  }], [0, 0, 3310, 3310, 0, 0, 0]],
  ["a failed capture leaves approved", [{ captures: [["ERROR", 3310]] }], [0, 0, 3310, 0, 0, 0, 0]],
  [
    "a voided card leaves approved, its reversal shows",
    [{ captures: [["CANCELED", 3310]], reversal: { amount: euro(3310), reason: "x" } }],
    [0, 0, 0, 0, 0, 0, 3310]
  ],
  ["a part given up", [{ reversal: { amount: euro(310), reason: "x" }, captures: [["CAPTURED", 3000]] }], [
    0,
    0,
    3000,
    3000,
    0,
    0,
    310
  ]],
  [
    "gift card and iDEAL in two buckets",
    [{ amount: euro(2384), confidence: "ACQUIRER_PENDING", captures: [["CAPTURED", 2384]] }, {
      amount: euro(926),
      captures: [["CAPTURED", 926]]
    }],
    [0, 2384, 926, 3310, 0, 0, 0]
  ],
  ["dollars are converted and cut", [{ amount: { minor: 3598, currency: "USD" }, captures: [["CAPTURED", 3598]] }], [
    0,
    0,
    3310,
    3310,
    0,
    0,
    0
  ]],
  ["yen have no cents", [{ amount: { minor: 5339, currency: "JPY" }, captures: [["CAPTURED", 5339]] }], [
    0,
    0,
    3310,
    3310,
    0,
    0,
    0
  ]],
  ["an unfinished cancel counts nowhere", [{ status: "CANCEL_REQUESTED", captures: [["STARTED", 3310]] }], [
    0,
    0,
    0,
    0,
    0,
    0,
    0
  ]]
]

const settings = {
  version: serverVersions["1.3.15"],
  rates: exchangeRatesDefault,
  nowMs: Date.UTC(2026, 6, 1),
  voidKeepsApproved: false
}

describe("totals", () => {
  it.each(table)("%s", (_, rows, expected) => {
    const totals = approximateTotals(order, rows.map(payment), settings)
    expect(totals.registered).toBe(3310)
    expect([
      totals.shopperPending,
      totals.acquirerPending,
      totals.acquirerApproved,
      totals.captured,
      totals.refunded,
      totals.chargedBack,
      totals.reversed
    ]).toEqual(expected)
  })

  it("keep the approved total of a voided payment where the server does so", () => {
    const voided = payment({ captures: [["CANCELED", 3310]], reversal: { amount: euro(3310), reason: "x" } })
    const totals = approximateTotals(order, [voided], { ...settings, voidKeepsApproved: true })
    expect([totals.acquirerApproved, totals.reversed]).toEqual([3310, 3310])
  })
})

describe("dates", () => {
  it.each([
    [Date.UTC(2026, 0, 5, 9, 0, 0, 7), "2026-01-05 10:00:00", "2026-01-05T10:00:00.007+01:00"],
    [Date.UTC(2026, 6, 1, 22, 30, 5, 123), "2026-07-02 00:30:05", "2026-07-02T00:30:05.123+02:00"]
  ])("%d is Dutch local time", (ms, plain, zoned) => {
    expect(dutchDateTime(ms)).toBe(plain)
    expect(zonedDateTime(ms)).toBe(zoned)
  })
})
