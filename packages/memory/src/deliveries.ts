/**
 * Opening and closing deliveries, and which one of an order comes first.
 */
import type { EventSubscriber, StoredEvent } from "@docdata/application"
import { type DeliveryRecord, entryOf, type MemoryState, type SubscriberTables } from "./MemoryState.ts"
import { ReadyQueue } from "./ReadyQueue.ts"
import { SortedIndex } from "./SortedIndex.ts"

/** Whether anything may be opened for somebody: an endpoint that is removed gets nothing more. */
export const maySubscribe = (
  { endpoints }: MemoryState,
  { isStoredEndpoint = false, name }: EventSubscriber
): boolean => !isStoredEndpoint || endpoints.has(name)

export const subscriberTablesOf = (state: MemoryState, subscriber: string): SubscriberTables =>
  entryOf(state.subscribers, subscriber, () => ({
    byEventId: new Map(),
    openByOrder: new Map(),
    heads: new ReadyQueue(),
    deadLettered: new SortedIndex(),
    openCount: 0
  }))

const compareEvents = (a: StoredEvent, b: StoredEvent): number => a.revision - b.revision || a.position - b.position

/** From when on it may be claimed. */
export const readyAtMs = ({ queueState }: DeliveryRecord): number => {
  switch (queueState.at) {
    case "waiting":
      return queueState.notBeforeMs
    case "claimed":
      return queueState.leaseUntilMs
    case "delivered":
    case "dead-lettered":
      return Number.POSITIVE_INFINITY
  }
}

/** Brings the queue of heads up to date after a change in the deliveries of an order. */
export const refreshHead = (tables: SubscriberTables, orderId: string): void => {
  const head = tables.openByOrder.get(orderId)?.[0]
  if (head === undefined) tables.heads.remove(orderId)
  else tables.heads.put({ id: orderId, atMs: head.event.occurredAtMs, readyAtMs: readyAtMs(head) })
}

/** Puts a delivery among the open ones of its order, in the place that its event has. */
export const open = (tables: SubscriberTables, record: DeliveryRecord): void => {
  const { orderId } = record.event
  const queue = entryOf(tables.openByOrder, orderId, (): Array<DeliveryRecord> => [])
  // New events come last; only a delivery that is opened again has to look for its place.
  let index = queue.length
  while (index > 0 && compareEvents(queue[index - 1]!.event, record.event) > 0) index--
  queue.splice(index, 0, record)
  tables.openCount++
  refreshHead(tables, orderId)
}

/** Takes a delivery from the open ones of its order; the next one becomes claimable. */
export const close = (tables: SubscriberTables, record: DeliveryRecord): void => {
  const { orderId } = record.event
  const queue = tables.openByOrder.get(orderId)!
  queue.splice(queue.indexOf(record), 1)
  if (queue.length === 0) tables.openByOrder.delete(orderId)
  tables.openCount--
  refreshHead(tables, orderId)
}

/** Makes a delivery of an event that the subscriber had none of. */
export const openDelivery = (
  state: MemoryState,
  subscriber: string,
  { event, notBeforeMs }: { readonly event: StoredEvent; readonly notBeforeMs: number }
): void => {
  const tables = subscriberTablesOf(state, subscriber)
  const record: DeliveryRecord = { event, attempts: 0, log: [], queueState: { at: "waiting", notBeforeMs } }
  tables.byEventId.set(event.id, record)
  open(tables, record)
}
