/**
 * Captures and refunds, from the request to the proof. Each function is one synchronous step.
 */
import { type Modification, ModificationTooLarge, type OrderStore } from "@docdata/application"
import { isCountedModification, modificationAfter } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type OrderRecord, within } from "./MemoryState.ts"
import { compareText } from "./SortedIndex.ts"

type Resolution = Parameters<OrderStore["Service"]["resolve"]>[0]

export const intend = (record: OrderRecord, request: Modification, limitMinor: number) => {
  const { amountMinor, kind, orderId, paymentId, reference } = request
  const stored = record.modifications.get(within(kind, reference))
  if (stored !== undefined) return Effect.succeed({ created: false, modification: stored })
  let takenMinor = 0
  for (const modification of record.modifications.values()) {
    if (
      modification.kind === kind && modification.paymentId === paymentId && isCountedModification(modification.state)
    ) {
      takenMinor += modification.amountMinor
    }
  }
  if (takenMinor + amountMinor > limitMinor) {
    const leftMinor = Math.max(0, limitMinor - takenMinor)
    return Effect.fail(new ModificationTooLarge({ orderId, paymentId, askedMinor: amountMinor, leftMinor }))
  }
  const modification: Modification = { ...request, state: "intended" }
  record.modifications.set(within(kind, reference), modification)
  return Effect.succeed({ created: true, modification })
}

export const resolve = (record: OrderRecord | undefined, { atMs, cause, kind, reference }: Resolution): boolean => {
  const modification = record?.modifications.get(within(kind, reference))
  const state = modification && modificationAfter(modification.state, cause)
  if (record === undefined || modification === undefined || state === undefined) return false
  record.modifications.set(within(kind, reference), { ...modification, state, changedAtMs: atMs })
  return true
}

export const withdraw = (
  record: OrderRecord | undefined,
  { kind, reference }: Pick<Modification, "kind" | "reference">
): boolean => {
  const name = within(kind, reference)
  return record?.modifications.get(name)?.state === "intended" && record.modifications.delete(name)
}

/** The order of a list of modifications: by request, then kind, then reference. */
export const inOrder = (modifications: Iterable<Modification>): ReadonlyArray<Modification> =>
  [...modifications].toSorted((a, b) =>
    a.requestedAtMs - b.requestedAtMs || compareText(a.kind, b.kind) || compareText(a.reference, b.reference)
  )
