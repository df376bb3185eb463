/**
 * Every kind of payment in a foreign currency and in the order's, of an order that was paid: the converted totals stay, fall
 * a little, or fall far, and the stored row of the payment shows less than the report, the same, or more.
 */
import type { Order } from "../../src/Order.ts"
import type { PaymentRow } from "../../src/PaymentRow.ts"
import { defaultPolicy } from "../../src/defaultPolicy.ts"
import type { StatusReport } from "../../src/StatusReport.ts"
import { isMoney } from "../oracle/expectation.ts"
import { combine, readLine } from "../oracle/reading.ts"
import { inCurrency } from "./additions.ts"
import { everyKind, lineAs } from "./pairs.ts"
import { questionOf, repeats, type Snapshot, Visitor, type Walk } from "./Walk.ts"
import { ages, orders, registered, totalsOf } from "./world.ts"

/** Payments whose number is `part` modulo `parts`, and who receives how many of them are done. */
export interface DriftsTask {
  /** One payment in so many is visited; 1 means all of them. */
  readonly oneIn: number
  /** Decides which ones. */
  readonly seed: number
  readonly part: number
  readonly parts: number
  readonly onProgress?: (done: number, all: number) => void
}

// The same, within the margin, beyond it, and nothing at all.
const falls = [0, 50, 2000, registered]
// Captures of less, of the same and of more than a payment of the report shows.
const stored = [0, registered / 2, registered, registered + 1]

const lastTotals = (captured: number): NonNullable<Order["totals"]> => ({
  registered,
  shopperPending: 0,
  acquirerPending: 0,
  acquirerApproved: captured,
  captured,
  refunded: 0,
  chargedBack: 0,
  reversed: 0
})

// Covered at the last report, covered then at an older rate, and never covered by what was captured.
const states: ReadonlyArray<Order> = orders
  .filter(({ releasedMinor, status }) => isMoney(status) || (status === "pending" && releasedMinor === undefined))
  .flatMap((order): ReadonlyArray<Order> => [
    order,
    { ...order, fulfilment: "ship", totals: lastTotals(registered) },
    { ...order, fulfilment: "ship", totals: lastTotals(registered - 2000) },
    { ...order, fulfilment: "ship", totals: lastTotals(registered - 2000), coveredAtOldRate: true }
  ])

const rowOf = (debitedMinor: number, currency: string | undefined): PaymentRow => ({
  paymentId: "5",
  paymentMethod: "IDEAL",
  status: "AUTHORIZED",
  confidenceLevel: "ACQUIRER_APPROVED",
  ...(currency === undefined ? {} : { currency }),
  allocatedMinor: registered,
  debitedMinor,
  refundedMinor: 0,
  chargedBackMinor: 0,
  reversedMinor: 0
})

const wasCovered = ({ coveredAtOldRate, coveredByCapture, status, totals }: Order): boolean =>
  status === "paid" && coveredByCapture === true &&
  (coveredAtOldRate === true || (totals?.captured ?? 0) >= registered)

const visit = (visitor: Visitor, snapshot: Snapshot, distance: number): void => {
  const outcome = visitor.visit(snapshot, { all: true, distance })
  const question = questionOf(snapshot)
  if (!repeats(question, outcome)) {
    visitor.blame({ laws: ["a second application changes and tells nothing"], distance, question, outcome })
  }
  const [line] = snapshot.reading.lines
  const [row] = snapshot.stored ?? []
  if (line === undefined || row === undefined || line.word !== "AUTHORIZED") return
  const isWhole = row.debitedMinor > 0 && line.captured >= row.debitedMinor
  const isReturned = line.refunded + line.chargedBack > 0
  const isLetGo = outcome.order.status !== "paid" || outcome.findings.some(({ kind }) => kind === "money-vanished")
  if (line.currency === "USD" && isWhole && !isReturned && wasCovered(snapshot.order) && isLetGo) {
    visitor.blame({ laws: ["the rate alone never lets a paid order go"], distance, question, outcome })
  }
  const shrinks = line.captured < row.debitedMinor
  if (shrinks && outcome.findings.some(({ kind }) => kind === "rate-drift")) {
    visitor.blame({ laws: ["a smaller capture is no change of the rate"], distance, question, outcome })
  }
}

/** Walks its part of the payments. */
export const walkDrifts = ({ onProgress, oneIn, part, parts, seed }: DriftsTask): Walk => {
  const visitor = new Visitor()
  const lines = everyKind().map((choice) => lineAs(choice, "5", registered))
    .filter((_, number) => number % oneIn === seed % oneIn)
  for (let number = part; number < lines.length; number += parts) {
    const totals = totalsOf(lines[number]!, "agree")
    for (const currency of ["USD", "EUR"]) {
      const line = inCurrency(lines[number]!, currency)
      for (const fall of falls) {
        const captured = Math.max(0, totals.captured - fall)
        const report: StatusReport = { totals: { ...totals, captured, exchangedTo: "EUR" }, payments: [line] }
        for (const debited of stored) {
          for (const known of [currency, undefined]) {
            const rows = [rowOf(debited, known)]
            for (const order of states) {
              const reading = combine([readLine(line)], report, { order, policy: defaultPolicy, stored: rows })
              const base = { report, reading, order, intent: undefined, policy: defaultPolicy, stored: rows }
              visit(visitor, { ...base, nowMs: ages.fresh, tooOld: false }, number + fall)
            }
          }
        }
      }
    }
    onProgress?.(number + 1, lines.length)
  }
  return visitor.walk
}
