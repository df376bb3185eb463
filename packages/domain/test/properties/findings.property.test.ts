/**
 * Laws of findings: every amount in one is recomputed from the report, and each is there exactly when it is due.
 */
import { describe, expect } from "vitest"
import type { Finding } from "../../src/Finding.ts"
import { type Outcome, type Question, reconcile } from "../../src/reconcile.ts"
import { question } from "../generators/questions.ts"
import { closedBy, isClosed, isOver, isPaid, isUnclaimed, keptOf, moneyVanished, netOf } from "../oracle/expectation.ts"
import { type Reading, readQuestion } from "../oracle/reading.ts"
import { law } from "./law.ts"

const dayMs = 86_400_000

interface Case {
  readonly asked: Question
  readonly reading: Reading
  readonly outcome: Outcome
}

const totalNames = ["captured", "refunded", "chargedBack"] as const

const linesAbove = ({ reading: { C, F, K, currency, lines } }: Case): ReadonlyArray<Finding> => {
  const kind = "lines-above-totals"
  const reported = { captured: C, refunded: F, chargedBack: K }
  const sum = (code: string, total: (typeof totalNames)[number]): number =>
    lines.reduce((all, line) => line.currency === code ? all + line[total] : all, 0)
  const rest = (total: (typeof totalNames)[number]): number => reported[total] - sum(currency, total)
  const own = totalNames.filter((total) => rest(total) < 0)
    .map((total) => ({ kind, total, lines: sum(currency, total), reported: reported[total], currency }) as const)
  const codes = [...new Set(lines.map((line) => line.currency))].filter((code) => code !== currency)
  const missing = totalNames.flatMap((total) =>
    codes.filter((code) => rest(total) <= 0 && sum(code, total) !== 0)
      .map((code) => ({ kind, total, lines: sum(code, total), reported: 0, currency: code }) as const)
  )
  if (missing.length > 0) return [...own, ...missing]
  const others = lines.filter((line) => line.currency !== currency)
  const returned = others.some(({ captured }) => captured > 0) &&
    others.every((line) => line.refunded + line.chargedBack >= line.captured) &&
    lines.every(({ promisedExtra }) => promisedExtra === 0)
  const left = rest("captured") - rest("refunded") - rest("chargedBack")
  if (!returned || left <= others.reduce((all, { returns }) => all + returns, 0)) return own
  const total = rest("refunded") > 0 || rest("chargedBack") === 0 ? "refunded" : "chargedBack"
  return [...own, { kind, total, lines: rest(total) + left, reported: rest(total), currency }]
}

const linesBelow = ({ reading: { C, F, K, currency, lines } }: Case): ReadonlyArray<Finding> => {
  const others = lines.filter((line) => line.currency !== currency)
  const silent = others.some((line) => line.captured + line.refunded + line.chargedBack + line.promisedExtra > 0)
  if (lines.length === 0 || silent) return []
  return ([["captured", C], ["refunded", F], ["chargedBack", K]] as const).flatMap(([total, reported]) => {
    const shown = lines.reduce((sum, line) => line.currency === currency ? sum + line[total] : sum, 0)
    return shown < reported ? [{ kind: "lines-below-totals", total, lines: shown, reported, currency } as const] : []
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
  "lines-above-totals": linesAbove,
  "lines-below-totals": linesBelow,
  "money-vanished": ({ asked, outcome, reading }) =>
    moneyVanished(reading, outcome.order.status, asked.order)
      ? [{ kind: "money-vanished", captured: reading.C, registered: reading.R, currency: reading.currency }]
      : [],
  "unclaimed-money": ({ outcome, reading }) =>
    isUnclaimed(reading, outcome.order.status)
      ? [{ kind: "unclaimed-money", net: netOf(reading), currency: reading.currency }]
      : [],
  "returned-more-than-captured": ({ reading }) => {
    const net = netOf(reading)
    return net < 0 ? [{ kind: "returned-more-than-captured", by: -net, currency: reading.currency }] : []
  },
  overpaid: ({ reading }) => {
    const by = netOf(reading) - (reading.R - reading.released)
    return reading.R > 0 && by > 0 ? [{ kind: "overpaid", by, currency: reading.currency }] : []
  },
  underpaid: ({ reading }) => {
    const { F, K, R, currency, due, openRest, paidCover, released } = reading
    const short = R > 0 && paidCover > 0 && paidCover + openRest < due && F + K === 0
    return short ? [{ kind: "underpaid", outstanding: R - released - paidCover - openRest, currency }] : []
  },
  "within-margin": ({ reading }) => {
    const short = reading.R - reading.released - reading.paidCover
    return reading.covered && short > 0 ? [{ kind: "within-margin", short, currency: reading.currency }] : []
  },
  // By the documents an authorisation of a card lapses after seven days; it is made after its order.
  "captured-in-part": ({ asked: { order }, outcome, reading }) =>
    isOver(outcome.order.status)
      ? []
      : reading.lines.filter(({ currency, openRest }) =>
        openRest > 0 && !(reading.restReleased && currency === order.currency)
      ).map(({ currency, id, method, openRest }) => ({
        kind: "captured-in-part",
        paymentId: id,
        rest: openRest,
        currency,
        ...(["VISA", "MASTERCARD", "AMEX", "MAESTRO", "MISTERCASH"].includes(method) && {
          lapsesAtMs: order.createdAtMs + 7 * dayMs
        })
      })),
  "rate-drift": ({ reading: { C, R, currency, drifted } }) =>
    drifted ? [{ kind: "rate-drift", captured: C, registered: R, currency }] : [],
  "wrong-currency": ({ asked: { order }, reading: { currency, wrongCurrency } }) =>
    wrongCurrency ? [{ kind: "wrong-currency", currency, orderCurrency: order.currency }] : [],
  "paid-after-close": ({ asked: { order }, outcome, reading }) =>
    isClosed(order.status) && closedBy(order, reading) !== undefined && !isClosed(outcome.order.status)
      ? [{ kind: "paid-after-close", from: order.status }]
      : [],
  "paid-after-cancelled-payment": ({ asked: { order }, outcome, reading }) =>
    order.status === "cancelled" && closedBy(order, reading) === undefined &&
      (isPaid(outcome.order.status) || outcome.order.status === "pending")
      ? [{ kind: "paid-after-cancelled-payment" }]
      : [],
  "partial-chargeback": ({ reading }) => {
    const { K, currency } = reading
    return K > 0 && keptOf(reading) > 0 ? [{ kind: "partial-chargeback", chargedBack: K, currency }] : []
  },
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
