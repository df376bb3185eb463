/**
 * What a status report proves about captures and refunds that were asked for.
 */
import {
  type Capture,
  modificationAfter,
  type ModificationCause,
  PaymentId,
  type PaymentLine,
  type Refund
} from "@docdata/domain"
import type { Modification } from "../ports/index.ts"

/** Longer than any call may take: whoever wrote the request down and did not resolve it by then is gone. */
export const intendedMaxMs = 5 * 60_000

// The word of a finished capture and of a finished refund is the same.
const causeOf = (word: string): ModificationCause => {
  switch (word) {
    case "CAPTURED":
      return "reported-done"
    case "FAILED":
    case "ERROR":
    case "CANCELED":
      return "reported-failed"
    default:
      // NEW, STARTED, and words that are new to us: Docdata has it, and it is under way.
      return "reported-under-way"
  }
}

/** The captures or refunds of a payment that a report names by the shop's reference. */
export const reportedItems = (
  payments: ReadonlyArray<PaymentLine>,
  { kind, paymentId, reference }: Pick<Modification, "kind" | "paymentId" | "reference">
): ReadonlyArray<Capture | Refund> => {
  const lines = payments.filter(({ id }) => PaymentId.normalise(id) === paymentId)
  return lines.flatMap(({ authorization: { captures, refunds } }) => kind === "capture" ? captures : refunds)
    .filter(({ merchantReference }) => merchantReference === reference)
}

/** What the items under the modification's reference say; nothing if there is none. */
const reportedCauses = (
  payments: ReadonlyArray<PaymentLine>,
  modification: Modification
): ReadonlyArray<ModificationCause> => reportedItems(payments, modification).map(({ status }) => causeOf(status))

/** Whether one of the payments has the modification's reference. */
export const isNamed = (modification: Modification, payments: ReadonlyArray<PaymentLine>): boolean =>
  reportedCauses(payments, modification).length > 0

/** Refunds of the modification's payment that are under way, and that none of the modifications names. */
export const unnamedRefunds = (
  { paymentId }: Modification,
  modifications: ReadonlyArray<Modification>,
  payments: ReadonlyArray<PaymentLine>
): ReadonlyArray<Refund> => {
  const named = new Set(modifications.filter(({ kind }) => kind === "refund").map(({ reference }) => reference))
  const lines = payments.filter(({ id }) => PaymentId.normalise(id) === paymentId)
  return lines.flatMap(({ authorization }) => authorization.refunds).filter(({ merchantReference, status }) =>
    causeOf(status) === "reported-under-way" && (merchantReference === undefined || !named.has(merchantReference))
  )
}

/** What a report says of the modification; of several items the order means nothing. */
export const reportedCause = (
  payments: ReadonlyArray<PaymentLine>,
  modification: Modification
): ModificationCause | undefined => {
  const causes = reportedCauses(payments, modification)
  // Money that moved or may still move counts before money that did not.
  return (["reported-done", "reported-under-way", "reported-failed"] as const).find((cause) => causes.includes(cause))
}

/** What the report says of the modification, or that nobody waits for its answer any more; nothing else moves it here. */
const causeFor = (
  modification: Modification,
  payments: ReadonlyArray<PaymentLine>,
  atMs: number
): ModificationCause | undefined => {
  const cause = reportedCause(payments, modification)
  return cause ?? (atMs - modification.requestedAtMs > intendedMaxMs ? "forgotten" : undefined)
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
  modifications.flatMap((modification) => {
    const cause = causeFor(modification, payments, atMs)
    const state = cause === undefined ? undefined : modificationAfter(modification.state, cause)
    return state === undefined ? [] : [{ ...modification, state, changedAtMs: atMs }]
  })

/** When the first request that nobody answered counts as forgotten; `undefined` if none waits for its answer. */
export const forgottenAt = (modifications: ReadonlyArray<Modification>): number | undefined => {
  const waiting = modifications.filter(({ state }) => state === "intended")
  return waiting.length === 0
    ? undefined
    : Math.min(...waiting.map(({ requestedAtMs }) => requestedAtMs)) + intendedMaxMs + 1
}

/** All modifications, those of `moved` in their new state. */
export const withMoves = (
  modifications: ReadonlyArray<Modification>,
  moved: ReadonlyArray<Modification>
): ReadonlyArray<Modification> =>
  modifications.map((modification) =>
    moved.find(({ kind, reference }) => kind === modification.kind && reference === modification.reference) ??
      modification
  )
