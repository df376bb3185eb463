/**
 * The orders of the plain model.
 */
import {
  AlreadyTaken,
  type Commit,
  type Consumer,
  type DueAmong,
  firstDayLooksMs,
  type Movement,
  MovementTooLarge,
  type NewOrder,
  type OrderFilter,
  type OrderName,
  type OrderNews,
  OrderNotFound,
  type OrderStore,
  Outdated,
  pageSizeMax,
  type StoredOrder,
  waitingLooksMs,
  withoutPersonalData
} from "@docdata/application"
import { eventId, isCountedModification, modificationAfter, type PaymentRow } from "@docdata/domain"
import { compareText, type ModelOrder, type ModelState, type Plain } from "./ModelState.ts"

const clipped = (limit: number): number => Math.max(1, Math.min(limit, pageSizeMax))

const byId = (state: ModelState, id: string): ModelOrder => {
  const found = state.orders.get(id)
  if (found === undefined) throw new OrderNotFound({ order: { by: "id", id } })
  return found
}

const all = (state: ModelState): ReadonlyArray<ModelOrder> => [...state.orders.values()]

const withCheck = (order: StoredOrder, nextCheckAtMs: number | undefined): StoredOrder => {
  const { nextCheckAtMs: _before, ...rest } = order
  return nextCheckAtMs === undefined ? rest : { ...rest, nextCheckAtMs }
}

const reserve = (state: ModelState, wish: NewOrder) => {
  const orders = all(state).map(({ order }) => order)
  const mine = orders.filter(({ merchant }) => merchant === wish.merchant)
  const sameKey = mine.find(({ idempotencyKey }) => idempotencyKey === wish.idempotencyKey)
  if (sameKey !== undefined) {
    if (sameKey.fingerprint === wish.fingerprint) return { created: false, order: sameKey }
    throw new AlreadyTaken({ what: "idempotency-key", orderId: sameKey.id })
  }
  const sameReference = mine.find(({ reference }) => reference === wish.reference)
  if (sameReference !== undefined) throw new AlreadyTaken({ what: "reference", orderId: sameReference.id })
  if (state.orders.has(wish.id)) throw new AlreadyTaken({ what: "id", orderId: wish.id })
  const { createdAtMs, currency, grossMinor } = wish
  const order: StoredOrder = {
    ...wish,
    attempt: 1 + mine.filter(({ shopReference }) => shopReference === wish.shopReference).length,
    registration: "reserved",
    revision: 0,
    state: { key: "", status: "new", fulfilment: "wait", createdAtMs, currency, grossMinor },
    quietChecks: 0
  }
  state.orders.set(order.id, {
    order,
    payments: [],
    observations: [],
    events: [],
    movements: [],
    anomalies: [],
    isErased: false
  })
  return { created: true, order }
}

/** What is told with a change. */
interface Told {
  readonly news: ReadonlyArray<OrderNews>
  readonly consumers: ReadonlyArray<Consumer>
  readonly occurredAtMs: number
  readonly traceparent: string | undefined
}

const tell = (state: ModelState, of: ModelOrder, { consumers, news, occurredAtMs, traceparent }: Told) => {
  const trace = traceparent === undefined ? {} : { traceparent }
  const { id: orderId, merchant, revision } = of.order
  const events = news.map((news, position) => {
    const id = eventId(orderId, revision, position)
    return { id, merchant, orderId, revision, position, occurredAtMs, ...trace, news }
  })
  of.events = [...of.events, ...events]
  for (const one of consumers) {
    const { name: consumer, types } = typeof one === "string" ? { name: one, types: "all" as const } : one
    const deliveries = state.deliveries.get(consumer) ?? new Map()
    state.deliveries.set(consumer, deliveries)
    for (const event of events) {
      if (types !== "all" && !types.includes(event.news.type)) continue
      const place = { at: "waiting", notBeforeMs: Number.NEGATIVE_INFINITY } as const
      deliveries.set(event.id, { consumer, event, attempts: 0, place })
    }
  }
  return events
}

const confirm = (state: ModelState, wish: Parameters<OrderStore["Service"]["confirm"]>[0]) => {
  const found = byId(state, wish.orderId)
  const { order } = found
  if (order.registration === "confirmed") {
    if (order.state.key === wish.key) return order
    throw new AlreadyTaken({ what: "order-key", orderId: order.id })
  }
  const holder = all(state).find(({ order: { merchant, state } }) =>
    merchant === order.merchant && state.key === wish.key
  )
  if (holder !== undefined) throw new AlreadyTaken({ what: "order-key", orderId: holder.order.id })
  found.order = withCheck({
    ...order,
    registration: "confirmed",
    revision: order.revision + 1,
    state: { ...order.state, key: wish.key }
  }, wish.nextCheckAtMs)
  const news = [{ type: "order.created", reference: order.reference }] as const
  const { confirmedAtMs: occurredAtMs, consumers, traceparent } = wish
  tell(state, found, { news, consumers, occurredAtMs, traceparent })
  return found.order
}

const isNamed = (order: StoredOrder, name: Exclude<OrderName, { readonly by: "id" }>): boolean => {
  switch (name.by) {
    case "key":
      return order.registration === "confirmed" && order.merchant === name.merchant && order.state.key === name.key
    case "reference":
      return order.merchant === name.merchant && order.reference === name.reference
  }
}

// Sorting keeps the order of equals: the own row, then those of others by their owners' ids.
const byNumber = (a: PaymentRow, b: PaymentRow): number => Number(BigInt(a.paymentId) - BigInt(b.paymentId))

const read = (state: ModelState, name: OrderName, paymentIds: ReadonlyArray<string> = []) => {
  const found = name.by === "id"
    ? state.orders.get(name.id)
    : all(state).find(({ order }) => isNamed(order, name))
  if (found === undefined) throw new OrderNotFound({ order: name })
  const owners = all(state)
    .filter((other) => other !== found && other.order.merchant === found.order.merchant)
    .filter(({ payments }) => payments.some(({ paymentId }) => paymentIds.includes(paymentId)))
    .toSorted((a, b) => compareText(a.order.id, b.order.id))
  const foreign = owners.flatMap(({ order, payments }) =>
    payments.filter(({ paymentId }) => paymentIds.includes(paymentId))
      .map((row) => Object.assign({}, row, { orderKey: order.state.key }))
  )
  return { order: found.order, payments: [...found.payments, ...foreign].toSorted(byNumber) }
}

const commit = (state: ModelState, change: Commit) => {
  const found = byId(state, change.orderId)
  const { order } = found
  if (order.revision !== change.expectedRevision) {
    const { expectedRevision, orderId } = change
    throw new Outdated({ orderId, expectedRevision, actualRevision: order.revision })
  }
  const { key } = order.state
  const own = change.payments.filter(({ orderKey }) => orderKey === undefined || orderKey === key)
    .toSorted(byNumber)
  const taken = own.find(({ paymentId }) =>
    !found.payments.some((row) => row.paymentId === paymentId) &&
    all(state).some((other) =>
      other !== found && other.order.merchant === order.merchant &&
      other.payments.some((row) => row.paymentId === paymentId)
    )
  )
  if (taken !== undefined) {
    const { expectedRevision, orderId } = change
    throw new Outdated({ orderId, expectedRevision, actualRevision: expectedRevision, paymentId: taken.paymentId })
  }
  const revision = order.revision + 1
  const { observation } = change
  const after = withCheck(
    { ...order, revision, state: { ...change.state, key }, quietChecks: change.quietChecks },
    change.nextCheckAtMs
  )
  found.order = observation === undefined
    ? after
    : { ...after, observedFromMs: Math.max(observation.askedAtMs, order.observedFromMs ?? 0) }
  found.payments = own.map(({ orderKey: _own, ...row }) => row)
  if (observation !== undefined) {
    const seen = found.isErased ? withoutPersonalData(observation) : observation
    found.observations = [...found.observations, { ...seen, orderId: order.id, revision }]
  }
  for (const moved of change.movements) {
    found.movements = [...found.movements.filter((movement) => !isSame(movement, moved)), moved]
  }
  for (const anomaly of change.anomalies ?? []) {
    found.anomalies = [...found.anomalies.filter(({ id }) => id !== anomaly.id), anomaly]
  }
  const events = tell(state, found, {
    news: change.news,
    consumers: change.consumers,
    occurredAtMs: change.committedAtMs,
    traceparent: change.traceparent
  })
  return { revision, events }
}

const fits = (order: StoredOrder, filter: OrderFilter): boolean =>
  (filter.merchants?.includes(order.merchant) ?? true) &&
  (filter.statuses?.includes(order.state.status) ?? true) &&
  (filter.shopReference === undefined || filter.shopReference === order.shopReference) &&
  (filter.createdFromMs === undefined || order.createdAtMs >= filter.createdFromMs) &&
  (filter.createdBeforeMs === undefined || order.createdAtMs < filter.createdBeforeMs)

const byAge = (
  a: { readonly createdAtMs: number; readonly id: string },
  b: { readonly createdAtMs: number; readonly id: string }
): number => a.createdAtMs - b.createdAtMs || compareText(a.id, b.id)

const list = (state: ModelState, ...[filter, page]: Parameters<OrderStore["Service"]["list"]>) => {
  const { after } = page
  const fitting = all(state).map(({ order }) => order)
    .filter((order) => fits(order, filter) && (after === undefined || byAge(order, after) < 0))
    .toSorted((a, b) => byAge(b, a))
  const items = fitting.slice(0, clipped(page.limit))
  if (items.length === fitting.length) return { items }
  const { createdAtMs, id } = items.at(-1)!
  return { items, next: { createdAtMs, id } }
}

const observations = (state: ModelState, ...[id, page]: Parameters<OrderStore["Service"]["observations"]>) => {
  const { before } = page
  const fitting = (state.orders.get(id)?.observations ?? [])
    .filter(({ revision }) => before === undefined || revision < before).toReversed()
  const items = fitting.slice(0, clipped(page.limit))
  return items.length === fitting.length ? { items } : { items, next: items.at(-1)!.revision }
}

const isSame = (a: Pick<Movement, "kind" | "reference">, b: Pick<Movement, "kind" | "reference">): boolean =>
  a.kind === b.kind && a.reference === b.reference

const intend = (state: ModelState, wish: Movement, limitMinor: number) => {
  const found = byId(state, wish.orderId)
  const stored = found.movements.find((movement) => isSame(movement, wish))
  if (stored !== undefined) return { created: false, movement: stored }
  const { amountMinor, kind, orderId, paymentId } = wish
  const takenMinor = found.movements
    .filter((movement) =>
      movement.kind === kind && movement.paymentId === paymentId && isCountedModification(movement.state)
    )
    .reduce((sum, movement) => sum + movement.amountMinor, 0)
  const leftMinor = Math.max(0, limitMinor - takenMinor)
  if (takenMinor + amountMinor > limitMinor) {
    throw new MovementTooLarge({ orderId, paymentId, askedMinor: amountMinor, leftMinor })
  }
  const movement: Movement = { ...wish, state: "intended" }
  found.movements = [...found.movements, movement]
  return { created: true, movement }
}

const settle = (state: ModelState, step: Parameters<OrderStore["Service"]["settle"]>[0]): boolean => {
  const found = state.orders.get(step.orderId)
  const movement = found?.movements.find((movement) => isSame(movement, step))
  const moved = movement && modificationAfter(movement.state, step.cause)
  if (found === undefined || movement === undefined || moved === undefined) return false
  const after = { ...movement, state: moved, changedAtMs: step.atMs }
  found.movements = found.movements.map((each) => each === movement ? after : each)
  return true
}

const dueBelowMs = (among: DueAmong | undefined): number => {
  switch (among) {
    case undefined:
      return Number.POSITIVE_INFINITY
    case "waiting":
      return waitingLooksMs
    case "first-day":
      return firstDayLooksMs
  }
}

export const orderModel = (state: ModelState): Plain<OrderStore["Service"]> => ({
  reserve: (wish) => reserve(state, wish),
  confirm: (wish) => confirm(state, wish),
  abandon: (id) => {
    const found = byId(state, id)
    const { order } = found
    if (order.registration === "reserved") {
      found.order = { ...order, registration: "abandoned", revision: order.revision + 1 }
    }
    return found.order
  },
  read: (name, paymentIds) => read(state, name, paymentIds),
  commit: (change) => commit(state, change),
  list: (filter, page) => list(state, filter, page),
  due: ({ among, limit, merchant, nowMs }) =>
    all(state).map(({ order }) => order)
      .filter((order) => order.registration === "confirmed" && order.merchant === merchant)
      .filter(({ nextCheckAtMs }) => nextCheckAtMs !== undefined && nextCheckAtMs <= nowMs)
      .filter(({ createdAtMs, nextCheckAtMs }) => nextCheckAtMs! - createdAtMs < dueBelowMs(among))
      .toSorted((a, b) => a.nextCheckAtMs! - b.nextCheckAtMs! || compareText(a.id, b.id))
      .slice(0, clipped(limit)),
  unsettled: ({ after, limit, reservedBeforeMs }) =>
    all(state).map(({ order }) => order)
      .filter(({ createdAtMs, registration }) => registration === "reserved" && createdAtMs < reservedBeforeMs)
      .filter((order) => after === undefined || byAge(order, after) > 0)
      .toSorted(byAge).slice(0, clipped(limit)),
  observations: (id, page) => observations(state, id, page),
  events: (id) => state.orders.get(id)?.events ?? [],
  intend: (movement, limitMinor) => intend(state, movement, limitMinor),
  settle: (step) => settle(state, step),
  movements: (id) =>
    (state.orders.get(id)?.movements ?? []).toSorted((a, b) =>
      a.requestedAtMs - b.requestedAtMs || compareText(a.kind, b.kind) || compareText(a.reference, b.reference)
    ),
  anomalies: (id) =>
    (state.orders.get(id)?.anomalies ?? []).filter(({ resolvedAtMs }) => resolvedAtMs === undefined)
      .toSorted((a, b) => a.raisedAtMs - b.raisedAtMs || compareText(a.id, b.id)),
  takePeriod: ({ merchant, orderId, period, series }) => {
    const key = JSON.stringify([merchant, series, period])
    if (!state.orderIdByPeriod.has(key)) state.orderIdByPeriod.set(key, orderId)
    return state.orderIdByPeriod.get(key) === orderId
  },
  erase: (id) => {
    const found = byId(state, id)
    found.isErased = true
    found.observations = found.observations.map(withoutPersonalData)
  }
})
