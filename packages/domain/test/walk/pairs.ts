/**
 * Every pair of payments, an older and a newer one, in both orders of the report.
 *
 * A pair is visited once for each amount class and for one representative of each class of order and intention. The
 * whole decision is recomputed at every snapshot. With all lines, the order of the lines, the second application and the
 * laws of rows and events are checked at one of the four representatives, a different one from pair to pair.
 */
import type { ReportedTotals } from "../../src/ApproximateTotals.ts"
import { defaultPolicy } from "../../src/defaultPolicy.ts"
import type { PaymentLine } from "../../src/PaymentLine.ts"
import { reconcile } from "../../src/reconcile.ts"
import type { StatusReport } from "../../src/StatusReport.ts"
import { readPayment } from "../../src/strict/PaymentReading.ts"
import { sameAnswer } from "../oracle/laws.ts"
import { combine, type LineReading, readLine } from "../oracle/reading.ts"
import { randomFrom } from "./random.ts"
import { questionOf, repeats, type Snapshot, Visitor, type Walk } from "./Walk.ts"
import {
  ages,
  type LineChoice,
  lineChoice,
  lineCount,
  lineDistance,
  lineOf,
  registered,
  representatives,
  totalsOf,
  withRelease
} from "./world.ts"

/** Which pairs to visit, and whom to tell how many are done. */
export interface PairsTask {
  /**
   * Every line of the world, or one line of every kind of line that the kernel reads alike: it sees a line only as an
   * `Attempt`, so two lines that differ in words alone, and not in what those words mean, decide alike. Slices of the
   * pairs of all lines show that this is so.
   */
  readonly lines: "all" | "one-of-a-kind"
  /** On average one pair in so many is visited; 1 means all of them. */
  readonly oneIn: number
  /** Decides which ones. */
  readonly seed: number
  /** Pairs whose older line has a number that is `part` modulo `parts`. */
  readonly part: number
  readonly parts: number
  readonly onProgress?: (done: number, all: number) => void
}

// Two of them are below, exactly at, and above what is registered.
const amounts = [registered / 2, registered / 2 - 1000, registered]

interface Prepared {
  readonly line: PaymentLine
  readonly reading: LineReading
  readonly totals: ReportedTotals
  readonly distance: number
}

// A reversal counts where nothing was captured and nothing went back; beside other words it was visited alone.
const counts = ({ capture, chargeback, refund, reversal }: LineChoice): boolean =>
  reversal === "none" || (capture === "none" && refund === "none" && chargeback === "none")

const everyChoice: ReadonlyArray<LineChoice> = Array.from({ length: lineCount }, (_, number) => lineChoice(number))

/** A line as chosen, with all of it refunded where a refund is chosen. */
export const lineAs = (choice: LineChoice, id: string, minor: number): PaymentLine =>
  lineOf(choice, { id, minor, returned: "refund-all" })

// What the kernel reads of a line, without the words that only rows and findings repeat.
const kindOf = (choice: LineChoice): string => {
  const line = lineAs(choice, "1", registered)
  const { confidenceLevel: _, id: _id, line: _line, status: _status, ...read } = readPayment(line)
  const { unknownChargeback: _chargeback, unknownRefund: _refund, ...deciding } = read
  return JSON.stringify([deciding, totalsOf(line, "agree")])
}

/** One line of every kind, the plainest. */
export const everyKind = (): ReadonlyArray<LineChoice> => {
  const plainest = new Map<string, LineChoice>()
  for (const choice of everyChoice) {
    const kind = kindOf(choice)
    const known = plainest.get(kind)
    if (known === undefined || lineDistance(choice) < lineDistance(known)) plainest.set(kind, choice)
  }
  return [...plainest.values()]
}

const choicesOf = (lines: PairsTask["lines"]): ReadonlyArray<LineChoice> => {
  switch (lines) {
    case "all":
      return everyChoice.filter(counts)
    case "one-of-a-kind":
      return everyKind()
  }
}

const prepare = (choices: ReadonlyArray<LineChoice>, id: string, minor: number): ReadonlyArray<Prepared> =>
  choices.map((choice) => {
    const line = lineAs(choice, id, minor)
    return { line, reading: readLine(line), totals: totalsOf(line, "agree"), distance: lineDistance(choice) }
  })

const sum = (a: ReportedTotals, b: ReportedTotals): StatusReport["totals"] => ({
  exchangedTo: "EUR",
  registered,
  shopperPending: a.shopperPending + b.shopperPending,
  acquirerPending: a.acquirerPending + b.acquirerPending,
  acquirerApproved: a.acquirerApproved + b.acquirerApproved,
  captured: a.captured + b.captured,
  refunded: a.refunded + b.refunded,
  chargedBack: a.chargedBack + b.chargedBack,
  reversed: a.reversed + b.reversed
})

interface Pair {
  readonly older: Prepared
  readonly newer: Prepared
  /** Whether the costly laws are checked at this representative. */
  readonly isChosen: (representative: number) => boolean
}

const visitPair = (visitor: Visitor, { isChosen, newer, older }: Pair): void => {
  const totals = sum(older.totals, newer.totals)
  const report: StatusReport = { totals, payments: [older.line, newer.line] }
  const readings = [representatives[0]!.order, withRelease].map((order) =>
    combine([older.reading, newer.reading], report, { order, policy: defaultPolicy })
  )
  const distance = older.distance + newer.distance
  for (const [index, { intent, order }] of representatives.entries()) {
    const chosen = isChosen(index)
    const snapshot: Snapshot = {
      report,
      // A reading depends on the order in nothing else.
      reading: readings[order.releasedMinor === undefined ? 0 : 1]!,
      order,
      intent,
      policy: defaultPolicy,
      nowMs: ages.fresh,
      tooOld: false
    }
    const outcome = visitor.visit(snapshot, { all: chosen, distance })
    if (!chosen) continue
    const question = questionOf(snapshot)
    const turned = questionOf({ ...snapshot, report: { totals, payments: [newer.line, older.line] } })
    if (!sameAnswer(reconcile(turned), outcome)) {
      visitor.blame({ laws: ["the order of payments means nothing"], distance, question: turned, outcome })
    }
    if (!repeats(question, outcome)) {
      visitor.blame({ laws: ["a second application changes and tells nothing"], distance, question, outcome })
    }
  }
}

/** Walks its part of the pairs. */
export const walkPairs = ({ lines, onProgress, oneIn, part, parts, seed }: PairsTask): Walk => {
  const visitor = new Visitor()
  const random = randomFrom(seed + part)
  const choices = choicesOf(lines)
  const pairLineCount = choices.length
  const sizes = amounts.map((minor) => ({ older: prepare(choices, "1", minor), newer: prepare(choices, "2", minor) }))
  // Steps of 1 to 2 * oneIn - 1, on average oneIn; always 1 when all are visited.
  const step = () => oneIn === 1 ? 1 : 1 + Math.floor(random() * (2 * oneIn - 1))
  let turn = 0
  let skip = step() - 1
  for (let first = part; first < pairLineCount; first += parts) {
    let second = skip
    for (; second < pairLineCount; second += step()) {
      for (const { newer, older } of sizes) {
        // Few kinds: all laws everywhere. All lines: one representative after the other takes its turn.
        const chosen = turn++ % representatives.length
        const isChosen = (representative: number) => lines === "one-of-a-kind" || representative === chosen
        visitPair(visitor, { older: older[first]!, newer: newer[second]!, isChosen })
      }
    }
    // What is left of a step goes on in the next row; in a thin slice whole rows pass.
    skip = second - pairLineCount
    onProgress?.(first + 1, pairLineCount)
  }
  return visitor.walk
}
