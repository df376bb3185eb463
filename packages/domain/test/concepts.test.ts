/**
 * The worked examples of `docs/concepts/cover.md`, in its order.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { type ApproximateTotals, defaultPolicy, type PaidWhen, type PaymentLine, reconcile } from "../src/index.ts"

interface Line {
  readonly method: string
  readonly minor: number
  readonly currency?: string
  readonly confidence?: string
  readonly capture?: readonly [status: string, minor: number]
  readonly reversed?: number
}

const lineOf = (
  { capture, confidence, currency = "EUR", method, minor, reversed }: Line,
  index: number
): PaymentLine => ({
  id: String(index + 1),
  paymentMethod: method,
  authorization: {
    status: "AUTHORIZED",
    amount: { minor, currency },
    confidenceLevel: confidence ?? "ACQUIRER_APPROVED",
    captures: capture === undefined ? [] : [{ status: capture[0], amount: { minor: capture[1], currency } }],
    refunds: [],
    chargebacks: [],
    ...(reversed === undefined ? {} : { reversal: { amount: { minor: reversed, currency } } })
  }
})

interface Example {
  readonly title: string
  readonly totals: ApproximateTotals & { readonly registered: number }
  readonly lines: ReadonlyArray<Line>
  readonly paidWhen?: PaidWhen
  readonly releasedMinor?: number
}

const decide = ({ lines, paidWhen = "captured", releasedMinor = 0, totals }: Example) => {
  const { decision, findings } = reconcile({
    order: {
      key: "A1B2C3D4E5F6",
      status: "new",
      fulfilment: "wait",
      createdAtMs: 0,
      currency: "EUR",
      grossMinor: totals.registered,
      releasedMinor
    },
    payments: [],
    report: {
      totals: {
        exchangedTo: "EUR",
        shopperPending: 0,
        acquirerPending: 0,
        acquirerApproved: 0,
        captured: 0,
        refunded: 0,
        chargedBack: 0,
        ...totals
      },
      payments: lines.map(lineOf)
    },
    nowMs: 60_000,
    policy: { ...defaultPolicy, paidWhen: { default: paidWhen, rules: [] } }
  })
  const { figures, fulfilment, status } = decision
  return { status, fulfilment, cover: figures.paidCover, findings }
}

const dollars = (captured: number, refunded = 0): Example => ({
  title: "Paid in dollars",
  totals: { registered: 10_000, acquirerApproved: captured, captured, refunded },
  lines: [{ method: "VISA", minor: 10_700, currency: "USD", capture: ["CAPTURED", 10_700] }]
})

const twice = (refunded: number): Example => ({
  title: "Paid twice, once refunded",
  totals: { registered: 3_310, acquirerApproved: 6_620, captured: 6_620, refunded },
  lines: [1, 2].map(() => ({ method: "IDEAL", minor: 3_310, capture: ["CAPTURED", 3_310] }))
})

const ideal: Example = {
  title: "iDEAL, captured",
  totals: { registered: 4_990, acquirerApproved: 4_990, captured: 4_990 },
  lines: [{ method: "IDEAL", minor: 4_990, capture: ["CAPTURED", 4_990] }]
}
const card: Example = {
  title: "Card, capture comes at night",
  totals: { registered: 12_900, acquirerApproved: 12_900 },
  lines: [{ method: "VISA", minor: 12_900, capture: ["NEW", 12_900] }]
}
const mixed: Example = {
  title: "Gift card and bank transfer",
  totals: { registered: 10_000, captured: 2_500, acquirerApproved: 2_500, shopperPending: 7_500 },
  lines: [
    { method: "PODIUM_GIFTCARD", minor: 2_500, capture: ["CAPTURED", 2_500] },
    { method: "BANK_TRANSFER", minor: 7_500, confidence: "SHOPPER_PENDING" }
  ]
}
const voided: Example = {
  title: "Voided card",
  totals: { registered: 5_000, acquirerApproved: 5_000, reversed: 5_000 },
  lines: [{ method: "VISA", minor: 5_000, reversed: 5_000 }]
}
const half: Example = {
  title: "Half captured, half failed",
  totals: { registered: 8_000, acquirerApproved: 8_000, captured: 5_000 },
  lines: [
    { method: "VISA", minor: 5_000, capture: ["CAPTURED", 5_000] },
    { method: "VISA", minor: 3_000, capture: ["ERROR", 3_000] }
  ],
  paidWhen: "approved"
}

const parcels: Example = {
  title: "The last parcel is smaller",
  totals: { registered: 10_000, acquirerApproved: 10_000, captured: 6_000 },
  lines: [{ method: "VISA", minor: 10_000, capture: ["CAPTURED", 6_000] }]
}

const currency = "EUR"

it("every worked example comes out as the page says", () => {
  expect(decide(ideal)).toEqual({ status: "paid", fulfilment: "ship", cover: 4_990, findings: [] })
  expect(decide(card)).toEqual({ status: "pending", fulfilment: "ship", cover: 0, findings: [] })
  expect(decide(mixed)).toMatchObject({
    status: "pending",
    cover: 2_500,
    findings: [{ kind: "underpaid", outstanding: 7_500, currency }]
  })
  expect(decide({ ...mixed, paidWhen: "approved" })).toMatchObject({ status: "pending", cover: 2_500 })
  expect(decide({ ...mixed, paidWhen: "promised" })).toMatchObject({ status: "paid", cover: 10_000 })
  for (const paidWhen of ["captured", "approved", "promised", "considered-safe"] as const) {
    expect(decide({ ...voided, paidWhen })).toMatchObject({ status: "cancelled", cover: 0 })
  }
  expect(decide(half)).toMatchObject({
    status: "pending",
    cover: 5_000,
    findings: [{ kind: "underpaid", outstanding: 3_000, currency }, { kind: "capture-failed", paymentId: "2" }]
  })
  expect(decide(dollars(9_920))).toMatchObject({ status: "paid", cover: 9_920 })
  expect(decide(dollars(9_920)).findings).toContainEqual({ kind: "within-margin", short: 80, currency })
  expect(decide(dollars(9_890))).toMatchObject({ status: "pending" })
  expect(decide(parcels)).toEqual({
    status: "pending",
    fulfilment: "ship",
    cover: 6_000,
    findings: [{ kind: "captured-in-part", paymentId: "1", rest: 4_000, currency, lapsesAtMs: 604_800_000 }]
  })
  expect(decide({ ...parcels, paidWhen: "approved" })).toMatchObject({ status: "paid", cover: 10_000 })
  expect(decide({ ...parcels, releasedMinor: 4_000 }))
    .toEqual({ status: "paid", fulfilment: "ship", cover: 6_000, findings: [] })
  expect(decide(dollars(9_920, 50))).toMatchObject({ status: "paid_refunded" })
  expect(decide(twice(3_310))).toEqual(expect.objectContaining({ status: "paid", cover: 6_620 }))
  expect(decide(twice(3_310)).findings.map(({ kind }) => kind)).not.toContain("overpaid")
  expect(decide(twice(0)).findings).toContainEqual({ kind: "overpaid", by: 3_310, currency })
})

it("the page has no other worked example", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "concepts", "cover.md"), "utf8")
  const titles = [...page.split("## Worked examples")[1]!.matchAll(/^\*\*(.+)\.\*\*/gm)].map(([, title]) => title)
  const shown = [ideal, card, mixed, voided, half, dollars(0), parcels, { title: "Refund within the margin" }, twice(0)]
  expect(titles).toEqual(shown.map(({ title }) => title))
})
