/**
 * Laws of the paid policies: what a stricter one covers, a looser one covers.
 */
import fc from "fast-check"
import { describe, expect } from "vitest"
import type { CoverPolicy, PaidWhen } from "../../src/Policy.ts"
import { type Question, reconcile } from "../../src/reconcile.ts"
import { plainQuestion, question } from "../generators/questions.ts"
import { withAuthorization, withLines } from "../generators/transform.ts"
import { isPaid } from "../oracle/expectation.ts"
import { readQuestion } from "../oracle/reading.ts"
import { law } from "./law.ts"

const only = (when: PaidWhen): CoverPolicy => ({ default: when, rules: [] })

const paidBy = (asked: Question, when: PaidWhen) =>
  reconcile({ ...asked, policy: { ...asked.policy, paidWhen: only(when) } })

const shippedBy = (asked: Question, when: PaidWhen) =>
  reconcile({ ...asked, policy: { ...asked.policy, shipWhen: only(when) } })

const steps = [["captured", "approved"], ["approved", "promised"], ["captured", "considered-safe"]] as const

describe("a looser policy", () => {
  for (const [stricter, looser] of steps) {
    law(`${looser} covers and pays all that ${stricter} covers and pays`, question, (asked) => {
      const [strict, loose] = [paidBy(asked, stricter), paidBy(asked, looser)]
      expect(loose.decision.figures.paidCover).toBeGreaterThanOrEqual(strict.decision.figures.paidCover)
      const covered = strict.decision.rule === "paid-in-full" || strict.decision.rule === "paid-partly-returned"
      if (covered) expect(isPaid(loose.order.status)).toBe(true)
    })

    law(`${looser} ships all that ${stricter} ships`, question, (asked) => {
      const [strict, loose] = [shippedBy(asked, stricter), shippedBy(asked, looser)]
      expect(loose.decision.figures.shipCover).toBeGreaterThanOrEqual(strict.decision.figures.shipCover)
      if (strict.order.fulfilment === "ship") expect(loose.order.fulfilment).toBe("ship")
      expect(loose.order.status).toBe(strict.order.status)
    })
  }

  law("for shipping never changes the status, and for paying never the cover for shipping", question, (asked) => {
    const base = reconcile(asked)
    expect(shippedBy(asked, "promised").order.status).toBe(base.order.status)
    expect(paidBy(asked, "promised").decision.figures.shipCover).toBe(base.decision.figures.shipCover)
  })
})

describe("a policy", () => {
  law(
    "per method is asked for each line: one that names every method is the same as a default",
    fc.tuple(
      question,
      fc.constantFrom<PaidWhen>("captured", "approved", "promised", "considered-safe")
    ),
    ([asked, when]) => {
      const methods = [...new Set(asked.report.payments.map(({ paymentMethod }) => paymentMethod))]
      const rules = methods.map((paymentMethod) => ({ paymentMethod, when }))
      const other = when === "captured" ? "promised" : "captured"
      const listed = reconcile({ ...asked, policy: { ...asked.policy, paidWhen: { default: other, rules } } })
      expect(listed).toEqual(paidBy(asked, when))
    }
  )

  law("that only takes captured money pays no order without it", question, (asked) => {
    const { order: { status }, decision: { figures, rule } } = paidBy(asked, "captured")
    fc.pre(rule.startsWith("paid-") && isPaid(status))
    expect(figures.captured).toBeGreaterThanOrEqual(figures.registered - figures.margin - (figures.released ?? 0))
  })

  law(
    "never counts a capture twice: a line that does not show it yet adds nothing",
    fc.tuple(plainQuestion, fc.constantFrom<PaidWhen>("approved", "promised")),
    ([asked, when]) => {
      const payments = asked.report.payments.map((line) => {
        const { amount, captures } = line.authorization
        const isWhole = captures.length === 1 && captures[0]?.status === "CAPTURED" &&
          captures[0].amount.minor === amount.minor
        return isWhole ? withAuthorization(line, { captures: [{ ...captures[0]!, status: "NEW" }] }) : line
      })
      const finished = asked.report.payments.flatMap(({ authorization: { captures } }) =>
        captures.filter(({ status }) => status === "CAPTURED")
      )
      const shown = finished.reduce((sum, capture) => sum + capture.amount.minor, 0)
      fc.pre(shown <= (asked.report.totals.captured ?? 0))
      const lagging = paidBy(withLines(asked, payments), when).decision.figures.paidCover
      expect(lagging).toBeLessThanOrEqual(paidBy(asked, when).decision.figures.paidCover)
    }
  )

  law("what the shop gave up is never all that is due, and no more than it gave up", question, (asked) => {
    const { margin, registered, released } = reconcile(asked).decision.figures
    if (released === undefined) return
    expect(released).toBeGreaterThan(0)
    expect(released).toBeLessThanOrEqual(asked.order.releasedMinor ?? 0)
    expect(registered - margin - released).toBeGreaterThan(0)
  })

  law("what the shop gave up never makes more of what it has", question, (asked) => {
    const { releasedMinor: _, ...order } = asked.order
    const [before, after] = [{ ...asked, order }, asked].map((one) => reconcile(one).decision.figures)
    expect(after!.net).toBe(before!.net)
    // By the provider's verdict an order is covered whole or by what is captured, and less is enough for that.
    const isPlain = [asked.policy.paidWhen, asked.policy.shipWhen].every((policy) =>
      policy.default !== "considered-safe" && policy.rules.every(({ when }) => when !== "considered-safe")
    )
    fc.pre(isPlain && asked.order.coveredAtOldRate === undefined && asked.order.coveredByCapture === false)
    expect(after!.paidCover).toBeLessThanOrEqual(before!.paidCover)
    expect(after!.shipCover).toBeLessThanOrEqual(before!.shipCover)
  })

  law("with a margin never forgives more than a twentieth, and only for converted money", question, (asked) => {
    const { margin, registered } = reconcile(asked).decision.figures
    expect(margin).toBeGreaterThanOrEqual(0)
    expect(margin).toBeLessThanOrEqual(registered / 20)
    const converted = asked.report.payments.some(({ authorization }) =>
      authorization.status.trim() === "AUTHORIZED" && authorization.amount.currency !== asked.order.currency
    )
    if (margin > 0) expect(converted).toBe(true)
  })

  law(
    "considered-safe pays on the provider's word only while nothing was returned and every authorised line is whole",
    question,
    (asked) => {
      const safe: Question = { ...asked, report: { ...asked.report, consideredSafe: { value: true, level: "SAFE" } } }
      const outcome = paidBy(safe, "considered-safe")
      const reading = readQuestion({ ...safe, policy: { ...safe.policy, paidWhen: only("considered-safe") } })
      fc.pre(reading !== undefined && reading.R > 0 && reading.C < reading.due)
      const sound = reading.authorised && reading.F + reading.K === 0 &&
        reading.lines.every(({ whole, word }) => whole || word !== "AUTHORIZED")
      expect(reading.covered).toBe(sound)
      expect(outcome.decision.figures.paidCover).toBe(sound ? reading.R : reading.C)
    }
  )
})
