/**
 * The feed in memory: events in the order in which they were stored.
 */
import { EventFeed, type FeedPage, feedPositionsMax, type FeedQuestion, type StoredEvent } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { MemoryState } from "./MemoryState.ts"
import { pageSize } from "./reading.ts"
import { first } from "./SortedIndex.ts"

const fits = (event: StoredEvent, { merchants, orderId, types }: FeedQuestion): boolean =>
  (merchants?.includes(event.merchant) ?? true) &&
  (types?.includes(event.payload.type) ?? true) &&
  (orderId === undefined || event.orderId === orderId)

function* fitting(events: ReadonlyArray<StoredEvent>, question: FeedQuestion, until: number) {
  for (let feedPosition = question.after + 1; feedPosition <= until; feedPosition++) {
    const event = events[feedPosition - 1]!
    if (fits(event, question)) yield { feedPosition, event }
  }
}

const read = ({ feed }: MemoryState, question: FeedQuestion): FeedPage => {
  const until = Math.max(
    question.after,
    question.orderId === undefined ? Math.min(feed.length, question.after + feedPositionsMax) : feed.length
  )
  const size = pageSize(question.limit)
  const entries = first(fitting(feed, question, until), size)
  const next = entries.length === size ? entries.at(-1)!.feedPosition : until
  return { entries, next, more: next < feed.length }
}

/** The feed of `state`. */
export const memoryEventFeed = (state: MemoryState): EventFeed["Service"] =>
  EventFeed.of({
    read: (question) => Effect.sync(() => read(state, question)),
    find: (eventId) => Effect.sync(() => state.eventById.get(eventId))
  })
