/**
 * The relay: takes events from the outbox and hands them to their consumers, at least once and in order per order.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { newId } from "../identifiers.ts"
import { continueTrace, countDelivery, timeDelivery } from "../observability/index.ts"
import { type Delivery, type DeliveryFailed, EventSink, Outbox, retryAfterMsMax } from "../ports/index.ts"
import { retryDelayMs, type Room, WorkSlots } from "../limits/index.ts"

/** Deliveries at once, per consumer. */
const relaySlots = 16

/** Longer than the slowest delivery: a webhook may take 30 seconds. */
export const relayLeaseMs = 90_000

/** With the delays of `retryDelayMs` about 75 hours of tries, as the Standard Webhooks specification advises. */
export const relayAttemptsMax = 38

const settle = Effect.fnUntraced(function*({ attempts, claim, consumer, event }: Delivery, failure: DeliveryFailed) {
  const outbox = yield* Outbox
  const name = { consumer, claim, eventId: event.id }
  const atMs = yield* Clock.currentTimeMillis
  if (failure.permanent || attempts >= relayAttemptsMax) {
    yield* outbox.park(name, { reason: failure.reason, atMs })
    yield* countDelivery("parked", consumer)
    yield* Effect.logWarning("a delivery is parked", { reason: failure.reason })
  } else {
    const askedMs = Math.min(failure.retryAfterMs ?? 0, retryAfterMsMax)
    yield* outbox.putBack(name, atMs + Math.max(askedMs, yield* retryDelayMs(attempts)))
    yield* countDelivery("repeated", consumer)
  }
})

const handOver = (delivery: Delivery) =>
  Effect.gen(function*() {
    const { claim, consumer, event } = delivery
    yield* (yield* EventSink).deliver(consumer, event)
    const outbox = yield* Outbox
    const atMs = yield* Clock.currentTimeMillis
    yield* outbox.delivered({ consumer, claim, eventId: event.id }, atMs)
    yield* countDelivery("delivered", consumer)
    yield* timeDelivery(consumer, atMs - event.occurredAtMs)
  }).pipe(
    Effect.catchTag("DeliveryFailed", (failure) => settle(delivery, failure)),
    // What could not be written down leaves the claim to run out: the event is handed over again, with the same id.
    Effect.catchCause((cause) => Effect.logError("delivery comes back when its claim ends", cause)),
    Effect.withSpan("Outbox.deliver", {
      kind: "consumer",
      attributes: {
        "docdata.merchant": delivery.event.merchant,
        "docdata.order_id": delivery.event.orderId,
        "docdata.event_id": delivery.event.id,
        "docdata.event_type": delivery.event.news.type,
        "docdata.consumer": delivery.consumer,
        "docdata.attempt": delivery.attempts
      }
    }, { captureStackTrace: false }),
    Effect.annotateLogs({
      merchant: delivery.event.merchant,
      orderId: delivery.event.orderId,
      eventId: delivery.event.id,
      consumer: delivery.consumer
    }),
    continueTrace(delivery.event.traceparent)
  )

const claimFor = Effect.fnUntraced(function*(consumer: string, { free }: Room) {
  const outbox = yield* Outbox
  const nowMs = yield* Clock.currentTimeMillis
  const claim = yield* newId("clm")
  const deliveries = yield* outbox.claim({
    consumer,
    nowMs,
    leaseUntilMs: nowMs + relayLeaseMs,
    limit: free,
    claim
  })
  return deliveries.map((delivery) => ({ key: `${delivery.event.id} ${claim}`, work: handOver(delivery) }))
})

/**
 * One round over all consumers at once. Answers how many deliveries were begun. A slow consumer delays only itself, and
 * only the orders whose events it is slow with.
 */
export const relayEvents = Effect.fnUntraced(function*() {
  const slots = yield* WorkSlots
  const consumers = yield* (yield* EventSink).consumers()
  const counts = yield* Effect.forEach(
    consumers,
    (consumer) => slots.fill(`outbox ${consumer}`, { slots: relaySlots, take: (room) => claimFor(consumer, room) }),
    { concurrency: "unbounded" }
  )
  return counts.reduce((sum, count) => sum + count, 0)
})
