/**
 * Captures and refunds, from the wish to the proof. Each function is one synchronous step.
 */
import { type Movement, MovementTooLarge, type OrderStore } from "@docdata/application"
import { isCountedModification, modificationAfter } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type OrderRecord, within } from "./MemoryState.ts"
import { compareText } from "./SortedIndex.ts"

type Settlement = Parameters<OrderStore["Service"]["settle"]>[0]

export const intend = (record: OrderRecord, wish: Movement, limitMinor: number) => {
  const { amountMinor, kind, orderId, paymentId, reference } = wish
  const stored = record.movements.get(within(kind, reference))
  if (stored !== undefined) return Effect.succeed({ created: false, movement: stored })
  let takenMinor = 0
  for (const movement of record.movements.values()) {
    if (movement.kind === kind && movement.paymentId === paymentId && isCountedModification(movement.state)) {
      takenMinor += movement.amountMinor
    }
  }
  if (takenMinor + amountMinor > limitMinor) {
    const leftMinor = Math.max(0, limitMinor - takenMinor)
    return Effect.fail(new MovementTooLarge({ orderId, paymentId, askedMinor: amountMinor, leftMinor }))
  }
  const movement: Movement = { ...wish, state: "intended" }
  record.movements.set(within(kind, reference), movement)
  return Effect.succeed({ created: true, movement })
}

export const settle = (record: OrderRecord | undefined, { atMs, cause, kind, reference }: Settlement): boolean => {
  const movement = record?.movements.get(within(kind, reference))
  const state = movement && modificationAfter(movement.state, cause)
  if (record === undefined || movement === undefined || state === undefined) return false
  record.movements.set(within(kind, reference), { ...movement, state, changedAtMs: atMs })
  return true
}

/** The order of a list of movements: by request, then kind, then reference. */
export const inOrder = (movements: Iterable<Movement>): ReadonlyArray<Movement> =>
  [...movements].toSorted((a, b) =>
    a.requestedAtMs - b.requestedAtMs || compareText(a.kind, b.kind) || compareText(a.reference, b.reference)
  )
