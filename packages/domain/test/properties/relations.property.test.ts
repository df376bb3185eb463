/**
 * Metamorphic laws of the strict rules: how the answer to a changed question relates to the answer to the first one.
 */
import fc from "fast-check"
import { describe, expect } from "vitest"
import { isMoneyState } from "../../src/OrderStatus.ts"
import type { PaymentLine } from "../../src/PaymentLine.ts"
import { type Outcome, type Question, reconcile } from "../../src/reconcile.ts"
import { amount, plainQuestion, question, storedRows } from "../generators/questions.ts"
import {
  changeIds,
  changeMoney,
  shuffledReport,
  shuffledRows,
  withAuthorization,
  withLines,
  withTotals
} from "../generators/transform.ts"
import { failedStatuses, unknownStatuses } from "../generators/words.ts"
import { isPaid, orderWhileRefused } from "../oracle/expectation.ts"
import { compareIds, readQuestion } from "../oracle/reading.ts"
import { law } from "./law.ts"

const kinds = ({ findings }: Outcome): ReadonlyArray<string> => findings.map(({ kind }) => kind)
const isRefused = ({ decision }: Outcome): boolean => decision.rule === "report-refused"

/** All of an answer that says something about the order, and nothing about rows. */
const aboutOrder = ({ decision, order }: Outcome) => ({
  decision,
  status: order.status,
  fulfilment: order.fulfilment,
  hold: order.hold,
  coveredByCapture: order.coveredByCapture,
  totals: order.totals
})

/** True if nothing that went back was converted: a return may be rounded by one minor unit, however large it is. */
const isUnrounded = (asked: Question): boolean => {
  const reading = readQuestion(asked)
  return reading === undefined ||
    reading.lines.every(({ currency, returns }) => currency === reading.currency || returns === 0)
}

const two = <A>(
  first: fc.Arbitrary<Question>,
  change: (asked: Question) => fc.Arbitrary<A>
): fc.Arbitrary<[Question, A]> => first.chain((asked) => change(asked).map((changed) => [asked, changed]))

/** A question with at least one line, and the position of one of them. */
const withLine = plainQuestion.filter(({ report }) => report.payments.length > 0)
  .chain((asked) => fc.nat({ max: asked.report.payments.length - 1 }).map((position) => ({ asked, position })))

const replaceLine = (asked: Question, position: number, ...lines: ReadonlyArray<PaymentLine>): Question =>
  withLines(asked, asked.report.payments.toSpliced(position, 1, ...lines))

const attempt = (asked: Question, id: string, status: string, minor: number): PaymentLine => ({
  id,
  paymentMethod: "VISA",
  authorization: {
    status,
    amount: { minor, currency: asked.order.currency },
    confidenceLevel: "",
    captures: [],
    refunds: [],
    chargebacks: []
  }
})

// Beyond every generated id, and before every one.
const newestId = "99999999999999999999"
const oldestId = "1"

describe("the order of things", () => {
  law(
    "of payments, captures, refunds and chargebacks means nothing",
    two(question, shuffledReport),
    ([asked, other]) => {
      expect(reconcile(other)).toEqual(reconcile(asked))
    }
  )

  law("of stored rows means nothing", two(question, shuffledRows), ([asked, other]) => {
    const outcome = reconcile(asked)
    fc.pre(!isRefused(outcome))
    expect(reconcile(other)).toEqual(outcome)
  })
})

describe("the same said otherwise", () => {
  law("a payment listed twice with equal entries counts once, with a finding", withLine, ({ asked, position }) => {
    const line = asked.report.payments[position]!
    const { captures, chargebacks, refunds } = line.authorization
    const again = withAuthorization({ ...line, id: `00${line.id}` }, {
      captures: captures.toReversed(),
      refunds: refunds.toReversed(),
      chargebacks: chargebacks.toReversed()
    })
    const once = reconcile(asked)
    const twice = reconcile(withLines(asked, [again, ...asked.report.payments]))
    expect({ ...twice, findings: [] }).toEqual({ ...once, findings: [] })
    if (isRefused(once)) return
    expect(twice.findings.filter(({ kind }) => kind === "duplicate-payment-id"))
      .toEqual([{ kind: "duplicate-payment-id", paymentId: line.id }])
    expect(twice.findings.filter(({ kind }) => kind !== "duplicate-payment-id")).toEqual(once.findings)
  })

  law("a payment listed twice with other contents is refused, and the order stays", withLine, ({ asked, position }) => {
    const line = asked.report.payments[position]!
    const other = withAuthorization(line, {
      amount: { ...line.authorization.amount, minor: line.authorization.amount.minor + 1 }
    })
    const outcome = reconcile(withLines(asked, [...asked.report.payments, other]))
    expect(outcome.order).toEqual(orderWhileRefused(asked))
    expect(outcome.payments).toEqual(asked.payments)
    expect(outcome.findings[0]).toEqual({
      kind: "report-refused",
      because: { reason: "contradicting-entries", paymentId: line.id }
    })
  })

  for (const list of ["captures", "refunds", "chargebacks"] as const) {
    law(`${list} split into two mean the same`, fc.tuple(withLine, fc.nat({ max: 10_000 })), ([cut, part]) => {
      const line = cut.asked.report.payments[cut.position]!
      const [first, ...rest] = line.authorization[list]
      fc.pre(first !== undefined && isUnrounded(cut.asked))
      const { currency, minor } = first.amount
      const smaller = Math.min(part, minor)
      const halves = [smaller, minor - smaller].map((minor) => ({ ...first, amount: { minor, currency } }))
      const split = withAuthorization(line, { [list]: [...rest, ...halves] })
      expect(reconcile(replaceLine(cut.asked, cut.position, split))).toEqual(reconcile(cut.asked))
    })
  }

  law("other ids in the same order change nothing but the ids", plainQuestion, (asked) => {
    const given = [...asked.report.payments.map(({ id }) => id), ...asked.payments.map(({ paymentId }) => paymentId)]
    const ascending = [...new Set(given)].toSorted(compareIds)
    // 5, 12, 19 and so on, which as text would be in another order.
    const names = new Map(ascending.map((id, position) => [id, `${5 + 7 * position}`]))
    const rename = (id: string) => names.get(id)!
    const renamed = JSON.parse(
      JSON.stringify(reconcile(asked)),
      (key, value: unknown) => key === "paymentId" && typeof value === "string" ? rename(value) : value
    ) as unknown
    expect(JSON.parse(JSON.stringify(reconcile(changeIds(asked, rename))))).toEqual(renamed)
  })

  law("leading zeros of ids change nothing", fc.tuple(question, fc.constantFrom("0", "0000")), ([asked, zeros]) => {
    const padded = asked.report.payments.map((line) => ({ ...line, id: `${zeros}${line.id}` }))
    expect(reconcile(withLines(asked, padded))).toEqual(reconcile(asked))
  })

  law("reasons, references, dates and the provider's notes on itself change nothing", question, (asked) => {
    const noted = asked.report.payments.map((line) => {
      const { captures, chargebacks, refunds } = line.authorization
      return withAuthorization(line, {
        reason: "because",
        captures: captures.map((one) => ({ ...one, merchantReference: "A-1", reason: "asked", modifiedAt: "today" })),
        refunds: refunds.map((one) => ({ ...one, merchantReference: "A-2", reason: "asked", modifiedAt: "today" })),
        chargebacks: chargebacks.map((one) => ({ ...one, chargebackId: "B-1", reason: "fraud", enquiryReason: "?" }))
      })
    })
    const report = {
      ...withLines(asked, noted).report,
      totals: { ...asked.report.totals, exchangeRateDate: "2016-05-20 09:00:00" },
      apiInformation: { originalVersion: "1.0", conversionApplied: true }
    }
    expect(reconcile({ ...asked, report })).toEqual(reconcile(asked))
  })

  law("an absent total counts as zero, with a finding for each", question, (asked) => {
    const { totals } = asked.report
    const names = [
      "registered",
      "shopperPending",
      "acquirerPending",
      "acquirerApproved",
      "captured",
      "refunded",
      "chargedBack"
    ] as const
    const absent = names.filter((name) => totals[name] === undefined)
    const zeros = Object.fromEntries([...absent, "reversed" as const].map((name) => [name, totals[name] ?? 0]))
    const [outcome, full] = [reconcile(asked), reconcile(withTotals(asked, zeros))]
    fc.pre(!isRefused(outcome))
    expect({ ...outcome, findings: [] }).toEqual({ ...full, findings: [] })
    expect(outcome.findings).toEqual([...absent.map((total) => ({ kind: "total-missing", total })), ...full.findings])
  })

  law("another currency of the same money gives the same answer in that currency", question, (asked) => {
    const names = new Map([["EUR", "CHF"], ["USD", "NOK"], ["JPY", "KRW"]])
    const renamed = changeMoney(asked, { currency: (code) => names.get(code) ?? code })
    const [outcome, other] = [reconcile(changeMoney(asked, {})), reconcile(renamed)]
    expect(other.order.status).toBe(outcome.order.status)
    expect(other.decision).toEqual({
      ...outcome.decision,
      figures: { ...outcome.decision.figures, currency: names.get(outcome.decision.figures.currency) }
    })
    expect(kinds(other)).toEqual(kinds(outcome))
  })

  law(
    "amounts a whole number of times as large scale the figures and keep the decision",
    fc.tuple(
      question,
      fc.constantFrom(2, 3, 100, 9973)
    ),
    ([asked, times]) => {
      fc.pre(isUnrounded(asked))
      const outcome = reconcile(changeMoney(asked, {}))
      const larger = reconcile(changeMoney(asked, { minor: (minor) => minor * times }))
      const scaled = Object.fromEntries(
        Object.entries(outcome.decision.figures)
          .map(([name, value]) => [name, typeof value === "number" ? value * times : value])
      )
      expect(larger.decision).toEqual({ ...outcome.decision, figures: scaled })
      expect(kinds(larger)).toEqual(kinds(outcome))
      expect(larger.order.hold).toBe(outcome.order.hold)
      expect(larger.events.map(({ type }) => type)).toEqual(outcome.events.map(({ type }) => type))
    }
  )
})

describe("what must not decide", () => {
  law("rows stored before decide nothing", plainQuestion, (asked) => {
    expect(aboutOrder(reconcile({ ...asked, payments: [] }))).toEqual(aboutOrder(reconcile(asked)))
  })

  law(
    "a payment stored under another order counts as if it were not listed, and its row stays",
    fc.tuple(
      withLine,
      storedRows
    ),
    ([{ asked, position }, rows]) => {
      const { id } = asked.report.payments[position]!
      const row = rows.find(({ paymentId }) => paymentId === id)
      fc.pre(row !== undefined)
      const foreign = { ...row, orderKey: "another order" }
      const others = asked.payments.filter(({ paymentId }) => paymentId !== id)
      const outcome = reconcile({ ...asked, payments: [...others, foreign] })
      const without = reconcile({ ...replaceLine(asked, position), payments: others })
      fc.pre(!isRefused(without))
      expect(outcome.findings).toContainEqual({ kind: "foreign-payment-id", paymentId: id, orderKey: "another order" })
      expect(outcome.order.status).toBe(without.order.status)
      expect(outcome.decision.figures).toEqual(without.decision.figures)
      expect(outcome.payments).toContainEqual(foreign)
      expect(outcome.events.filter((event) => "paymentId" in event && event.paymentId === id)).toEqual([])
      expect(outcome.order.fulfilment).not.toBe("ship")
    }
  )

  law("the totals and the fulfilment of the last report decide nothing", question, (asked) => {
    const { totals: _, ...order } = asked.order
    const [outcome, other] = [reconcile(asked), reconcile({ ...asked, order: { ...order, fulfilment: "wait" } })]
    fc.pre(!isRefused(outcome))
    expect(aboutOrder(other)).toEqual(aboutOrder(outcome))
    expect(kinds(other)).toEqual(kinds(outcome))
  })

  law("a status requested by a legacy caller is not read", fc.tuple(question, fc.string()), ([asked, status]) => {
    const { intent: _, ...silent } = asked
    expect(reconcile({ ...silent, intent: { wanted: "legacy", status } })).toEqual(reconcile(silent))
  })

  law(
    "both clocks moved alike change nothing but the times that count from the creation",
    fc.tuple(question, fc.integer()),
    ([asked, by]) => {
      const createdAtMs = asked.order.createdAtMs + by
      const later = reconcile({ ...asked, order: { ...asked.order, createdAtMs }, nowMs: asked.nowMs + by })
      const now = reconcile(asked)
      const findings = now.findings.map((finding) =>
        "lapsesAtMs" in finding ? { ...finding, lapsesAtMs: finding.lapsesAtMs + by } : finding
      )
      expect(later).toEqual({ ...now, findings, order: { ...now.order, createdAtMs } })
    }
  )
})

describe("one thing more", () => {
  law("an older cancelled attempt of nothing changes no decision", withLine, ({ asked }) => {
    const older = attempt(asked, oldestId, "CANCELED", 0)
    const [outcome, other] = [reconcile(asked), reconcile(withLines(asked, [...asked.report.payments, older]))]
    fc.pre(!isRefused(outcome))
    expect(aboutOrder(other)).toEqual(aboutOrder(outcome))
    expect(other.findings).toEqual(outcome.findings)
    expect(other.events.slice(1)).toEqual(outcome.events)
    expect(other.events[0]).toMatchObject({ type: "payment.added", paymentId: oldestId })
  })

  law(
    "a later failed attempt changes nothing for a covered order",
    fc.tuple(
      plainQuestion,
      fc.constantFrom(...failedStatuses),
      amount
    ),
    ([asked, word, minor]) => {
      const outcome = reconcile(asked)
      fc.pre(["paid-in-full", "paid-partly-returned", "all-returned-refunded", "all-returned-charged-back"]
        .includes(outcome.decision.rule))
      const later = reconcile(withLines(asked, [...asked.report.payments, attempt(asked, newestId, word, minor)]))
      expect(aboutOrder(later)).toEqual(aboutOrder(outcome))
    }
  )

  law("a refund never raises what is paid", fc.tuple(plainQuestion, amount), ([asked, by]) => {
    const refunded = reconcile(withTotals(asked, { refunded: (asked.report.totals.refunded ?? 0) + by }))
    const before = reconcile(asked)
    expect(refunded.decision.figures.net).toBeLessThanOrEqual(before.decision.figures.net)
    expect(refunded.decision.figures.kept).toBeLessThanOrEqual(before.decision.figures.kept)
    if (!isMoneyState(asked.order.status)) {
      expect(isPaid(refunded.order.status) && !isPaid(before.order.status)).toBe(false)
    }
    expect(
      refunded.order.status === "paid" && before.order.status === "paid_refunded" &&
        asked.order.status !== "paid"
    ).toBe(false)
  })

  law("a charge-back never lets goods leave that had to stop", fc.tuple(plainQuestion, amount), ([asked, by]) => {
    const before = reconcile(asked)
    // Until the totals show it, a charge-back word stands for all of the money; then the totals say how much it was.
    fc.pre(before.order.fulfilment === "stop" && !isRefused(before) && before.decision.rule !== "charge-back-word")
    const after = reconcile(withTotals(asked, { chargedBack: (asked.report.totals.chargedBack ?? 0) + by }))
    expect(after.order.fulfilment).not.toBe("ship")
  })

  law("captured money never takes cover away", fc.tuple(question, amount), ([asked, by]) => {
    const before = reconcile(asked).decision
    const after = reconcile(withTotals(asked, { captured: (asked.report.totals.captured ?? 0) + by })).decision
    fc.pre(before.rule !== "report-refused")
    expect(after.figures.paidCover).toBeGreaterThanOrEqual(before.figures.paidCover)
    expect(after.figures.shipCover).toBeGreaterThanOrEqual(before.figures.shipCover)
  })

  law(
    "approved or promised money never takes cover away",
    fc.tuple(
      question,
      fc.constantFrom("acquirerApproved" as const, "acquirerPending" as const, "shopperPending" as const),
      amount
    ),
    ([asked, name, by]) => {
      const before = reconcile(asked).decision
      const after = reconcile(withTotals(asked, { [name]: (asked.report.totals[name] ?? 0) + by })).decision
      fc.pre(before.rule !== "report-refused")
      expect(after.figures.paidCover).toBeGreaterThanOrEqual(before.figures.paidCover)
      expect(after.figures.shipCover).toBeGreaterThanOrEqual(before.figures.shipCover)
    }
  )

  law("time alone only expires what nobody finished", fc.tuple(question, fc.nat({ max: 10 ** 10 })), ([asked, by]) => {
    const [now, later] = [reconcile(asked), reconcile({ ...asked, nowMs: asked.nowMs + by })]
    if (later.order.status === now.order.status) {
      // Of an order whose payment was cancelled the status stays, and nobody pays it any more.
      if (later.order.closedBy === "expiry" && now.order.closedBy === undefined) {
        const { decision: { rule }, order: { fulfilment, status } } = later
        expect([status, fulfilment, rule]).toEqual(["cancelled", "stop", now.decision.rule])
      } else {
        expect(aboutOrder(later)).toEqual(aboutOrder(now))
      }
      return
    }
    expect(later.order.status).toBe("expired")
    expect(["new", "in_progress"]).toContain(now.order.status)
  })
})

describe("words nobody knows", () => {
  const unknownStatus = fc.constantFrom(...unknownStatuses)

  law("on every line leave a money state", fc.tuple(question, unknownStatus), ([asked, word]) => {
    fc.pre(isMoneyState(asked.order.status))
    const lines = asked.report.payments.map((line) => withAuthorization(line, { status: word }))
    expect(reconcile(withLines(asked, lines)).order.status).toBe(asked.order.status)
  })

  law(
    "on a newer attempt leave a money state that the report leaves",
    fc.tuple(
      plainQuestion,
      unknownStatus,
      amount
    ),
    ([asked, word, minor]) => {
      fc.pre(isMoneyState(asked.order.status) && reconcile(asked).order.status === asked.order.status)
      const lines = [...asked.report.payments, attempt(asked, newestId, word, minor)]
      expect(reconcile(withLines(asked, lines)).order.status).toBe(asked.order.status)
    }
  )

  law(
    "in place of a known word lead a money state nowhere else while only captured money covers",
    fc.tuple(
      withLine,
      unknownStatus
    ),
    ([{ asked: given, position }, word]) => {
      const asked = { ...given, policy: { ...given.policy, paidWhen: { default: "captured" as const, rules: [] } } }
      fc.pre(isMoneyState(asked.order.status))
      const line = withAuthorization(asked.report.payments[position]!, { status: word })
      const { decision, order: { status } } = reconcile(replaceLine(asked, position, line))
      // A charge-back word of the newest attempt is money evidence, and may come to speak once a line does not.
      fc.pre(decision.rule !== "charge-back-word")
      expect([asked.order.status, reconcile(asked).order.status]).toContain(status)
    }
  )

  law(
    "for confidence or on a capture that is not finished never add cover",
    fc.tuple(
      withLine,
      unknownStatus,
      fc.boolean()
    ),
    ([{ asked, position }, word, onCapture]) => {
      const line = asked.report.payments[position]!
      const { captures } = line.authorization
      fc.pre(asked.report.totals.exchangedTo === asked.order.currency)
      fc.pre(!captures.some(({ status }) => status === "CAPTURED"))
      fc.pre(asked.report.consideredSafe?.value !== true)
      const changed = onCapture
        ? { captures: captures.map((capture) => ({ ...capture, status: word })) }
        : { confidenceLevel: word }
      const before = reconcile(asked).decision.figures
      const after = reconcile(replaceLine(asked, position, withAuthorization(line, changed))).decision.figures
      expect(after.paidCover).toBeLessThanOrEqual(before.paidCover)
      expect(after.shipCover).toBeLessThanOrEqual(before.shipCover)
    }
  )
})
