/**
 * The one place where a stored order is replaced, so that no index is forgotten.
 */
import { eventId } from "@docdata/domain"
import {
  type Consumer,
  type DueAmong,
  firstDayLooksMs,
  hearersOf,
  type OrderNews,
  type StoredEvent,
  type StoredOrder,
  waitingLooksMs
} from "@docdata/application"
import { entryOf, type MemoryState, type OrderRecord, type OrderTables, within } from "./MemoryState.ts"
import { mayHear, openDelivery } from "./deliveries.ts"
import { SortedIndex } from "./SortedIndex.ts"

/** Every index of due orders that this one belongs to now. */
const dueIndexes = ({ due, dueAmong }: OrderTables, order: StoredOrder): ReadonlyArray<SortedIndex> => {
  const { createdAtMs, merchant, nextCheckAtMs, registration } = order
  if (registration !== "confirmed" || nextCheckAtMs === undefined) return []
  const among = (name: DueAmong, belowMs: number) =>
    nextCheckAtMs - createdAtMs < belowMs
      ? [entryOf(dueAmong, within(name, merchant), () => new SortedIndex())]
      : []
  return [
    entryOf(due, merchant, () => new SortedIndex()),
    ...among("waiting", waitingLooksMs),
    ...among("first-day", firstDayLooksMs)
  ]
}

const unindex = (tables: OrderTables, order: StoredOrder): void => {
  if (order.registration === "reserved") tables.reserved.remove({ atMs: order.createdAtMs, id: order.id })
  for (const index of dueIndexes(tables, order)) index.remove({ atMs: order.nextCheckAtMs!, id: order.id })
}

/** Puts the order into the indexes that depend on what can change. */
export const indexOrder = (tables: OrderTables, order: StoredOrder): void => {
  if (order.registration === "reserved") tables.reserved.insert({ atMs: order.createdAtMs, id: order.id })
  for (const index of dueIndexes(tables, order)) index.insert({ atMs: order.nextCheckAtMs!, id: order.id })
}

/** Replaces the order of a record. */
export const replaceOrder = (tables: OrderTables, record: OrderRecord, order: StoredOrder): void => {
  unindex(tables, record.order)
  record.order = order
  indexOrder(tables, order)
}

/** What is told with a change, to whom and when. */
export interface Telling {
  readonly news: ReadonlyArray<OrderNews>
  readonly consumers: ReadonlyArray<Consumer>
  readonly occurredAtMs: number
  readonly traceparent: string | undefined
}

/** Stores the events of the record's current revision and opens a delivery of each for everybody who wants it. */
export const tell = (state: MemoryState, record: OrderRecord, telling: Telling): ReadonlyArray<StoredEvent> => {
  const { id: orderId, merchant, revision } = record.order
  const events = telling.news.map((news, position): StoredEvent => ({
    id: eventId(orderId, revision, position),
    merchant,
    orderId,
    revision,
    position,
    occurredAtMs: telling.occurredAtMs,
    ...(telling.traceparent === undefined ? {} : { traceparent: telling.traceparent }),
    news
  }))
  for (const event of events) {
    record.events.push(event)
    state.eventById.set(event.id, event)
    state.feed.push(event)
    for (const hearer of hearersOf(event.news, telling.consumers)) {
      if (mayHear(state, hearer)) openDelivery(state, hearer.name, { event, notBeforeMs: Number.NEGATIVE_INFINITY })
    }
  }
  return events
}
