/**
 * The one place where a stored order is replaced, so that no index is forgotten.
 */
import { eventId } from "@docdata/domain"
import {
  type DueAmong,
  type EventPayload,
  firstDayRefreshesMs,
  type StoredEvent,
  type StoredOrder,
  type Subscriber,
  subscribersOf,
  waitingRefreshesMs
} from "@docdata/application"
import { entryOf, type MemoryState, type OrderRecord, type OrderTables, within } from "./MemoryState.ts"
import { maySubscribe, openDelivery } from "./deliveries.ts"
import { SortedIndex } from "./SortedIndex.ts"

/** Every index of due orders that this one belongs to now. */
const dueIndexes = ({ due, dueAmong }: OrderTables, order: StoredOrder): ReadonlyArray<SortedIndex> => {
  const { createdAtMs, merchant, nextRefreshAtMs, registration } = order
  if (registration !== "confirmed" || nextRefreshAtMs === undefined) return []
  const among = (name: DueAmong, belowMs: number) =>
    nextRefreshAtMs - createdAtMs < belowMs
      ? [entryOf(dueAmong, within(name, merchant), () => new SortedIndex())]
      : []
  return [
    entryOf(due, merchant, () => new SortedIndex()),
    ...among("waiting", waitingRefreshesMs),
    ...among("first-day", firstDayRefreshesMs)
  ]
}

const unindex = (tables: OrderTables, order: StoredOrder): void => {
  if (order.registration === "reserved") tables.reserved.remove({ atMs: order.createdAtMs, id: order.id })
  for (const index of dueIndexes(tables, order)) index.remove({ atMs: order.nextRefreshAtMs!, id: order.id })
}

/** Puts the order into the indexes that depend on what can change. */
export const indexOrder = (tables: OrderTables, order: StoredOrder): void => {
  if (order.registration === "reserved") tables.reserved.insert({ atMs: order.createdAtMs, id: order.id })
  for (const index of dueIndexes(tables, order)) index.insert({ atMs: order.nextRefreshAtMs!, id: order.id })
}

/** Replaces the order of a record. */
export const replaceOrder = (tables: OrderTables, record: OrderRecord, order: StoredOrder): void => {
  unindex(tables, record.order)
  record.order = order
  indexOrder(tables, order)
}

/** What is told with a change, to whom and when. */
export interface Publication {
  readonly events: ReadonlyArray<EventPayload>
  readonly subscribers: ReadonlyArray<Subscriber>
  readonly occurredAtMs: number
  readonly traceparent: string | undefined
}

/** Stores the events of the record's current revision and opens a delivery of each for everybody who wants it. */
export const publish = (
  state: MemoryState,
  record: OrderRecord,
  publication: Publication
): ReadonlyArray<StoredEvent> => {
  const { id: orderId, merchant, revision } = record.order
  const events = publication.events.map((payload, position): StoredEvent => ({
    id: eventId(orderId, revision, position),
    merchant,
    orderId,
    revision,
    position,
    occurredAtMs: publication.occurredAtMs,
    ...(publication.traceparent === undefined ? {} : { traceparent: publication.traceparent }),
    payload
  }))
  for (const event of events) {
    record.events.push(event)
    state.eventById.set(event.id, event)
    state.feed.push(event)
    for (const subscriber of subscribersOf(event.payload, publication.subscribers)) {
      if (maySubscribe(state, subscriber)) {
        openDelivery(state, subscriber.name, { event, notBeforeMs: Number.NEGATIVE_INFINITY })
      }
    }
  }
  return events
}
