/**
 * The orders of the plain model.
 */
import {
  AlreadyTaken,
  type Commit,
  type DueAmong,
  type EventPayload,
  firstDayRefreshesMs,
  type Modification,
  ModificationTooLarge,
  type NewOrder,
  type OrderFilter,
  type OrderName,
  OrderNotFound,
  type OrderStore,
  Outdated,
  pageSizeMax,
  type ShopOrderName,
  type StoredOrder,
  type StoredShopOrder,
  type Subscriber,
  waitingRefreshesMs,
  withoutPersonalData
} from "@docdata/application"
import { attemptOf, eventId, isCountedModification, modificationAfter, type PaymentRow } from "@docdata/domain"
import { acknowledge } from "./inboxModel.ts"
import { compareText, type ModelOrder, type ModelState, type Plain } from "./ModelState.ts"

const clipped = (limit: number): number => Math.max(1, Math.min(limit, pageSizeMax))

const byId = (state: ModelState, id: string): ModelOrder => {
  const found = state.orders.get(id)
  if (found === undefined) throw new OrderNotFound({ order: { by: "id", id } })
  return found
}

const all = (state: ModelState): ReadonlyArray<ModelOrder> => [...state.orders.values()]

const withNextRefresh = (order: StoredOrder, nextRefreshAtMs: number | undefined): StoredOrder => {
  const { nextRefreshAtMs: _before, ...rest } = order
  return nextRefreshAtMs === undefined ? rest : { ...rest, nextRefreshAtMs }
}

const holdsItsKey = ({ keyReleased }: ModelState, { id }: StoredOrder): boolean => !keyReleased.has(id)

const reserve = (state: ModelState, request: NewOrder) => {
  const orders = all(state).map(({ order }) => order)
  const mine = orders.filter(({ merchant }) => merchant === request.merchant)
  const sameKey = mine.find((order) => holdsItsKey(state, order) && order.idempotencyKey === request.idempotencyKey)
  if (sameKey !== undefined) {
    if (sameKey.fingerprint === request.fingerprint) return { created: false, order: sameKey }
    throw new AlreadyTaken({ what: "idempotency-key", orderId: sameKey.id })
  }
  const sameReference = mine.find(({ orderReference }) => orderReference === request.orderReference)
  if (sameReference !== undefined) throw new AlreadyTaken({ what: "order-reference", orderId: sameReference.id })
  if (state.orders.has(request.id)) throw new AlreadyTaken({ what: "id", orderId: request.id })
  const { createdAtMs, currency, grossMinor } = request
  const order: StoredOrder = {
    ...request,
    orderAttempt: 1 + mine.filter(({ shopReference }) => shopReference === request.shopReference).length,
    registration: "reserved",
    revision: 0,
    state: { key: "", status: "new", fulfilment: "wait", createdAtMs, currency, grossMinor },
    quietRefreshes: 0
  }
  state.orders.set(order.id, {
    order,
    payments: [],
    observations: [],
    events: [],
    modifications: [],
    anomalies: [],
    isErased: false
  })
  return { created: true, order }
}

/** What is told with a change. */
interface Published {
  readonly payloads: ReadonlyArray<EventPayload>
  readonly subscribers: ReadonlyArray<Subscriber>
  readonly occurredAtMs: number
  readonly traceparent: string | undefined
}

const publish = (
  state: ModelState,
  of: ModelOrder,
  { subscribers, payloads, occurredAtMs, traceparent }: Published
) => {
  const trace = traceparent === undefined ? {} : { traceparent }
  const { id: orderId, merchant, revision } = of.order
  const events = payloads.map((payload, position) => {
    const id = eventId(orderId, revision, position)
    return { id, merchant, orderId, revision, position, occurredAtMs, ...trace, payload }
  })
  of.events = [...of.events, ...events]
  for (const one of subscribers) {
    const { name: subscriber, types } = typeof one === "string" ? { name: one, types: "all" as const } : one
    const deliveries = state.deliveries.get(subscriber) ?? new Map()
    state.deliveries.set(subscriber, deliveries)
    for (const event of events) {
      if (types !== "all" && !types.includes(event.payload.type)) continue
      const queueState = { at: "waiting", notBeforeMs: Number.NEGATIVE_INFINITY } as const
      deliveries.set(event.id, { subscriber, event, attempts: 0, queueState })
    }
  }
  return events
}

const confirm = (state: ModelState, request: Parameters<OrderStore["Service"]["confirm"]>[0]) => {
  const found = byId(state, request.orderId)
  const { order } = found
  if (order.registration === "confirmed") {
    if (order.state.key === request.key) return order
    throw new AlreadyTaken({ what: "order-key", orderId: order.id })
  }
  const holder = all(state).find(({ order: { merchant, state } }) =>
    merchant === order.merchant && state.key === request.key
  )
  if (holder !== undefined) throw new AlreadyTaken({ what: "order-key", orderId: holder.order.id })
  const holdsKey = all(state).some(({ order: other }) =>
    holdsItsKey(state, other) && other.merchant === order.merchant && other.idempotencyKey === order.idempotencyKey
  )
  if (!holdsKey) state.keyReleased.delete(order.id)
  const { abandonedBecause: _, ...reserved } = order
  found.order = withNextRefresh({
    ...reserved,
    registration: "confirmed",
    revision: order.revision + 1,
    state: { ...order.state, key: request.key }
  }, request.nextRefreshAtMs)
  const { adjusted } = request
  const payloads = [
    { type: "order.created", orderReference: order.orderReference, ...(adjusted?.length ? { adjusted } : {}) }
  ] as const
  const { confirmedAtMs: occurredAtMs, subscribers, traceparent } = request
  publish(state, found, { payloads, subscribers, occurredAtMs, traceparent })
  return found.order
}

const isNamed = (order: StoredOrder, name: Exclude<OrderName, { readonly by: "id" }>): boolean => {
  switch (name.by) {
    case "key":
      return order.registration === "confirmed" && order.merchant === name.merchant && order.state.key === name.key
    case "order-reference":
      return order.merchant === name.merchant && order.orderReference === name.orderReference
  }
}

// Sorting keeps the order of equals: the own row, then those of others by their owners' ids.
const byNumber = (a: PaymentRow, b: PaymentRow): number => Number(BigInt(a.paymentId) - BigInt(b.paymentId))

const paymentsElsewhere = (
  state: ModelState,
  { id, merchant }: Pick<StoredOrder, "id" | "merchant">,
  paymentIds: ReadonlyArray<string>
): ReadonlyArray<PaymentRow> =>
  all(state)
    .filter(({ order }) => order.id !== id && order.merchant === merchant)
    .toSorted((a, b) => compareText(a.order.id, b.order.id))
    .flatMap(({ order, payments }) =>
      payments.filter(({ paymentId }) => paymentIds.includes(paymentId))
        .map((row) => Object.assign({}, row, { orderKey: order.state.key }))
    )
    .toSorted(byNumber)

const read = (state: ModelState, name: OrderName, paymentIds: ReadonlyArray<string> = []) => {
  const found = name.by === "id"
    ? state.orders.get(name.id)
    : all(state).find(({ order }) => isNamed(order, name))
  if (found === undefined) throw new OrderNotFound({ order: name })
  const foreign = paymentsElsewhere(state, found.order, paymentIds)
  return { order: found.order, payments: [...found.payments, ...foreign].toSorted(byNumber) }
}

const shopOrder = (state: ModelState, { merchant, shopReference }: ShopOrderName): StoredShopOrder => {
  const isIt = (one: ShopOrderName) => one.merchant === merchant && one.shopReference === shopReference
  const changed = state.shopOrders.find(isIt)
  if (changed !== undefined) return changed
  const attempts = all(state).map(({ order }) => order)
    .filter((order) => isIt(order) && order.registration === "confirmed")
    .toSorted(byAge).map((order) => attemptOf(order))
  return { merchant, shopReference, revision: 0, attempts }
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
  const { shopOrder: changed } = change
  if (changed !== undefined) {
    const before = shopOrder(state, order)
    if (before.revision !== changed.expectedRevision) {
      const { expectedRevision, orderId } = change
      throw new Outdated({ orderId, expectedRevision, actualRevision: expectedRevision, isOfShopOrder: true })
    }
    const { expectedRevision, ...after } = changed
    const { merchant, shopReference } = order
    const others = state.shopOrders.filter((one) => one.merchant !== merchant || one.shopReference !== shopReference)
    state.shopOrders = [...others, { merchant, shopReference, revision: expectedRevision + 1, ...after }]
  }
  const revision = order.revision + 1
  const { observation } = change
  const after = withNextRefresh(
    { ...order, revision, state: { ...change.state, key }, quietRefreshes: change.quietRefreshes },
    change.nextRefreshAtMs
  )
  found.order = observation === undefined
    ? after
    : { ...after, observedFromMs: Math.max(observation.askedAtMs, order.observedFromMs ?? 0) }
  found.payments = own.map(({ orderKey: _own, ...row }) => row)
  if (observation !== undefined) {
    const seen = found.isErased ? withoutPersonalData(observation) : observation
    found.observations = [...found.observations, { ...seen, orderId: order.id, revision }]
  }
  for (const moved of change.modifications) {
    found.modifications = [...found.modifications.filter((modification) => !isSame(modification, moved)), moved]
  }
  for (const item of change.acknowledges ?? []) acknowledge(state, item)
  for (const anomaly of change.anomalies ?? []) {
    found.anomalies = [...found.anomalies.filter(({ id }) => id !== anomaly.id), anomaly]
  }
  const events = publish(state, found, {
    payloads: change.events,
    subscribers: change.subscribers,
    occurredAtMs: change.committedAtMs,
    traceparent: change.traceparent
  })
  return { revision, events }
}

const fits = (order: StoredOrder, filter: OrderFilter): boolean =>
  (filter.merchants?.includes(order.merchant) ?? true) &&
  (filter.statuses === undefined ||
    order.registration !== "abandoned" && filter.statuses.includes(order.state.status)) &&
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

const isSame = (a: Pick<Modification, "kind" | "reference">, b: Pick<Modification, "kind" | "reference">): boolean =>
  a.kind === b.kind && a.reference === b.reference

const intend = (state: ModelState, request: Modification, limitMinor: number) => {
  const found = byId(state, request.orderId)
  const stored = found.modifications.find((modification) => isSame(modification, request))
  if (stored !== undefined) return { created: false, modification: stored }
  const { amountMinor, kind, orderId, paymentId } = request
  const takenMinor = found.modifications
    .filter((modification) =>
      modification.kind === kind && modification.paymentId === paymentId && isCountedModification(modification.state)
    )
    .reduce((sum, modification) => sum + modification.amountMinor, 0)
  const leftMinor = Math.max(0, limitMinor - takenMinor)
  if (takenMinor + amountMinor > limitMinor) {
    throw new ModificationTooLarge({ orderId, paymentId, askedMinor: amountMinor, leftMinor })
  }
  const modification: Modification = { ...request, state: "intended" }
  found.modifications = [...found.modifications, modification]
  return { created: true, modification }
}

const resolve = (state: ModelState, step: Parameters<OrderStore["Service"]["resolve"]>[0]): boolean => {
  const found = state.orders.get(step.orderId)
  const modification = found?.modifications.find((modification) => isSame(modification, step))
  const moved = modification && modificationAfter(modification.state, step.cause)
  if (found === undefined || modification === undefined || moved === undefined) return false
  const after = { ...modification, state: moved, changedAtMs: step.atMs }
  found.modifications = found.modifications.map((each) => each === modification ? after : each)
  return true
}

const dueBelowMs = (among: DueAmong | undefined): number => {
  switch (among) {
    case undefined:
      return Number.POSITIVE_INFINITY
    case "waiting":
      return waitingRefreshesMs
    case "first-day":
      return firstDayRefreshesMs
  }
}

export const orderModel = (state: ModelState): Plain<OrderStore["Service"]> => ({
  reserve: (request) => reserve(state, request),
  confirm: (request) => confirm(state, request),
  renew: ({ leaseUntilMs, orderId }) => {
    const found = state.orders.get(orderId)
    if (found?.order.registration === "reserved") found.order = { ...found.order, leaseUntilMs }
  },
  abandon: (id, abandonedBecause) => {
    const found = byId(state, id)
    const { order } = found
    if (order.registration === "reserved") {
      const because = abandonedBecause && { abandonedBecause }
      found.order = { ...order, registration: "abandoned", ...because, revision: order.revision + 1 }
      state.keyReleased.add(id)
    }
    return found.order
  },
  read: (name, paymentIds) => read(state, name, paymentIds),
  paymentsElsewhere: (order, paymentIds) => paymentsElsewhere(state, order, paymentIds),
  shopOrder: (name) => shopOrder(state, name),
  commit: (change) => commit(state, change),
  list: (filter, page) => list(state, filter, page),
  due: ({ among, limit, merchant, nowMs }) =>
    all(state).map(({ order }) => order)
      .filter((order) => order.registration === "confirmed" && order.merchant === merchant)
      .filter(({ nextRefreshAtMs }) => nextRefreshAtMs !== undefined && nextRefreshAtMs <= nowMs)
      .filter(({ createdAtMs, nextRefreshAtMs }) => nextRefreshAtMs! - createdAtMs < dueBelowMs(among))
      .toSorted((a, b) => a.nextRefreshAtMs! - b.nextRefreshAtMs! || compareText(a.id, b.id))
      .slice(0, clipped(limit)),
  staleReservations: ({ after, limit, nowMs }) =>
    all(state).map(({ order }) => order)
      .filter(({ leaseUntilMs, registration }) => registration === "reserved" && leaseUntilMs <= nowMs)
      .filter((order) => after === undefined || byAge(order, after) > 0)
      .toSorted(byAge).slice(0, clipped(limit)),
  observations: (id, page) => observations(state, id, page),
  events: (id) => state.orders.get(id)?.events ?? [],
  intend: (modification, limitMinor) => intend(state, modification, limitMinor),
  resolve: (step) => resolve(state, step),
  withdraw: ({ orderId, ...named }) => {
    const found = state.orders.get(orderId)
    const left = found?.modifications.filter((each) => !isSame(each, named) || each.state !== "intended") ?? []
    const isLess = left.length < (found?.modifications.length ?? 0)
    if (found !== undefined) found.modifications = left
    return isLess
  },
  modifications: (id) =>
    (state.orders.get(id)?.modifications ?? []).toSorted((a, b) =>
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
