/**
 * What a walk reports, and the check that it makes at every snapshot.
 */
import type { Policy } from "../../src/Policy.ts"
import type { Intent } from "../../src/Intent.ts"
import type { Order } from "../../src/Order.ts"
import type { PaymentRow } from "../../src/PaymentRow.ts"
import { type Outcome, type Question, reconcile } from "../../src/reconcile.ts"
import type { StatusReport } from "../../src/StatusReport.ts"
import { brokenLaws, decisionLaws, sameOrder } from "../oracle/laws.ts"
import type { Reading } from "../oracle/reading.ts"

/** A snapshot at which a law is broken. */
export interface Counterexample {
  readonly laws: ReadonlyArray<string>
  /** How far from the plainest snapshot; the smallest is shown. */
  readonly distance: number
  readonly question: Question
  readonly outcome: Outcome
}

/** What a walk found. */
export interface Walk {
  readonly visited: number
  readonly violations: number
  readonly smallest: Counterexample | undefined
}

/** Nothing visited yet. */
export const emptyWalk: Walk = { visited: 0, violations: 0, smallest: undefined }

const smaller = (a: Counterexample | undefined, b: Counterexample | undefined): Counterexample | undefined =>
  a === undefined || (b !== undefined && b.distance < a.distance) ? b : a

/** Two walks as one. */
export const addWalks = (a: Walk, b: Walk): Walk => ({
  visited: a.visited + b.visited,
  violations: a.violations + b.violations,
  smallest: smaller(a.smallest, b.smallest)
})

/** A snapshot: a report and its reading, with one state of the order. */
export interface Snapshot {
  readonly report: StatusReport
  readonly reading: Reading
  readonly order: Order
  readonly intent: Intent | undefined
  readonly policy: Policy
  readonly nowMs: number
  readonly tooOld: boolean
  /** Rows that are stored; none unless told. */
  readonly stored?: ReadonlyArray<PaymentRow>
}

/** The question that a snapshot puts. */
export const questionOf = ({ intent, nowMs, order, policy, report, stored = [] }: Snapshot): Question =>
  intent === undefined
    ? { order, payments: stored, report, nowMs, policy }
    : { order, payments: stored, report, nowMs, policy, intent }

/** True if the same report, applied to its own answer, changes and tells nothing. */
export const repeats = (question: Question, { order, payments }: Outcome): boolean => {
  const second = reconcile({ ...question, order, payments })
  return second.events.length === 0 && sameOrder(second.order, order) && second.payments.length === payments.length
}

/** Counts what is visited, and keeps the smallest snapshot that breaks a law. */
export class Visitor {
  visited = 0
  violations = 0
  smallest: Counterexample | undefined = undefined

  /** Decides a snapshot and checks the laws of a single answer: those of the decision, or all of them. */
  visit(snapshot: Snapshot, { all, distance }: { readonly all: boolean; readonly distance: number }): Outcome {
    this.visited++
    const question = questionOf(snapshot)
    const outcome = reconcile(question)
    const answered = { state: snapshot, reading: snapshot.reading, stored: question.payments, outcome }
    const laws = all ? brokenLaws(answered) : brokenLaws(answered, decisionLaws)
    if (laws.length > 0) this.blame({ laws, distance, question, outcome })
    return outcome
  }

  blame(found: Counterexample): void {
    this.violations++
    this.smallest = smaller(this.smallest, found)
  }

  get walk(): Walk {
    return { visited: this.visited, violations: this.violations, smallest: this.smallest }
  }
}
