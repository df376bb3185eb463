/**
 * Laws of findings: every amount in one is recomputed from the report, and each is there exactly when it is due.
 */
import { describe, expect } from "vitest"
import type { Finding } from "../../src/Finding.ts"
import { type Outcome, type Question, reconcile } from "../../src/reconcile.ts"
import { question } from "../generators/questions.ts"
import { isUnclaimed, moneyVanished } from "../oracle/expectation.ts"
import { type Reading, readQuestion } from "../oracle/reading.ts"
import { law } from "./law.ts"

const dayMs = 86_400_000

const sum = (reading: Reading, name: "captured" | "refunded" | "chargedBack"): number =>
  reading.lines.reduce((total, line) => total + line[name], 0)

interface Case {
  readonly asked: Question
  readonly reading: Reading
  readonly outcome: Outcome
}

const compared = ({ reading }: Case, above: boolean): ReadonlyArray<Finding> => {
  const { C, F, K, currency, lines } = reading
  if (lines.length === 0 || lines.some((line) => line.currency !== currency)) return []
  const reported = { captured: C, refunded: F, chargedBack: K }
  return (["captured", "refunded", "chargedBack"] as const).flatMap((total): ReadonlyArray<Finding> => {
    const [lines, totals] = [sum(reading, total), reported[total]]
    if (above ? lines <= totals : lines >= totals) return []
    const kind = above ? "lines-above-totals" : "lines-below-totals"
    return [{ kind, total, lines, reported: totals, currency }]
  })
}

const forGross = ({ reading: { R, currency, gross, lines } }: Case, below: boolean): ReadonlyArray<Finding> => {
  if (gross === undefined || gross === R || (lines.length === 0 && R === 0) || (R < gross) !== below) return []
  return [{ kind: below ? "registered-below-gross" : "registered-above-gross", registered: R, gross, currency }]
}

/** What is due of each kind that speaks of amounts. */
const due: Readonly<Record<string, (one: Case) => ReadonlyArray<Finding>>> = {
  "registered-below-gross": (one) => forGross(one, true),
  "registered-above-gross": (one) => forGross(one, false),
  "lines-above-totals": (one) => compared(one, true),
  "lines-below-totals": (one) => compared(one, false),
  "money-vanished": ({ asked, outcome, reading }) =>
    moneyVanished(reading, outcome.order.status, asked.order)
      ? [{ kind: "money-vanished", captured: reading.C, registered: reading.R, currency: reading.currency }]
      : [],
  "unclaimed-money": ({ outcome, reading }) =>
    isUnclaimed(reading, outcome.order.status)
      ? [{ kind: "unclaimed-money", net: reading.C - reading.F - reading.K, currency: reading.currency }]
      : [],
  "returned-more-than-captured": ({ reading: { C, F, K, currency } }) =>
    F + K > C ? [{ kind: "returned-more-than-captured", by: F + K - C, currency }] : [],
  overpaid: ({ reading: { C, F, K, R, currency } }) =>
    R > 0 && C - F - K > R ? [{ kind: "overpaid", by: C - F - K - R, currency }] : [],
  underpaid: ({ reading }) => {
    const { F, K, R, currency, m, paidCover } = reading
    const short = R > 0 && paidCover > 0 && paidCover < R - m && F + K === 0
    return short ? [{ kind: "underpaid", outstanding: R - paidCover, currency }] : []
  },
  "within-margin": ({ reading }) =>
    reading.covered && reading.paidCover < reading.R
      ? [{ kind: "within-margin", short: reading.R - reading.paidCover, currency: reading.currency }]
      : [],
  "partial-chargeback": ({ reading: { F, K, currency, paidCover } }) =>
    K > 0 && paidCover - F - K > 0 ? [{ kind: "partial-chargeback", chargedBack: K, currency }] : [],
  "stuck-pending": ({ asked, outcome }) => {
    const ageMs = asked.nowMs - asked.order.createdAtMs
    const stuck = outcome.order.status === "pending" && ageMs > asked.policy.expireAfterDays * dayMs
    return stuck ? [{ kind: "stuck-pending", ageDays: Math.floor(ageMs / dayMs) }] : []
  }
}

describe("a finding", () => {
  for (const [kind, expected] of Object.entries(due)) {
    law(`${kind} is there exactly when it is due, with the amounts recomputed`, question, (asked) => {
      const reading = readQuestion(asked)
      if (reading === undefined) return
      const outcome = reconcile(asked)
      expect(outcome.findings.filter((finding) => finding.kind === kind)).toEqual(expected({ asked, reading, outcome }))
    })
  }

  law("of a line names a payment of the report", question, (asked) => {
    const ids = new Set(asked.report.payments.map(({ id }) => id))
    for (const finding of reconcile(asked).findings) {
      if ("paymentId" in finding) expect(ids).toContain(finding.paymentId)
    }
  })
})
