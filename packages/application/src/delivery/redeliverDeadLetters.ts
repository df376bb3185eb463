/**
 * Opens dead-lettered deliveries again, many at a time: after an outage of a subscriber that lasted longer than it was tried.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { EventSubscriber } from "../ports/EventSink.ts"
import { pageSizeMax } from "../ports/OrderStore.ts"
import { Outbox } from "../ports/Outbox.ts"

/** At most so many per call: it ends within a request, and whoever wants more asks again. */
export const redeliverBatchMax = 1_000

/**
 * Opens what was dead-lettered at `deadLetteredFromMs` or later and before `deadLetteredUntilMs`, earliest first and of one order in its
 * order, up to {@link redeliverBatchMax}. Answers how many, and whether there may be more. Safe to repeat: what is open
 * already is no longer dead-lettered. Whoever repeats it says the same `deadLetteredUntilMs` each time, so that it ends although the
 * subscriber still refuses everything.
 */
export const redeliverDeadLetters = Effect.fn("Outbox.redeliverDeadLetters")(function*(
  { name: subscriber, ...kind }: EventSubscriber,
  span: { readonly deadLetteredFromMs: number; readonly deadLetteredUntilMs: number }
) {
  const outbox = yield* Outbox
  let opened = 0
  while (opened < redeliverBatchMax) {
    const limit = Math.min(pageSizeMax, redeliverBatchMax - opened)
    const deadLettered = yield* outbox.deadLettered({ ...span, subscriber, limit })
    const notBeforeMs = yield* Clock.currentTimeMillis
    // Several of one order may have been dead-lettered at one instant.
    const inOrder = deadLettered.toSorted(({ event: a }, { event: b }) =>
      a.revision - b.revision || a.position - b.position
    )
    for (const { event } of inOrder) yield* outbox.redeliver({ ...kind, subscriber, eventId: event.id, notBeforeMs })
    opened += deadLettered.length
    if (deadLettered.length < limit) return { opened, more: false }
  }
  return { opened, more: true }
})
