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
 * - **Nothing is told into the void.** If it cannot be found out who has to hear of a change, that is a failure, and
 *   the change is not stored: an event without its deliveries would never be told.
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { OrderNews, StoredEvent } from "./records/StoredEvent.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** One who hears of something. */
export interface Hearer {
  readonly name: string
  /** The name is the id of an endpoint of `WebhookEndpoints`: once that is removed, it hears of nothing any more. */
  readonly isStoredEndpoint?: boolean
}

/** Who hears of events: of all of them, or of these types only. A name alone is that of no stored endpoint. */
export type Consumer = string | (Hearer & { readonly types: ReadonlyArray<OrderNews["type"]> | "all" })

/** Those who hear of one piece of news, each name once, in the order given. */
export const hearersOf = ({ type }: OrderNews, consumers: ReadonlyArray<Consumer>): ReadonlyArray<Hearer> => {
  const hearers = new Map<string, Hearer>()
  for (const consumer of consumers) {
    const { types, ...hearer } = typeof consumer === "string" ? { name: consumer, types: "all" as const } : consumer
    if (types !== "all" && !types.includes(type)) continue
    if (!hearers.has(hearer.name)) hearers.set(hearer.name, hearer)
  }
  return [...hearers.values()]
}

/** A consumer may ask for rest, but not for so much that its events are given up before they are tried again. */
export const retryAfterMsMax = 4 * 60 * 60 * 1000

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
  /** How long the consumer asks to be left alone; the relay waits no shorter, within {@link retryAfterMsMax}. */
  readonly retryAfterMs?: number
}> {
  override get message(): string {
    return `${this.consumer} did not take event ${this.eventId}: ${this.reason}`
  }
}

export class EventSink extends Context.Service<EventSink, {
  /** Who is to hear of what changes for a merchant at this moment; a commit opens deliveries for them. */
  readonly audience: (merchant: string) => Effect.Effect<ReadonlyArray<Consumer>, StoreFailure>
  /** The names that the relay hands deliveries to at this moment. What waits for others goes on waiting. */
  readonly consumers: () => Effect.Effect<ReadonlyArray<string>, StoreFailure>
  readonly deliver: (consumer: string, event: StoredEvent) => Effect.Effect<void, DeliveryFailed>
}>()("@docdata/application/EventSink") {}
