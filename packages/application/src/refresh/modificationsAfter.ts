/**
 * What a status report proves about captures and refunds that were asked for.
 */
import { PaymentId, type PaymentLine, type Refund } from "@docdata/domain"
import type { Modification, ModificationState } from "../order/Modification.ts"

/** Longer than any call may take: whoever wrote the request down and did not resolve it by then is gone. */
export const intendedMaxMs = 5 * 60_000

// The word of a finished capture and of a finished refund is the same.
const stateOf = (word: string): ModificationState => {
  switch (word) {
    case "CAPTURED":
      return "confirmed"
    case "FAILED":
    case "ERROR":
    case "CANCELED":
      return "failed"
    default:
      // NEW, STARTED, and words that are new to us: Docdata has it, and it is under way.
      return "filed"
  }
}

/** What the items under the modification's reference say; nothing if there is none. */
const reportedStates = (
  payments: ReadonlyArray<PaymentLine>,
  modification: Modification
): ReadonlyArray<ModificationState> => {
  const { kind, paymentId, reference } = modification
  const lines = payments.filter(({ id }) => PaymentId.normalise(id) === paymentId)
  return lines.flatMap(({ authorization: { captures, refunds } }) => kind === "capture" ? captures : refunds)
    .filter(({ merchantReference }) => merchantReference === reference)
    .map(({ status }) => stateOf(status))
}

/** Whether one of the payments has the modification's reference. */
export const isNamed = (modification: Modification, payments: ReadonlyArray<PaymentLine>): boolean =>
  reportedStates(payments, modification).length > 0

/** Refunds of the modification's payment that are under way, and that none of the modifications names. */
export const unnamedRefunds = (
  { paymentId }: Modification,
  modifications: ReadonlyArray<Modification>,
  payments: ReadonlyArray<PaymentLine>
): ReadonlyArray<Refund> => {
  const named = new Set(modifications.filter(({ kind }) => kind === "refund").map(({ reference }) => reference))
  const lines = payments.filter(({ id }) => PaymentId.normalise(id) === paymentId)
  return lines.flatMap(({ authorization }) => authorization.refunds).filter(({ merchantReference, status }) =>
    stateOf(status) === "filed" && (merchantReference === undefined || !named.has(merchantReference))
  )
}

const stateAfter = (
  modification: Modification,
  payments: ReadonlyArray<PaymentLine>,
  atMs: number
): ModificationState => {
  const states = reportedStates(payments, modification)
  // Of several items the order means nothing: money that moved or may still move counts before money that did not.
  if (states.includes("confirmed")) return "confirmed"
  if (states.includes("filed")) return "filed"
  if (states.length > 0) return "failed"
  const isAbandoned = modification.state === "intended" && atMs - modification.requestedAtMs > intendedMaxMs
  return isAbandoned ? "unclear" : modification.state
}

/**
 * The modifications that the payments of a report move on, with their new state. A report that does not name a modification's
 * reference says nothing about it: not every server repeats references. An unclear one stays unclear; one that was
 * intended and never resolved, because the process died, becomes unclear. One that was called failed and is under way
 * after all counts towards the limit again, or it would be asked for twice.
 */
export const modificationsAfter = (
  modifications: ReadonlyArray<Modification>,
  payments: ReadonlyArray<PaymentLine>,
  atMs: number
): ReadonlyArray<Modification> =>
  modifications.filter(({ state }) => state !== "confirmed").flatMap((modification) => {
    const state = stateAfter(modification, payments, atMs)
    return state === modification.state ? [] : [{ ...modification, state, changedAtMs: atMs }]
  })
