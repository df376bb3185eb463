/**
 * Notifications between the moment Docdata was answered and the moment the order was looked at.
 *
 * What every adapter keeps:
 *
 * - **Durable before answered.** When `receive` answers, the item survives a crash.
 * - **One waiting item answers for all.** While an item of an order waits unclaimed, further notifications of
 *   that order are counted on it and write no second one.
 * - **A claim ends.** A claimed item that is neither acknowledged nor put back by `leaseUntilMs` can be claimed
 *   again. A claim that ended can no longer acknowledge.
 * - **Poison stands aside.** A parked item keeps its reason and never stops another one.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StoreFailure } from "./StoreFailure.ts"

/** A notification as it arrived. It says nothing but "look at this order". */
export interface Notification {
  readonly merchant: string
  readonly reference: string
  readonly receivedAtMs: number
}

/** One item. */
export interface InboxItem {
  readonly id: string
  readonly merchant: string
  readonly reference: string
  readonly firstReceivedAtMs: number
  readonly lastReceivedAtMs: number
  /** Notifications it answers for, at least 1. */
  readonly notificationCount: number
  /** Claims so far, this one included. */
  readonly attempts: number
}

/** A claimed item. `claim` proves that the claim is still the latest. */
export interface ClaimedItem extends InboxItem {
  readonly claim: string
}

/** A parked item and why. */
export interface ParkedItem extends InboxItem {
  readonly parkedAtMs: number
  /** A tag and a sentence; no wire text, no personal data. */
  readonly reason: string
}

export class Inbox extends Context.Service<Inbox, {
  /** Writes a notification down. `coalesced` when a waiting item answers for it. */
  readonly receive: (
    notification: Notification & { readonly id: string }
  ) => Effect.Effect<{ readonly id: string; readonly coalesced: boolean }, StoreFailure>
  /** Takes up to `limit` items that may be taken, the longest waiting first; never two of the same order. */
  readonly claim: (
    wish: { readonly nowMs: number; readonly leaseUntilMs: number; readonly limit: number; readonly claim: string }
  ) => Effect.Effect<ReadonlyArray<ClaimedItem>, StoreFailure>
  /** Done. False if the claim ended meanwhile: somebody else has the item. */
  readonly acknowledge: (item: Pick<ClaimedItem, "id" | "claim">) => Effect.Effect<boolean, StoreFailure>
  /** Not now: may be claimed again from `notBeforeMs` on. False if the claim ended meanwhile. */
  readonly putBack: (
    item: Pick<ClaimedItem, "id" | "claim">,
    notBeforeMs: number
  ) => Effect.Effect<boolean, StoreFailure>
  /** Never again by itself. False if the claim ended meanwhile. */
  readonly park: (
    item: Pick<ClaimedItem, "id" | "claim">,
    parking: { readonly reason: string; readonly atMs: number }
  ) => Effect.Effect<boolean, StoreFailure>
  /** Parked items, newest first. */
  readonly parked: (limit: number) => Effect.Effect<ReadonlyArray<ParkedItem>, StoreFailure>
  /** A parked item waits again. False if there is none. */
  readonly unpark: (id: string, notBeforeMs: number) => Effect.Effect<boolean, StoreFailure>
  /** Items that wait or are claimed. */
  readonly backlog: () => Effect.Effect<number, StoreFailure>
}>()("@docdata/application/Inbox") {}
