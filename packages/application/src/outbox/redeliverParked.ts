/**
 * Opens parked deliveries again, many at a time: after an outage of a consumer that lasted longer than it was tried.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type Hearer, Outbox, pageSizeMax } from "../ports/index.ts"

/** At most so many per call: it ends within a request, and whoever wants more asks again. */
const redeliverBatchMax = 1_000

/**
 * Opens what was parked at `parkedFromMs` or later and before `parkedUntilMs`, earliest first and of one order in its
 * order, up to {@link redeliverBatchMax}. Answers how many, and whether there may be more. Safe to repeat: what is open
 * already is no longer parked. Whoever repeats it says the same `parkedUntilMs` each time, so that it ends although the
 * consumer still refuses everything.
 */
export const redeliverParked = Effect.fn("Outbox.redeliverParked")(function*(
  { name: consumer, ...kind }: Hearer,
  span: { readonly parkedFromMs: number; readonly parkedUntilMs: number }
) {
  const outbox = yield* Outbox
  let opened = 0
  while (opened < redeliverBatchMax) {
    const limit = Math.min(pageSizeMax, redeliverBatchMax - opened)
    const parked = yield* outbox.parked({ ...span, consumer, limit })
    const notBeforeMs = yield* Clock.currentTimeMillis
    // Several of one order may have been parked at one instant.
    const inOrder = parked.toSorted(({ event: a }, { event: b }) => a.revision - b.revision || a.position - b.position)
    for (const { event } of inOrder) yield* outbox.redeliver({ ...kind, consumer, eventId: event.id, notBeforeMs })
    opened += parked.length
    if (parked.length < limit) return { opened, more: false }
  }
  return { opened, more: true }
})
