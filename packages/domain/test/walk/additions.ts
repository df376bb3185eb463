/**
 * Every kind of payment, and those captured in part, once more with a payment beside it that secures nothing: in the
 * currency of the order or in another, under every paid policy, and with the provider's verdict that the order is safe.
 */
import type { PaymentLine } from "../../src/PaymentLine.ts"
import type { Policy } from "../../src/Policy.ts"
import type { StatusReport } from "../../src/StatusReport.ts"
import { combine, type LineReading, readLine } from "../oracle/reading.ts"
import { everyKind, lineAs } from "./pairs.ts"
import { questionOf, type Snapshot, Visitor, type Walk } from "./Walk.ts"
import { ages, lineChoice, orders, policies, registered, totalsOf, type TotalsStand } from "./world.ts"

/** Payments whose number is `part` modulo `parts`, and who hears how many of them are done. */
export interface AdditionsTask {
  /** One payment in so many is visited; 1 means all of them. */
  readonly oneIn: number
  /** Decides which ones. */
  readonly seed: number
  readonly part: number
  readonly parts: number
  readonly onProgress?: (done: number, all: number) => void
}

/** The same payment with all its amounts in this currency. */
export const inCurrency = (line: PaymentLine, currency: string): PaymentLine => {
  const { authorization: a } = line
  const money = <A extends { readonly amount: { readonly minor: number } }>(item: A) => ({
    ...item,
    amount: { minor: item.amount.minor, currency }
  })
  return {
    ...line,
    authorization: {
      ...money(a),
      captures: a.captures.map(money),
      refunds: a.refunds.map(money),
      chargebacks: a.chargebacks.map(money),
      ...(a.reversal === undefined ? {} : { reversal: money(a.reversal) })
    }
  }
}

const plain = lineAs(lineChoice(0), "5", registered)

const captured = (word: string, minor: number) => ({ status: word, amount: { minor, currency: "EUR" } })

/** A tenth is captured or under way; what became of the rest says the other capture. */
const partly: ReadonlyArray<PaymentLine> = ["CAPTURED", "NEW"].flatMap((first) =>
  ["NEW", "FAILED", "ERROR", "CANCELED", "SETTLED"].map((rest) => ({
    ...plain,
    authorization: {
      ...plain.authorization,
      captures: [captured(first, registered / 10), captured(rest, registered - registered / 10)]
    }
  }))
)

const secureNothing: ReadonlyArray<PaymentLine> = [
  "CANCELED",
  "NEW",
  "AUTHORIZATION_FAILED",
  "SETTLED"
].map((status) => ({ ...plain, authorization: { ...plain.authorization, status } }))

/** Authorised ones that hold nothing: they secure nothing either, where another authorised payment stands already. */
const holdNothing: ReadonlyArray<PaymentLine> = ["CANCELED", "FAILED", "ERROR"].map((word) => ({
  ...plain,
  authorization: { ...plain.authorization, captures: [captured(word, registered)] }
}))

const additions = [...secureNothing, ...holdNothing].flatMap((line) =>
  ["EUR", "CHF"].flatMap((currency) => ["1", "9"].map((id) => ({ ...inCurrency(line, currency), id })))
)

const stands: ReadonlyArray<TotalsStand> = ["agree", "lag", "lead"]

// An open order, one of which the shop gave something up, and one paid on a promise.
const states = orders.filter(({ coveredByCapture, releasedMinor, status }) =>
  status === "new" || releasedMinor !== undefined || (status === "paid" && coveredByCapture === false)
)

// The status and the goods by the same policy, so that whatever is covered may also leave.
const shipping: ReadonlyArray<Policy> = policies.map((policy) => ({ ...policy, shipWhen: policy.paidWhen }))

const isPartLost = ({ authorization: { captures, status } }: PaymentLine): boolean =>
  status === "AUTHORIZED" && captures.some(({ status }) => ["FAILED", "ERROR", "CANCELED"].includes(status))

const isHeld = ({ word }: LineReading): boolean => word === "AUTHORIZED"

const visit = (visitor: Visitor, base: Omit<Snapshot, "reading">, distance: number): void => {
  const snapshotOf = (report: StatusReport): Snapshot => ({
    ...base,
    report,
    reading: combine(report.payments.map(readLine), report, base)
  })
  const alone = snapshotOf(base.report)
  const before = visitor.visit(alone, { all: true, distance })
  const { C, due } = alone.reading
  const byVerdict = base.policy.paidWhen.default === "considered-safe" && C < due
  if (byVerdict && base.report.payments.some(isPartLost) && before.decision.rule.startsWith("paid-")) {
    const laws = ["a part that failed never lets considered-safe pay"]
    visitor.blame({ laws, distance, question: questionOf(alone), outcome: before })
  }
  for (const addition of additions) {
    if (addition.authorization.status === "AUTHORIZED" && !alone.reading.lines.some(isHeld)) continue
    const payments = addition.id === "1" ? [addition, ...base.report.payments] : [...base.report.payments, addition]
    const beside = snapshotOf({ ...base.report, payments })
    const outcome = visitor.visit(beside, { all: false, distance: distance + 1 })
    if (before.order.fulfilment === "ship" || outcome.order.fulfilment !== "ship") continue
    const laws = ["adding a payment that secures nothing never turns wait or stop into ship"]
    visitor.blame({ laws, distance: distance + 1, question: questionOf(beside), outcome })
  }
}

/** Walks its part of the payments. */
export const walkAdditions = ({ onProgress, oneIn, part, parts, seed }: AdditionsTask): Walk => {
  const visitor = new Visitor()
  const lines = [...partly, ...everyKind().map((choice) => lineAs(choice, "5", registered))]
    .filter((_, number) => number % oneIn === seed % oneIn)
  for (let number = part; number < lines.length; number += parts) {
    for (const stand of stands) {
      // A margin's worth less than what is due, too: nothing but money that counts may open the margin.
      const totals = totalsOf(lines[number]!, stand)
      for (const short of totals.captured === 0 ? [0] : [0, 50]) {
        for (const currency of ["EUR", "CHF"]) {
          const report: StatusReport = {
            totals: { ...totals, captured: totals.captured - short, exchangedTo: "EUR" },
            payments: [inCurrency(lines[number]!, currency)],
            consideredSafe: { value: true, level: "SAFE" }
          }
          for (const policy of shipping) {
            for (const order of states) {
              const base = { report, order, intent: undefined, policy, nowMs: ages.fresh, tooOld: false }
              visit(visitor, base, number + short)
            }
          }
        }
      }
    }
    onProgress?.(number + 1, lines.length)
  }
  return visitor.walk
}
