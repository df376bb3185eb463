/**
 * How the deliveries of a subscriber stand, and what each attempt came to.
 *
 * What every adapter keeps:
 *
 * - **Nothing that was sent or answered is kept**, only how it went.
 * - **Noted with the delivery.** `Outbox.end` writes an attempt down, in the transaction in which the delivery moves.
 * - **Bounded.** Of a delivery the newest {@link attemptsKept} attempts are kept, and none without a delivery.
 * - **Newest first.** Deliveries are listed by their event: when it occurred, then order id, revision and position, all
 *   descending, and page by the last of the page before.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { DeliveryAttempt } from "./records/DeliveryAttempt.ts"
import type { StoredEvent } from "./records/StoredEvent.ts"
import type { Page } from "./OrderStore.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** More than the relay makes before it gives up, so that the whole story of a delivery is there. */
export const attemptsKept = 50

/** `waiting`: will be tried, or is being tried at this moment. `dead-lettered`: given up until somebody redelivers it. */
export const deliveryStates = ["waiting", "delivered", "dead-lettered"] as const

/** One of {@link deliveryStates}. */
export type DeliveryState = (typeof deliveryStates)[number]

/** One event for one subscriber, and where it stands. */
export interface DeliveryOverview {
  readonly subscriber: string
  readonly event: StoredEvent
  readonly state: DeliveryState
  /** How often it was handed out since it was opened, or opened again. */
  readonly attempts: number
  /** When a waiting one was put off to; absent if it goes as soon as it can. */
  readonly notBeforeMs?: number
  /** When and why a dead-lettered one was given up. */
  readonly deadLettered?: { readonly atMs: number; readonly reason: string }
}

/** Where a list goes on: after the delivery of this event. */
export type DeliveryCursor = Pick<StoredEvent, "occurredAtMs" | "orderId" | "revision" | "position">

export class DeliveryLog extends Context.Service<DeliveryLog, {
  /** The attempts of a delivery, oldest first. */
  readonly attempts: (
    subscriber: string,
    eventId: string
  ) => Effect.Effect<ReadonlyArray<DeliveryAttempt>, StoreFailure>
  /** Deliveries in one state, newest event first, at most `pageSizeMax`. */
  readonly list: (
    question: { readonly subscriber: string; readonly state: DeliveryState },
    page: { readonly after?: DeliveryCursor; readonly limit: number }
  ) => Effect.Effect<Page<DeliveryOverview, DeliveryCursor>, StoreFailure>
  /** One delivery, if the subscriber has it. */
  readonly find: (subscriber: string, eventId: string) => Effect.Effect<DeliveryOverview | undefined, StoreFailure>
  /** All deliveries of an event, by subscriber: also to those that nobody delivers to any more. */
  readonly ofEvent: (eventId: string) => Effect.Effect<ReadonlyArray<DeliveryOverview>, StoreFailure>
}>()("@docdata/application/DeliveryLog") {}
