/**
 * Opening and closing deliveries, and which one of an order comes first.
 */
import type { Hearer, StoredEvent } from "@docdata/application"
import { type ConsumerTables, type DeliveryRecord, entryOf, type MemoryState } from "./MemoryState.ts"
import { ReadyQueue } from "./ReadyQueue.ts"
import { SortedIndex } from "./SortedIndex.ts"

/** Whether anything may be opened for somebody: an endpoint that is removed gets nothing more. */
export const mayHear = ({ endpoints }: MemoryState, { isStoredEndpoint = false, name }: Hearer): boolean =>
  !isStoredEndpoint || endpoints.has(name)

export const consumerOf = (state: MemoryState, consumer: string): ConsumerTables =>
  entryOf(state.consumers, consumer, () => ({
    byEventId: new Map(),
    openByOrder: new Map(),
    heads: new ReadyQueue(),
    parked: new SortedIndex(),
    openCount: 0
  }))

const compareEvents = (a: StoredEvent, b: StoredEvent): number => a.revision - b.revision || a.position - b.position

const readyAtMs = ({ place }: DeliveryRecord): number => {
  switch (place.at) {
    case "waiting":
      return place.notBeforeMs
    case "claimed":
      return place.leaseUntilMs
    case "delivered":
    case "parked":
      return Number.POSITIVE_INFINITY
  }
}

/** Brings the queue of heads up to date after a change in the deliveries of an order. */
export const refreshHead = (tables: ConsumerTables, orderId: string): void => {
  const head = tables.openByOrder.get(orderId)?.[0]
  if (head === undefined) tables.heads.remove(orderId)
  else tables.heads.put({ id: orderId, atMs: head.event.occurredAtMs, readyAtMs: readyAtMs(head) })
}

/** Puts a delivery among the open ones of its order, in the place that its event has. */
export const open = (tables: ConsumerTables, record: DeliveryRecord): void => {
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
export const close = (tables: ConsumerTables, record: DeliveryRecord): void => {
  const { orderId } = record.event
  const queue = tables.openByOrder.get(orderId)!
  queue.splice(queue.indexOf(record), 1)
  if (queue.length === 0) tables.openByOrder.delete(orderId)
  tables.openCount--
  refreshHead(tables, orderId)
}

/** Makes a delivery of an event that the consumer had none of. */
export const openDelivery = (
  state: MemoryState,
  consumer: string,
  { event, notBeforeMs }: { readonly event: StoredEvent; readonly notBeforeMs: number }
): void => {
  const tables = consumerOf(state, consumer)
  const record: DeliveryRecord = { event, attempts: 0, log: [], place: { at: "waiting", notBeforeMs } }
  tables.byEventId.set(event.id, record)
  open(tables, record)
}
