/**
 * Reserving, confirming and abandoning orders. Each function is one synchronous step.
 */
import {
  type AbandonReason,
  AlreadyTaken,
  type NewOrder,
  orderCreated,
  OrderNotFound,
  type OrderStore,
  registrationMoves,
  type StoredOrder
} from "@docdata/application"
import { stateAfter } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { entryOf, type MemoryState, type OrderRecord, within } from "./MemoryState.ts"
import { indexOrder, publish, replaceOrder } from "./replaceOrder.ts"
import { SortedIndex } from "./SortedIndex.ts"

type Confirmation = Parameters<OrderStore["Service"]["confirm"]>[0]

const reservation = (order: NewOrder, orderAttempt: number): StoredOrder => ({
  ...order,
  orderAttempt,
  registration: "reserved",
  revision: 0,
  state: {
    key: "",
    status: "new",
    fulfilment: "wait",
    createdAtMs: order.createdAtMs,
    currency: order.currency,
    grossMinor: order.grossMinor
  },
  quietRefreshes: 0
})

export const reserve = (state: MemoryState, request: NewOrder) => {
  const tables = state.orders
  const { id, merchant } = request
  const earlierId = tables.idByIdempotencyKey.get(within(merchant, request.idempotencyKey))
  if (earlierId !== undefined) {
    const { order } = tables.byId.get(earlierId)!
    return order.fingerprint === request.fingerprint
      ? Effect.succeed({ created: false, order })
      : Effect.fail(new AlreadyTaken({ what: "idempotency-key", orderId: earlierId }))
  }
  const holderId = tables.idByReference.get(within(merchant, request.orderReference))
  if (holderId !== undefined) return Effect.fail(new AlreadyTaken({ what: "order-reference", orderId: holderId }))
  if (tables.byId.has(id)) return Effect.fail(new AlreadyTaken({ what: "id", orderId: id }))

  const attempts = entryOf(tables.idsByShopReference, within(merchant, request.shopReference), (): Array<string> => [])
  attempts.push(id)
  const order = reservation(request, attempts.length)
  tables.byId.set(id, {
    order,
    payments: [],
    observations: [],
    events: [],
    modifications: new Map(),
    anomalyIds: new Set(),
    isErased: false
  })
  tables.idByIdempotencyKey.set(within(merchant, request.idempotencyKey), id)
  tables.idByReference.set(within(merchant, request.orderReference), id)
  entryOf(tables.created, merchant, () => new SortedIndex()).insert({ atMs: request.createdAtMs, id })
  indexOrder(tables, order)
  return Effect.succeed({ created: true, order })
}

/** The record of an order, or `OrderNotFound`. */
export const recordOf = (state: MemoryState, id: string): Effect.Effect<OrderRecord, OrderNotFound> => {
  const record = state.orders.byId.get(id)
  return record === undefined ? Effect.fail(new OrderNotFound({ order: { by: "id", id } })) : Effect.succeed(record)
}

/** The order with its next refresh, which is left out rather than undefined. */
export const withNextRefresh = (order: StoredOrder, nextRefreshAtMs: number | undefined): StoredOrder => {
  const after: { -readonly [Field in keyof StoredOrder]: StoredOrder[Field] } = { ...order }
  if (nextRefreshAtMs === undefined) delete after.nextRefreshAtMs
  else after.nextRefreshAtMs = nextRefreshAtMs
  return after
}

export const confirm = (state: MemoryState, record: OrderRecord, confirmation: Confirmation) => {
  const { order } = record
  const { key } = confirmation
  const registration = stateAfter(registrationMoves, order.registration, "key-given")
  if (registration === undefined) {
    return order.state.key === key
      ? Effect.succeed(order)
      : Effect.fail(new AlreadyTaken({ what: "order-key", orderId: order.id }))
  }
  const scopedKey = within(order.merchant, key)
  const holderId = state.orders.idByKey.get(scopedKey)
  if (holderId !== undefined) return Effect.fail(new AlreadyTaken({ what: "order-key", orderId: holderId }))

  state.orders.idByKey.set(scopedKey, order.id)
  entryOf(state.orders.idByIdempotencyKey, within(order.merchant, order.idempotencyKey), () => order.id)
  const { abandonedBecause: _, ...reserved } = order
  const confirmed: StoredOrder = {
    ...reserved,
    registration,
    revision: order.revision + 1,
    state: { ...order.state, key }
  }
  replaceOrder(state.orders, record, withNextRefresh(confirmed, confirmation.nextRefreshAtMs))
  publish(state, record, {
    events: [orderCreated(order.orderReference, confirmation.adjusted)],
    subscribers: confirmation.subscribers,
    occurredAtMs: confirmation.confirmedAtMs,
    traceparent: confirmation.traceparent
  })
  return Effect.succeed(record.order)
}

export const renew = (record: OrderRecord | undefined, leaseUntilMs: number): void => {
  if (record?.order.registration === "reserved") record.order = { ...record.order, leaseUntilMs }
}

export const abandon = (
  state: MemoryState,
  record: OrderRecord,
  abandonedBecause: AbandonReason | undefined
): StoredOrder => {
  const { order } = record
  const registration = stateAfter(registrationMoves, order.registration, "not-created")
  if (registration !== undefined) {
    state.orders.idByIdempotencyKey.delete(within(order.merchant, order.idempotencyKey))
    replaceOrder(state.orders, record, {
      ...order,
      registration,
      ...(abandonedBecause && { abandonedBecause }),
      revision: order.revision + 1
    })
  }
  return record.order
}
