/**
 * What a status report proves about captures and refunds that were asked for.
 */
import type { PaymentLine, StatusReport } from "@docdata/domain"
import { isOpen, type Movement, type MovementState } from "../order/Movement.ts"

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

const reportedWord = (line: PaymentLine, { kind, reference }: Movement): string | undefined => {
  const { captures, refunds } = line.authorization
  const items = kind === "capture" ? captures : refunds
  return items.find(({ merchantReference }) => merchantReference === reference)?.status
}

const stateAfter = (movement: Movement, report: StatusReport, atMs: number): MovementState => {
  const line = report.payments.find(({ id }) => id === movement.paymentId)
  const word = line === undefined ? undefined : reportedWord(line, movement)
  if (word !== undefined) return stateOf(word)
  const isAbandoned = movement.state === "intended" && atMs - movement.requestedAtMs > intendedMaxMs
  return isAbandoned ? "unclear" : movement.state
}

/**
 * The movements that the report moves on, with their new state. A report that does not name a movement's reference
 * says nothing about it: not every server repeats references. An unclear one stays unclear; one that was intended and
 * never settled, because the process died, becomes unclear.
 */
export const movementsAfter = (
  movements: ReadonlyArray<Movement>,
  report: StatusReport,
  atMs: number
): ReadonlyArray<Movement> =>
  movements.filter(({ state }) => isOpen(state)).flatMap((movement) => {
    const state = stateAfter(movement, report, atMs)
    return state === movement.state ? [] : [{ ...movement, state, changedAtMs: atMs }]
  })
