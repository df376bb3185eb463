/**
 * Where events go: webhooks, a queue, a stream inside this process. The relay takes them from the outbox and
 * hands them over here.
 *
 * What every adapter keeps:
 *
 * - **Taken means kept.** `deliver` answers only when the subscriber has the event for good; then it is never
 *   delivered again by the relay.
 * - **Repeats happen.** An event may be handed over more than once, always with the same id and contents; the
 *   subscriber recognises it by the id.
 * - **Names are stable.** A subscriber's name is where its deliveries are kept; renaming it starts a new subscriber.
 * - **Nothing is told into the void.** If it cannot be found out who has to receive a change, that is a failure, and
 *   the change is not stored: an event without its deliveries would never be told.
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Tried } from "./records/DeliveryAttempt.ts"
import type { EventPayload, StoredEvent } from "./records/StoredEvent.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** One who receives something. */
export interface EventSubscriber {
  readonly name: string
  /** The name is the id of an endpoint of `WebhookEndpoints`: once that is removed, it receives nothing any more. */
  readonly isStoredEndpoint?: boolean
}

/** Who receives events: of all of them, or of these types only. A name alone is that of no stored endpoint. */
export type Subscriber = string | (EventSubscriber & { readonly types: ReadonlyArray<EventPayload["type"]> | "all" })

/** Those who receive one event, each name once, in the order given. */
export const subscribersOf = (
  { type }: EventPayload,
  subscribers: ReadonlyArray<Subscriber>
): ReadonlyArray<EventSubscriber> => {
  const found = new Map<string, EventSubscriber>()
  for (const subscriber of subscribers) {
    const { types, ...one } = typeof subscriber === "string" ? { name: subscriber, types: "all" as const } : subscriber
    if (types !== "all" && !types.includes(type)) continue
    if (!found.has(one.name)) found.set(one.name, one)
  }
  return [...found.values()]
}

/** A subscriber may ask for rest, but not for so much that its events are given up before they are tried again. */
export const retryAfterMsMax = 4 * 60 * 60 * 1000

/**
 * The subscriber did not take the event. With `permanent` it never will (a webhook answered 410): the delivery is
 * dead-lettered at once, the subscriber's other deliveries go on.
 */
export class DeliveryFailure extends Data.TaggedError("DeliveryFailure")<{
  readonly subscriber: string
  readonly eventId: string
  readonly permanent: boolean
  /** A tag and a sentence; no event contents, no secrets. */
  readonly reason: string
  /** How long the subscriber asks to be left alone; the relay waits no shorter, within {@link retryAfterMsMax}. */
  readonly retryAfterMs?: number
  /** How the try went, if there was one. */
  readonly attempt?: Tried
}> {
  override get message(): string {
    return `${this.subscriber} did not take event ${this.eventId}: ${this.reason}`
  }
}

export class EventSink extends Context.Service<EventSink, {
  /** Who is to receive what changes for a merchant at this moment; a commit opens deliveries for them. */
  readonly subscribersFor: (merchant: string) => Effect.Effect<ReadonlyArray<Subscriber>, StoreFailure>
  /** The names that the relay hands deliveries to at this moment. What waits for others goes on waiting. */
  readonly subscribers: () => Effect.Effect<ReadonlyArray<string>, StoreFailure>
  /** Answers how the try went, where that is to be kept. */
  readonly deliver: (subscriber: string, event: StoredEvent) => Effect.Effect<Tried | undefined, DeliveryFailure>
}>()("@docdata/application/EventSink") {}
