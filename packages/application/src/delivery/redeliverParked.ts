/**
 * Opens parked deliveries again, many at a time: after an outage of a consumer that lasted longer than it was tried.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { pageSizeMax } from "../ports/OrderStore.ts"
import { Outbox } from "../ports/Outbox.ts"

/** At most so many per call: it ends within a request, and whoever wants more asks again. */
export const redeliverBatchMax = 1_000

/**
 * Opens what was parked at `parkedFromMs` or later, latest first, up to {@link redeliverBatchMax}. Answers how many, and
 * whether there may be more. Safe to repeat: what is open already is no longer parked.
 */
export const redeliverParked = Effect.fn("Outbox.redeliverParked")(function*(consumer: string, parkedFromMs: number) {
  const outbox = yield* Outbox
  let opened = 0
  while (opened < redeliverBatchMax) {
    const parked = yield* outbox.parked(consumer, Math.min(pageSizeMax, redeliverBatchMax - opened))
    const wanted = parked.filter(({ parkedAtMs }) => parkedAtMs >= parkedFromMs)
    const notBeforeMs = yield* Clock.currentTimeMillis
    for (const { event } of wanted) yield* outbox.redeliver({ consumer, eventId: event.id, notBeforeMs })
    opened += wanted.length
    if (wanted.length === 0 || wanted.length < parked.length) return { opened, more: false }
  }
  return { opened, more: true }
})
