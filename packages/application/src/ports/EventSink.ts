/**
 * Where events go: webhooks, a queue, a stream inside this process. The relay takes them from the outbox and
 * hands them over here.
 *
 * What every adapter keeps:
 *
 * - **Taken means kept.** `deliver` answers only when the consumer has the event for good; then it is never
 *   delivered again by the relay.
 * - **Repeats happen.** An event may be handed over more than once, always with the same id and contents; the
 *   consumer recognises it by the id.
 * - **Names are stable.** A consumer's name is where its deliveries are kept; renaming it starts a new consumer.
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { StoredEvent } from "../order/StoredEvent.ts"

/**
 * The consumer did not take the event. With `permanent` it never will (a webhook answered 410): the delivery is
 * parked at once, the consumer's other deliveries go on.
 */
export class DeliveryFailed extends Data.TaggedError("DeliveryFailed")<{
  readonly consumer: string
  readonly eventId: string
  readonly permanent: boolean
  /** A tag and a sentence; no event contents, no secrets. */
  readonly reason: string
}> {
  override get message(): string {
    return `${this.consumer} did not take event ${this.eventId}: ${this.reason}`
  }
}

export class EventSink extends Context.Service<EventSink, {
  /** Names of all consumers of this moment; a commit opens a delivery for each. */
  readonly consumers: () => Effect.Effect<ReadonlyArray<string>>
  readonly deliver: (consumer: string, event: StoredEvent) => Effect.Effect<void, DeliveryFailed>
}>()("@docdata/application/EventSink") {}
