/**
 * What a status report proves about captures and refunds that were asked for.
 */
import { PaymentId, type PaymentLine, type Refund } from "@docdata/domain"
import type { Movement, MovementState } from "../ports/index.ts"

/** Longer than any call may take: whoever wrote the wish down and did not settle it by then is gone. */
export const intendedMaxMs = 5 * 60_000

// The word of a finished capture and of a finished refund is the same.
const stateOf = (word: string): MovementState => {
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

/** What the items under the movement's reference say; nothing if there is none. */
const reportedStates = (payments: ReadonlyArray<PaymentLine>, movement: Movement): ReadonlyArray<MovementState> => {
  const { kind, paymentId, reference } = movement
  const lines = payments.filter(({ id }) => PaymentId.normalise(id) === paymentId)
  return lines.flatMap(({ authorization: { captures, refunds } }) => kind === "capture" ? captures : refunds)
    .filter(({ merchantReference }) => merchantReference === reference)
    .map(({ status }) => stateOf(status))
}

/** Whether one of the payments has the movement's reference. */
export const isNamed = (movement: Movement, payments: ReadonlyArray<PaymentLine>): boolean =>
  reportedStates(payments, movement).length > 0

/** Refunds of the movement's payment that are under way, and that none of the movements names. */
export const unnamedRefunds = (
  { paymentId }: Movement,
  movements: ReadonlyArray<Movement>,
  payments: ReadonlyArray<PaymentLine>
): ReadonlyArray<Refund> => {
  const named = new Set(movements.filter(({ kind }) => kind === "refund").map(({ reference }) => reference))
  const lines = payments.filter(({ id }) => PaymentId.normalise(id) === paymentId)
  return lines.flatMap(({ authorization }) => authorization.refunds).filter(({ merchantReference, status }) =>
    stateOf(status) === "filed" && (merchantReference === undefined || !named.has(merchantReference))
  )
}

const stateAfter = (
  movement: Movement,
  payments: ReadonlyArray<PaymentLine>,
  atMs: number
): MovementState => {
  const states = reportedStates(payments, movement)
  // Of several items the order means nothing: money that moved or may still move counts before money that did not.
  if (states.includes("confirmed")) return "confirmed"
  if (states.includes("filed")) return "filed"
  if (states.length > 0) return "failed"
  const isAbandoned = movement.state === "intended" && atMs - movement.requestedAtMs > intendedMaxMs
  return isAbandoned ? "unclear" : movement.state
}

/**
 * The movements that the payments of a report move on, with their new state. A report that does not name a movement's
 * reference says nothing about it: not every server repeats references. An unclear one stays unclear; one that was
 * intended and never settled, because the process died, becomes unclear. One that was called failed and is under way
 * after all takes up room again, or it would be asked for twice.
 */
export const movementsAfter = (
  movements: ReadonlyArray<Movement>,
  payments: ReadonlyArray<PaymentLine>,
  atMs: number
): ReadonlyArray<Movement> =>
  movements.filter(({ state }) => state !== "confirmed").flatMap((movement) => {
    const state = stateAfter(movement, payments, atMs)
    return state === movement.state ? [] : [{ ...movement, state, changedAtMs: atMs }]
  })
