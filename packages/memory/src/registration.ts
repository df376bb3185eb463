/**
 * Reserving, confirming and abandoning orders. Each function is one synchronous step.
 */
import {
  AlreadyTaken,
  type NewOrder,
  OrderNotFound,
  type OrderStore,
  registrationMoves,
  type StoredOrder
} from "@docdata/application"
import { stateAfter } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { entryOf, type MemoryState, type OrderRecord, within } from "./MemoryState.ts"
import { indexOrder, replaceOrder, tell } from "./replaceOrder.ts"
import { SortedIndex } from "./SortedIndex.ts"

type Confirmation = Parameters<OrderStore["Service"]["confirm"]>[0]

const reservation = (order: NewOrder, attempt: number): StoredOrder => ({
  ...order,
  attempt,
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
  quietChecks: 0
})

export const reserve = (state: MemoryState, wish: NewOrder) => {
  const tables = state.orders
  const { id, merchant } = wish
  const earlierId = tables.idByIdempotencyKey.get(within(merchant, wish.idempotencyKey))
  if (earlierId !== undefined) {
    const { order } = tables.byId.get(earlierId)!
    return order.fingerprint === wish.fingerprint
      ? Effect.succeed({ created: false, order })
      : Effect.fail(new AlreadyTaken({ what: "idempotency-key", orderId: earlierId }))
  }
  const holderId = tables.idByReference.get(within(merchant, wish.reference))
  if (holderId !== undefined) return Effect.fail(new AlreadyTaken({ what: "reference", orderId: holderId }))
  if (tables.byId.has(id)) return Effect.fail(new AlreadyTaken({ what: "id", orderId: id }))

  const attempts = entryOf(tables.idsByShopReference, within(merchant, wish.shopReference), (): Array<string> => [])
  attempts.push(id)
  const order = reservation(wish, attempts.length)
  tables.byId.set(id, {
    order,
    payments: [],
    observations: [],
    events: [],
    movements: new Map(),
    anomalyIds: new Set(),
    isErased: false
  })
  tables.idByIdempotencyKey.set(within(merchant, wish.idempotencyKey), id)
  tables.idByReference.set(within(merchant, wish.reference), id)
  entryOf(tables.created, merchant, () => new SortedIndex()).insert({ atMs: wish.createdAtMs, id })
  indexOrder(tables, order)
  return Effect.succeed({ created: true, order })
}

/** The record of an order, or `OrderNotFound`. */
export const recordOf = (state: MemoryState, id: string): Effect.Effect<OrderRecord, OrderNotFound> => {
  const record = state.orders.byId.get(id)
  return record === undefined ? Effect.fail(new OrderNotFound({ order: { by: "id", id } })) : Effect.succeed(record)
}

/** The order with its next check, which is left out rather than undefined. */
export const withNextCheck = (order: StoredOrder, nextCheckAtMs: number | undefined): StoredOrder => {
  const after: { -readonly [Field in keyof StoredOrder]: StoredOrder[Field] } = { ...order }
  if (nextCheckAtMs === undefined) delete after.nextCheckAtMs
  else after.nextCheckAtMs = nextCheckAtMs
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
  const confirmed: StoredOrder = {
    ...order,
    registration,
    revision: order.revision + 1,
    state: { ...order.state, key }
  }
  replaceOrder(state.orders, record, withNextCheck(confirmed, confirmation.nextCheckAtMs))
  tell(state, record, {
    news: [{ type: "order.created", reference: order.reference }],
    consumers: confirmation.consumers,
    occurredAtMs: confirmation.confirmedAtMs,
    traceparent: confirmation.traceparent
  })
  return Effect.succeed(record.order)
}

export const abandon = (state: MemoryState, record: OrderRecord): StoredOrder => {
  const { order } = record
  const registration = stateAfter(registrationMoves, order.registration, "not-created")
  if (registration !== undefined) {
    replaceOrder(state.orders, record, { ...order, registration, revision: order.revision + 1 })
  }
  return record.order
}
