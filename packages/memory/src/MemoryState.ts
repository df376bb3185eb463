/**
 * Everything the stores hold: one state for orders, inbox and outbox, so that a step over all of them is one step.
 *
 * Each map is what an index would be in a database. All of it is changed only inside synchronous steps.
 */
import type {
  Anomaly,
  DeadLetteredDelivery,
  DeliveryAttempt,
  Modification,
  Observation,
  StoredEndpoint,
  StoredEvent,
  StoredOrder,
  StoredShopOrder
} from "@docdata/application"
import type { PaymentRow } from "@docdata/domain"
import type { ReadyQueue } from "./ReadyQueue.ts"
import { SortedIndex } from "./SortedIndex.ts"

/** One order and all that belongs to it. */
export interface OrderRecord {
  order: StoredOrder
  /** Ascending by number. */
  payments: ReadonlyArray<PaymentRow>
  /** Ascending by revision. */
  observations: Array<Observation>
  /** By revision and position. */
  readonly events: Array<StoredEvent>
  /** By kind and reference; see {@link within}. */
  readonly modifications: Map<string, Modification>
  /** Of all its anomalies, in the order in which they were raised. */
  readonly anomalyIds: Set<string>
  /** Personal data was removed, and none comes back. */
  isErased: boolean
}

export interface OrderTables {
  readonly byId: Map<string, OrderRecord>
  // The keys of all maps that follow are made by `within`.
  readonly idByIdempotencyKey: Map<string, string>
  readonly idByReference: Map<string, string>
  readonly idByKey: Map<string, string>
  readonly idsByShopReference: Map<string, Array<string>>
  /** The shop's orders that have changed. */
  readonly shopOrders: Map<string, StoredShopOrder>
  readonly ownersByPaymentId: Map<string, Set<string>>
  readonly orderIdByPeriod: Map<string, string>
  // Per merchant.
  readonly created: Map<string, SortedIndex>
  readonly due: Map<string, SortedIndex>
  /** What is due among some: by these and the merchant. */
  readonly dueAmong: Map<string, SortedIndex>
  readonly reserved: SortedIndex
}

/** Where an inbox item stands. */
export type ItemQueueState =
  | { readonly at: "waiting"; readonly notBeforeMs: number }
  | { readonly at: "claimed"; readonly claim: string; readonly leaseUntilMs: number }
  | { readonly at: "dead-lettered"; readonly deadLetteredAtMs: number; readonly reason: string }

export interface ItemRecord {
  readonly id: string
  readonly merchant: string
  readonly orderReference: string
  firstReceivedAtMs: number
  lastReceivedAtMs: number
  notificationCount: number
  attempts: number
  readonly traceparent?: string
  queueState: ItemQueueState
}

export interface InboxTables {
  readonly byId: Map<string, ItemRecord>
  /** The one waiting item of an order. */
  readonly waitingIdByOrder: Map<string, string>
  readonly claimedIdsByOrder: Map<string, Set<string>>
  /** Waiting and claimed items by merchant; a claimed one is ready when its time is over. */
  readonly open: Map<string, ReadyQueue>
  readonly deadLettered: SortedIndex
}

/** Where a delivery stands. */
type DeliveryQueueState =
  | { readonly at: "waiting"; readonly notBeforeMs: number }
  | { readonly at: "claimed"; readonly claim: string; readonly leaseUntilMs: number }
  | { readonly at: "delivered" }
  | ({ readonly at: "dead-lettered" } & Pick<DeadLetteredDelivery, "deadLetteredAtMs" | "reason">)

export interface DeliveryRecord {
  readonly event: StoredEvent
  attempts: number
  /** Ascending by time. */
  log: ReadonlyArray<DeliveryAttempt>
  queueState: DeliveryQueueState
}

/** The deliveries of one subscriber. */
export interface SubscriberTables {
  readonly byEventId: Map<string, DeliveryRecord>
  /** Waiting and claimed ones per order, in the order of their events; never empty. */
  readonly openByOrder: Map<string, Array<DeliveryRecord>>
  /** The first open delivery of each order, named by the order's id. */
  readonly heads: ReadyQueue
  readonly deadLettered: SortedIndex
  openCount: number
}

interface AnomalyTables {
  readonly byId: Map<string, Anomaly>
  readonly raised: SortedIndex
}

export interface MemoryState {
  readonly orders: OrderTables
  readonly anomalies: AnomalyTables
  readonly inbox: InboxTables
  readonly eventById: Map<string, StoredEvent>
  /** All events in the order in which they were stored. */
  readonly feed: Array<StoredEvent>
  readonly subscribers: Map<string, SubscriberTables>
  readonly endpoints: Map<string, StoredEndpoint>
}

/** A name inside a scope, as one text; no two pairs give the same text. */
export const within = (scope: string, name: string): string => `${scope.length}:${scope}${name}`

/** The entry of `map` under `key`, made on first use. */
export const entryOf = <Value>(map: Map<string, Value>, key: string, make: () => Value): Value => {
  const present = map.get(key)
  if (present !== undefined) return present
  const made = make()
  map.set(key, made)
  return made
}

export const emptyState = (): MemoryState => ({
  orders: {
    byId: new Map(),
    idByIdempotencyKey: new Map(),
    idByReference: new Map(),
    idByKey: new Map(),
    idsByShopReference: new Map(),
    shopOrders: new Map(),
    ownersByPaymentId: new Map(),
    orderIdByPeriod: new Map(),
    created: new Map(),
    due: new Map(),
    dueAmong: new Map(),
    reserved: new SortedIndex()
  },
  inbox: {
    byId: new Map(),
    waitingIdByOrder: new Map(),
    claimedIdsByOrder: new Map(),
    open: new Map(),
    deadLettered: new SortedIndex()
  },
  anomalies: { byId: new Map(), raised: new SortedIndex() },
  eventById: new Map(),
  feed: [],
  subscribers: new Map(),
  endpoints: new Map()
})
