/**
 * The relay: takes events from the outbox and hands them to their subscribers, at least once and in order per order.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { newId } from "../identifiers.ts"
import { continueTrace, countDelivery, timeDelivery } from "../observability/index.ts"
import {
  type Delivery,
  type DeliveryEnded,
  type DeliveryFailure,
  EventSink,
  type Lease,
  Outbox,
  retryAfterMsMax,
  type StoreFailure
} from "../ports/index.ts"
import { retryDelayMs, WorkCapacity } from "../limits/index.ts"

/** Deliveries at once, per subscriber. */
const relayConcurrency = 16

/** Longer than the slowest delivery: a webhook may take 30 seconds. */
export const relayLeaseMs = 90_000

/** With the delays of `retryDelayMs` about 75 hours of tries, as the Standard Webhooks specification advises. */
export const relayAttemptsMax = 38

const nameOf = ({ claim, event, subscriber }: Delivery) => ({ subscriber, claim, eventId: event.id })

const newLease = Effect.gen(function*(): Effect.fn.Return<Lease> {
  const nowMs = yield* Clock.currentTimeMillis
  return { claim: yield* newId("clm"), nowMs, leaseUntilMs: nowMs + relayLeaseMs }
})

const retryOrDeadLetter = Effect.fnUntraced(
  function*(delivery: Delivery, failure: DeliveryFailure): Effect.fn.Return<DeliveryEnded, StoreFailure, Outbox> {
    const { attempts, subscriber } = delivery
    const outbox = yield* Outbox
    const attempted = failure.attempt === undefined ? {} : { attempt: failure.attempt }
    const next = yield* newLease
    const atMs = next.nowMs
    if (failure.permanent || attempts >= relayAttemptsMax) {
      const end = { as: "dead-lettered", reason: failure.reason, atMs } as const
      const ended = yield* outbox.end(nameOf(delivery), end, { ...attempted, next })
      yield* countDelivery("dead-lettered", subscriber)
      yield* Effect.logWarning("a delivery is dead-lettered", { reason: failure.reason })
      return ended
    }
    const askedMs = Math.min(failure.retryAfterMs ?? 0, retryAfterMsMax)
    const notBeforeMs = atMs + Math.max(askedMs, yield* retryDelayMs(attempts))
    const ended = yield* outbox.end(nameOf(delivery), { as: "put-back", notBeforeMs }, attempted)
    yield* countDelivery("repeated", subscriber)
    return ended
  }
)

const afterDelivered = Effect.fnUntraced(function*(delivery: Delivery) {
  const { event, subscriber } = delivery
  const attempt = yield* (yield* EventSink).deliver(subscriber, event)
  const next = yield* newLease
  const end = { as: "delivered", atMs: next.nowMs } as const
  const ended = yield* (yield* Outbox).end(nameOf(delivery), end, {
    next,
    ...(attempt === undefined ? {} : { attempt })
  })
  yield* countDelivery("delivered", subscriber)
  yield* timeDelivery(subscriber, next.nowMs - event.occurredAtMs)
  return ended
})

/** Hands one event over and answers the next one of its order, claimed already. */
const handOver = (delivery: Delivery): Effect.Effect<Delivery | undefined, never, EventSink | Outbox> =>
  afterDelivered(delivery).pipe(
    Effect.catchTag("DeliveryFailure", (failure) => retryOrDeadLetter(delivery, failure)),
    Effect.map(({ next }) => next),
    // What could not be written down leaves the claim to run out: the event is handed over again, with the same id.
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError("delivery comes back when its claim ends", cause), undefined)
    ),
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

const handOverAll = Effect.fnUntraced(function*(first: Delivery) {
  for (let delivery: Delivery | undefined = first; delivery !== undefined;) delivery = yield* handOver(delivery)
})

const lineOf = (subscriber: string): string => `outbox ${subscriber}`

const claimFor = Effect.fnUntraced(function*(subscribers: ReadonlyArray<string>, free: ReadonlyMap<string, number>) {
  const lease = yield* newLease
  const limits = subscribers.flatMap((name) => {
    const limit = free.get(lineOf(name))
    return limit === undefined ? [] : [{ name, limit }]
  })
  const deliveries = yield* (yield* Outbox).claim({ ...lease, subscribers: limits })
  return deliveries.map((delivery) => ({
    line: lineOf(delivery.subscriber),
    key: `${delivery.event.id} ${lease.claim}`,
    work: handOverAll(delivery)
  }))
})

/**
 * One round over all subscribers at once. Answers how many orders' deliveries were begun; each goes on with the later
 * events of its order. A slow subscriber delays only itself, and only the orders whose events it is slow with.
 */
export const relayEvents = Effect.fnUntraced(function*() {
  const subscribers = yield* (yield* EventSink).subscribers()
  return yield* (yield* WorkCapacity).fillTogether(subscribers.map(lineOf), {
    limit: relayConcurrency,
    take: (free) => claimFor(subscribers, free)
  })
})
