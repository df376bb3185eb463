/**
 * Calls of the outbox about one delivery or one subscriber, as tests put them.
 */
import {
  type DeliveryAttempt,
  type DeliveryName,
  type Lease,
  type Outbox,
  WebhookEndpoints
} from "@docdata/application"
import * as Effect from "effect/Effect"

type Service = Outbox["Service"]

/** Claims for one subscriber. */
export const claimFor = (
  outbox: Service,
  { limit, subscriber, ...lease }: Lease & { readonly subscriber: string; readonly limit: number }
) => outbox.claim({ ...lease, subscribers: [{ name: subscriber, limit }] })

/** Whether the delivery was ended by this. */
const hasEnded = (ending: ReturnType<Service["end"]>) => Effect.map(ending, ({ ended }) => ended)

export const delivered = (outbox: Service, name: DeliveryName, atMs: number) =>
  hasEnded(outbox.end(name, { as: "delivered", atMs }))

export const retryLater = (outbox: Service, name: DeliveryName, notBeforeMs: number) =>
  hasEnded(outbox.end(name, { as: "put-back", notBeforeMs }))

export const deadLetter = (
  outbox: Service,
  name: DeliveryName,
  deadLettered: { readonly reason: string; readonly atMs: number }
) => hasEnded(outbox.end(name, { as: "dead-lettered", ...deadLettered }))

/** Notes an attempt whose claim has ended, and answers the endpoint afterwards. */
export const noted = Effect.fnUntraced(
  function*(outbox: Service, { eventId, subscriber, ...attempt }: DeliveryAttempt) {
    yield* outbox.end({ subscriber, eventId, claim: "ended long ago" }, { as: "put-back", notBeforeMs: 0 }, { attempt })
    return yield* (yield* WebhookEndpoints).find(subscriber)
  }
)
