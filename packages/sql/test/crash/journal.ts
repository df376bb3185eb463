/**
 * What a worker process says about itself, line by line, before it is killed.
 *
 * A line is written by a system call that returns when the parent's pipe has it: what was said, was said, also if the
 * process dies right after. `acknowledged` lines are written after the store answered: those must be there after a
 * crash. `about` lines are written before the store is asked: those may be there.
 */
import { writeSync } from "node:fs"

export type Line =
  | { readonly kind: "ready" }
  /** A notification of an order was answered. */
  | { readonly kind: "notified"; readonly reference: string }
  /** An item that answers for so many notifications was handled and is about to be acknowledged. */
  | { readonly kind: "handled"; readonly id: string; readonly reference: string; readonly count: number }
  /** A change was answered, with so many events. */
  | { readonly kind: "committed"; readonly orderId: string; readonly revision: number; readonly events: number }
  /** A modification was answered as stored. */
  | { readonly kind: "intended"; readonly orderId: string; readonly reference: string }
  /** A modification was answered as moved on. */
  | { readonly kind: "settled"; readonly orderId: string; readonly reference: string }
  /** An event was handed to a subscriber, and is about to be marked. */
  | { readonly kind: "handed"; readonly subscriber: string; readonly id: string; readonly bytes: string }
  /** An event was marked delivered, and the store said so. */
  | { readonly kind: "delivered"; readonly subscriber: string; readonly id: string }
  /** A store failed, with the code. Nothing is known then, and nothing is claimed. */
  | { readonly kind: "failed"; readonly operation: string; readonly code: string; readonly retryable: boolean }
  /** The worker found something that may not be. */
  | { readonly kind: "wrong"; readonly what: string }

export const say = (line: Line): void => {
  const bytes = new TextEncoder().encode(`${JSON.stringify(line)}\n`)
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written)
    } catch (error) {
      // The pipe is full for a moment.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error
    }
  }
}

/** All whole lines; the last one may have been cut off, and then it was not said. */
export const readLines = (output: string): ReadonlyArray<Line> =>
  output.split("\n").slice(0, -1).map((line) => JSON.parse(line) as Line)
