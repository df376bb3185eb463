/**
 * Events between the commit that caused them and the subscribers that have to receive them.
 *
 * What every adapter keeps:
 *
 * - **At least once, by state.** A delivery is open until it is marked delivered. It is claimed by its state,
 *   never by a position in a list, so that a commit that becomes visible late is not skipped.
 * - **In order per order.** For one subscriber and one order, events are claimable one after the other, by
 *   revision and position: the next only when the one before is delivered or dead-lettered.
 * - **A slow subscriber delays only itself**, and one order of it delays only that order.
 * - **A claim ends** as in the inbox, and when the delivery is marked delivered.
 * - **Repeats are the same.** A delivery that is claimed again has the same event id and the same contents.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Tried } from "./records/DeliveryAttempt.ts"
import type { StoredEvent } from "./records/StoredEvent.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** One event for one subscriber. */
export interface Delivery {
  readonly subscriber: string
  readonly event: StoredEvent
  /** Claims since it was opened, or opened again; this one included. */
  readonly attempts: number
  readonly claim: string
}

/** Names a claimed delivery. */
export type DeliveryName = Pick<Delivery, "subscriber" | "claim"> & { readonly eventId: string }

/** Who claims, from when on, and until when: see `claim`. */
export interface Lease {
  readonly claim: string
  readonly nowMs: number
  readonly leaseUntilMs: number
}

/** What comes of a claimed delivery. */
export type DeliveryEnd =
  /** The subscriber has it. */
  | { readonly as: "delivered"; readonly atMs: number }
  /** Given up. */
  | { readonly as: "dead-lettered"; readonly atMs: number; readonly reason: string }
  /** Try again from `notBeforeMs` on. */
  | { readonly as: "put-back"; readonly notBeforeMs: number }

/** What goes along with the end of a delivery. */
export interface EndOptions {
  /** How the try went; it is noted, and counts for the health of the endpoint, whether or not the claim has ended. */
  readonly attempt?: Tried
  /** Claims the next delivery of the order for the same subscriber, if it may be claimed. Not after `put-back`. */
  readonly next?: Lease
}

/** What `end` did. */
export interface DeliveryEnded {
  /** False if the claim had ended before: nothing was changed but the log. */
  readonly ended: boolean
  readonly next?: Delivery
}

/** A delivery that was given up, and why. */
export interface DeadLetteredDelivery extends Omit<Delivery, "claim"> {
  readonly deadLetteredAtMs: number
  readonly reason: string
}

/** Which dead-lettered deliveries are meant. */
export interface DeadLetterQuestion {
  readonly subscriber: string
  readonly deadLetteredFromMs: number
  readonly deadLetteredUntilMs: number
  readonly limit: number
}

export class Outbox extends Context.Service<Outbox, {
  /**
   * Takes up to `limit` deliveries of each subscriber (at most `pageSizeMax`), at most one per order, the oldest events
   * first, then by order id; subscriber by subscriber, as they are given. Costs what it takes, however many are open, and
   * writes nothing when nothing may be claimed: when thousands become claimable at once, a store may look at some of
   * them first.
   */
  readonly claim: (
    request: Lease & {
      readonly subscribers: ReadonlyArray<{ readonly name: string; readonly limit: number }>
    }
  ) => Effect.Effect<ReadonlyArray<Delivery>, StoreFailure>
  /**
   * Ends the claim of a delivery, in one transaction with what is noted of the try. After `delivered` and
   * `dead-lettered` the next event of the order becomes claimable; it is claimed at once for whoever asks.
   */
  readonly end: (
    delivery: DeliveryName,
    end: DeliveryEnd,
    options?: EndOptions
  ) => Effect.Effect<DeliveryEnded, StoreFailure>
  /**
   * Deliveries of a subscriber that were dead-lettered at `deadLetteredFromMs` or later and before `deadLetteredUntilMs`, earliest dead-lettered
   * first, then by event id; at most `pageSizeMax`.
   */
  readonly deadLettered: (
    question: DeadLetterQuestion
  ) => Effect.Effect<ReadonlyArray<DeadLetteredDelivery>, StoreFailure>
  /**
   * Opens a delivered or dead-lettered delivery again, or makes one for a subscriber that had none; one that waits may be
   * claimed from `notBeforeMs` on instead, one that is claimed stays. An opened one goes before the later events of
   * its order again. All but a claimed one have their attempts anew. False without event, or without the endpoint.
   */
  readonly redeliver: (
    request: {
      readonly subscriber: string
      readonly isStoredEndpoint?: boolean
      readonly eventId: string
      readonly notBeforeMs: number
    }
  ) => Effect.Effect<boolean, StoreFailure>
  /** Open deliveries of a subscriber: those that wait or are claimed. */
  readonly backlog: (subscriber: string) => Effect.Effect<number, StoreFailure>
}>()("@docdata/application/Outbox") {}
