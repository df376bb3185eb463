/**
 * The relay: takes events from the outbox and hands them to their subscribers, at least once and in order per order.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { newId } from "../identifiers.ts"
import { countDelivery, timeDelivery } from "../observability/counts.ts"
import { continueTrace } from "../observability/traceContext.ts"
import { type DeliveryFailure, EventSink, retryAfterMsMax } from "../ports/EventSink.ts"
import { type Delivery, Outbox } from "../ports/Outbox.ts"
import { retryDelayMs } from "../schedule/retryDelay.ts"
import { type Capacity, WorkCapacity } from "../background/WorkCapacity.ts"

/** Deliveries at once, per subscriber. */
export const relayConcurrency = 16

/** Longer than the slowest delivery: a webhook may take 30 seconds. */
export const relayLeaseMs = 90_000

/** With the delays of `retryDelayMs` about 75 hours of tries, as the Standard Webhooks specification advises. */
export const relayAttemptsMax = 38

const retryOrDeadLetter = Effect.fnUntraced(
  function*({ attempts, claim, subscriber, event }: Delivery, failure: DeliveryFailure) {
    const outbox = yield* Outbox
    const name = { subscriber, claim, eventId: event.id }
    const atMs = yield* Clock.currentTimeMillis
    if (failure.permanent || attempts >= relayAttemptsMax) {
      yield* outbox.deadLetter(name, { reason: failure.reason, atMs })
      yield* countDelivery("dead-lettered", subscriber)
      yield* Effect.logWarning("a delivery is dead-lettered", { reason: failure.reason })
    } else {
      const askedMs = Math.min(failure.retryAfterMs ?? 0, retryAfterMsMax)
      yield* outbox.retryLater(name, atMs + Math.max(askedMs, yield* retryDelayMs(attempts)))
      yield* countDelivery("repeated", subscriber)
    }
  }
)

const handOver = (delivery: Delivery) =>
  Effect.gen(function*() {
    const { claim, subscriber, event } = delivery
    yield* (yield* EventSink).deliver(subscriber, event)
    const outbox = yield* Outbox
    const atMs = yield* Clock.currentTimeMillis
    yield* outbox.delivered({ subscriber, claim, eventId: event.id }, atMs)
    yield* countDelivery("delivered", subscriber)
    yield* timeDelivery(subscriber, atMs - event.occurredAtMs)
  }).pipe(
    Effect.catchTag("DeliveryFailure", (failure) => retryOrDeadLetter(delivery, failure)),
    // What could not be written down leaves the claim to run out: the event is handed over again, with the same id.
    Effect.catchCause((cause) => Effect.logError("delivery comes back when its claim ends", cause)),
    Effect.withSpan("Outbox.deliver", {
      kind: "consumer",
      attributes: {
        "docdata.merchant": delivery.event.merchant,
        "docdata.order_id": delivery.event.orderId,
        "docdata.event_id": delivery.event.id,
        "docdata.event_type": delivery.event.payload.type,
        "docdata.subscriber": delivery.subscriber,
        "docdata.delivery_attempt": delivery.attempts
      }
    }, { captureStackTrace: false }),
    Effect.annotateLogs({
      merchant: delivery.event.merchant,
      orderId: delivery.event.orderId,
      eventId: delivery.event.id,
      subscriber: delivery.subscriber
    }),
    continueTrace(delivery.event.traceparent)
  )

const claimFor = Effect.fnUntraced(function*(subscriber: string, { free }: Capacity) {
  const outbox = yield* Outbox
  const nowMs = yield* Clock.currentTimeMillis
  const claim = yield* newId("clm")
  const deliveries = yield* outbox.claim({
    subscriber,
    nowMs,
    leaseUntilMs: nowMs + relayLeaseMs,
    limit: free,
    claim
  })
  return deliveries.map((delivery) => ({ key: `${delivery.event.id} ${claim}`, work: handOver(delivery) }))
})

/**
 * One round over all subscribers at once. Answers how many deliveries were begun. A slow subscriber delays only itself, and
 * only the orders whose events it is slow with.
 */
export const relayEvents = Effect.fnUntraced(function*() {
  const capacity = yield* WorkCapacity
  const subscribers = yield* (yield* EventSink).subscribers()
  const counts = yield* Effect.forEach(
    subscribers,
    (subscriber) =>
      capacity.fill(`outbox ${subscriber}`, {
        limit: relayConcurrency,
        take: (capacity) => claimFor(subscriber, capacity)
      }),
    { concurrency: "unbounded" }
  )
  return counts.reduce((sum, count) => sum + count, 0)
})
