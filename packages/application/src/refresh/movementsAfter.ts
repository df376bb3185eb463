/**
 * What a status report proves about captures and refunds that were asked for.
 */
import type { PaymentLine, StatusReport } from "@docdata/domain"
import type { Movement, MovementState } from "../order/Movement.ts"

// The word of a finished capture and of a finished refund is the same.
const stateOf = (word: string): MovementState | undefined => {
  switch (word) {
    case "CAPTURED":
      return "confirmed"
    case "FAILED":
    case "ERROR":
    case "CANCELED":
      return "failed"
    default:
      // NEW, STARTED, and words that are new to us: still under way.
      return undefined
  }
}

const reportedWord = (line: PaymentLine, { kind, reference }: Movement): string | undefined => {
  const { captures, refunds } = line.authorization
  const items = kind === "capture" ? captures : refunds
  return items.find(({ merchantReference }) => merchantReference === reference)?.status
}

const isOpen = ({ state }: Movement): boolean => state !== "confirmed" && state !== "failed"

/**
 * The movements whose state the report settles, with their new state. A report that does not name a movement's
 * reference says nothing about it: an unclear one stays unclear.
 */
export const movementsAfter = (
  movements: ReadonlyArray<Movement>,
  report: StatusReport,
  atMs: number
): ReadonlyArray<Movement> =>
  movements.filter(isOpen).flatMap((movement) => {
    const line = report.payments.find(({ id }) => id === movement.paymentId)
    const word = line === undefined ? undefined : reportedWord(line, movement)
    const state = word === undefined ? undefined : stateOf(word)
    return state === undefined ? [] : [{ ...movement, state, changedAtMs: atMs }]
  })
