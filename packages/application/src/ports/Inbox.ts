/**
 * Notifications between the moment Docdata was answered and the moment the order was refreshed.
 *
 * What every adapter keeps:
 *
 * - **Durable before answered.** When `receive` answers, the item survives a crash.
 * - **One waiting item answers for all.** While an item of an order waits unclaimed, further notifications of
 *   that order are counted on it and write no second one: an order has at most one waiting item, also when many
 *   notify at once. A claimed item answers for nothing new, even when its time is over: whoever claimed it may have
 *   asked Docdata before the events.
 * - **Merchants are apart.** Items are claimed merchant by merchant, so that one with many items, or with an account
 *   that hangs, makes nobody else's wait.
 * - **One at a time.** While an item of an order is claimed and its time is not over, no other item of that order is
 *   handed out.
 * - **A claim ends.** A claimed item that is neither acknowledged nor retried later by `leaseUntilMs` can be claimed
 *   again, from that instant on. A claim ends when the item is claimed again, acknowledged, retried later or dead-lettered; then
 *   it can no longer do any of these. Time alone does not end it: nobody else has the item yet.
 * - **The trace goes along.** An item keeps the `traceparent` of the notification that it was written for, also when
 *   others are counted on it or folded into it.
 * - **Poison stands aside.** A dead-lettered item keeps its reason and never stops another one.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StoreFailure } from "./StoreFailure.ts"

/** A notification as it arrived. It says nothing but "refresh this order". */
export interface Notification {
  readonly merchant: string
  readonly orderReference: string
  readonly receivedAtMs: number
  /** The trace it came in, W3C `traceparent`. Absent where nothing is traced. */
  readonly traceparent?: string
}

/** One item. An order is named by its merchant and reference; it need not exist. */
export interface InboxItem {
  readonly id: string
  readonly merchant: string
  readonly orderReference: string
  readonly firstReceivedAtMs: number
  readonly lastReceivedAtMs: number
  /** Notifications it answers for, at least 1. */
  readonly notificationCount: number
  /** Claims so far, this one included. */
  readonly attempts: number
  readonly traceparent?: string
}

/** A claimed item. `claim` proves that the claim is still the latest. */
export interface ClaimedItem extends InboxItem {
  readonly claim: string
}

/** A dead-lettered item and why. */
export interface DeadLetteredItem extends InboxItem {
  readonly deadLetteredAtMs: number
  /** A tag and a sentence; no wire text, no personal data. */
  readonly reason: string
}

export class Inbox extends Context.Service<Inbox, {
  /**
   * Writes a notification down; it can be claimed at once, whatever the clocks say. `coalesced` when a waiting item
   * answers for it, whose id is answered. A notification whose `id` is stored already writes nothing.
   */
  readonly receive: (
    notification: Notification & { readonly id: string }
  ) => Effect.Effect<{ readonly id: string; readonly coalesced: boolean }, StoreFailure>
  /**
   * Merchants with an item whose time has come, by name: whoever works on the inbox asks for each of them. As many as
   * there are: a notification is received for orders of configured accounts only. One of whom all such items are held
   * back by claimed ones may be among them.
   */
  readonly merchants: (nowMs: number) => Effect.Effect<ReadonlyArray<string>, StoreFailure>
  /**
   * Takes up to `limit` items (at most `pageSizeMax`) of a merchant that may be taken; never two of the same order,
   * of which the one with the earlier first notification goes first. Those are taken first that could have been for
   * the longest time: a new one since its first notification, one that waited since its time came, one that was
   * claimed since the claim's time was over; those of one instant by id. The answer is by first notification, then by
   * id.
   */
  readonly claim: (
    request: {
      readonly merchant: string
      readonly nowMs: number
      readonly leaseUntilMs: number
      readonly limit: number
      readonly claim: string
    }
  ) => Effect.Effect<ReadonlyArray<ClaimedItem>, StoreFailure>
  /** Done. False if the claim ended meanwhile: somebody else has the item. */
  readonly acknowledge: (item: Pick<ClaimedItem, "id" | "claim">) => Effect.Effect<boolean, StoreFailure>
  /**
   * Not now: may be claimed again from `notBeforeMs` on. False if the claim ended meanwhile. If another item of the
   * order waits already, this one is folded into it: the waiting one keeps its id and when it may be claimed, counts
   * the notifications of both, spans the times of both, and has the greater number of attempts.
   */
  readonly retryLater: (
    item: Pick<ClaimedItem, "id" | "claim">,
    notBeforeMs: number
  ) => Effect.Effect<boolean, StoreFailure>
  /** Never again by itself. False if the claim ended meanwhile. */
  readonly deadLetter: (
    item: Pick<ClaimedItem, "id" | "claim">,
    deadLetter: { readonly reason: string; readonly atMs: number }
  ) => Effect.Effect<boolean, StoreFailure>
  /** Dead-lettered items, latest dead-lettered first, then by id descending. */
  readonly deadLettered: (limit: number) => Effect.Effect<ReadonlyArray<DeadLetteredItem>, StoreFailure>
  /** A dead-lettered item waits again, or is folded into the waiting one as in `retryLater`. False if there is none. */
  readonly retryDeadLetter: (id: string, notBeforeMs: number) => Effect.Effect<boolean, StoreFailure>
  /** Items that wait or are claimed. */
  readonly backlog: () => Effect.Effect<number, StoreFailure>
}>()("@docdata/application/Inbox") {}
