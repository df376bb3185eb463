/**
 * From a status report to an order status, with the reason, the remarks and the events.
 */
import { decideLegacy } from "./legacy/decideLegacy.ts"
import { decideStrict, type Outcome } from "./strict/decideStrict.ts"
import type { Question } from "./strict/Facts.ts"

export type { Outcome, Question }

/**
 * What {@link reconcile} does under the strict rules, whatever `policy.rules` says. For embedders that never
 * use the legacy sets: importing this alone keeps them out of the bundle.
 */
export const reconcileStrict: (question: Question) => Outcome = decideStrict

/**
 * Decides what a report means for an order.
 *
 * Pure and total: the same question has the same answer, and no input makes it throw. Under the strict rules the
 * order of payments, captures, refunds and chargebacks means nothing, except for which of several faults of a refused
 * report is named; the legacy sets repeat the reference, whose rows may depend on it. A report that contradicts itself changes nothing and is a
 * finding; only a cancel that was asked for and is not confirmed holds the order even then. Repeating is safe: asked again with the answer's `order` and `payments`, the same report yields
 * no event.
 *
 * `events` hold real changes only: payments by number, then the status, then the fulfilment. Write the
 * answer in one transaction and send the events afterwards.
 *
 * Source: Docdata XSD 1.3, `statusResponse`; the rules are listed in `docs/reference/rules.md`.
 */
export const reconcile = (question: Question): Outcome => {
  switch (question.policy.rules) {
    case "strict":
      return decideStrict(question)
    case "legacy-2016":
      return decideLegacy(question, "2016")
    case "legacy-2013":
      return decideLegacy(question, "2013")
  }
}
