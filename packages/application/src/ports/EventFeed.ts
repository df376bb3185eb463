/**
 * All events in one order, for whoever reads them at its own pace instead of being told.
 *
 * What every adapter keeps:
 *
 * - **A place is for ever.** An event gets its place once, and never another one; no two have the same.
 * - **Nothing is skipped.** An event that becomes visible after a page was read has a place after everything that page
 *   could show, whatever its own time says. Whoever goes on with `next` gets every event once.
 * - **In order per order.** Of one order, places rise by revision and position.
 *
 * Between orders the feed follows the time of the events as far as that is known.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { EventPayload, StoredEvent } from "./records/StoredEvent.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** An event and its place, a whole number from 1. */
interface FeedEntry {
  readonly feedPosition: number
  readonly event: StoredEvent
}

/** Which part of the feed; every given field narrows it. An empty list fits nothing. */
export interface FeedQuestion {
  /** Events after this place; 0 for all. */
  readonly after: number
  readonly limit: number
  readonly merchants?: ReadonlyArray<string>
  readonly types?: ReadonlyArray<EventPayload["type"]>
  readonly orderId?: string
}

/** A part of the feed. It may be empty although events follow: a filter that fits little looks at many. */
export interface FeedPage {
  readonly entries: ReadonlyArray<FeedEntry>
  /** The `after` to go on with; at the end of the feed, too. */
  readonly next: number
  /** False at the end: nothing follows `next` for now. */
  readonly more: boolean
}

/** Places that one page may look at. A page that a filter leaves empty costs some milliseconds and no more. */
export const feedPositionsMax = 5_000

export class EventFeed extends Context.Service<EventFeed, {
  /** At most `pageSizeMax` entries of the next {@link feedPositionsMax} places; of one order, of all that follow. */
  readonly read: (question: FeedQuestion) => Effect.Effect<FeedPage, StoreFailure>
  /** The event with this id, if there is one. */
  readonly find: (eventId: string) => Effect.Effect<StoredEvent | undefined, StoreFailure>
}>()("@docdata/application/EventFeed") {}
