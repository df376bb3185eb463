/**
 * Answers about orders. Each function is one synchronous step that changes nothing.
 */
import {
  type Observation,
  type OrderCursor,
  type OrderFilter,
  type OrderName,
  OrderNotFound,
  type OrderSnapshot,
  type Page,
  pageSizeMax,
  type ShopOrderName,
  type StoredOrder,
  type StoredShopOrder
} from "@docdata/application"
import { attemptOf, PaymentId, type PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type MemoryState, type OrderRecord, type OrderTables, within } from "./MemoryState.ts"
import { compareMoments, compareText, type Moment, type SortedIndex } from "./SortedIndex.ts"

/** What a request for so many items means. */
export const pageSize = (limit: number): number => Math.min(Math.max(limit, 1), pageSizeMax)

const idOf = ({ idByKey, idByReference }: OrderTables, name: OrderName): string | undefined => {
  switch (name.by) {
    case "id":
      return name.id
    case "key":
      return idByKey.get(within(name.merchant, name.key))
    case "order-reference":
      return idByReference.get(within(name.merchant, name.orderReference))
  }
}

// Sorting keeps what comes first among equals: the own row, then the others by their owners' ids.
const compareRows = (a: PaymentRow, b: PaymentRow): number => PaymentId.compare(a.paymentId, b.paymentId)

/** Rows of other orders of the merchant under the given ids, with their owners' keys. */
export const paymentsElsewhere = (
  { byId, ownersByPaymentId }: OrderTables,
  { id, merchant }: Pick<StoredOrder, "id" | "merchant">,
  paymentIds: ReadonlyArray<string>
): ReadonlyArray<PaymentRow> =>
  [...new Set(paymentIds)].flatMap((paymentId) =>
    [...ownersByPaymentId.get(within(merchant, paymentId)) ?? []].toSorted(compareText).flatMap((ownerId) => {
      const owner = byId.get(ownerId)!
      const row = owner.payments.find((row) => row.paymentId === paymentId)
      return ownerId === id || row === undefined ? [] : [{ ...row, orderKey: owner.order.state.key }]
    })
  ).toSorted(compareRows)

/** The shop's order as it was changed last, or its confirmed attempts where nothing changed yet. */
export const shopOrder = (tables: OrderTables, { merchant, shopReference }: ShopOrderName): StoredShopOrder => {
  const key = within(merchant, shopReference)
  const attempts = (tables.idsByShopReference.get(key) ?? []).map((id) => tables.byId.get(id)!.order)
    .filter(({ registration }) => registration === "confirmed")
    .toSorted((a, b) => a.createdAtMs - b.createdAtMs || compareText(a.id, b.id))
  return tables.shopOrders.get(key) ??
    { merchant, shopReference, revision: 0, attempts: attempts.map((order) => attemptOf(order)) }
}

export const read = (
  { orders }: MemoryState,
  name: OrderName,
  paymentIds: ReadonlyArray<string>
): Effect.Effect<OrderSnapshot, OrderNotFound> => {
  const record = orders.byId.get(idOf(orders, name) ?? "")
  if (record === undefined) return Effect.fail(new OrderNotFound({ order: name }))
  const { order, payments } = record
  const foreign = paymentsElsewhere(orders, order, paymentIds)
  return Effect.succeed({
    order,
    payments: foreign.length === 0 ? payments : [...payments, ...foreign].toSorted(compareRows)
  })
}

/** Newest first, over several merchants: the newest of their newest, again and again. */
function* newestFirst(indexes: ReadonlyArray<SortedIndex>, after: Moment | undefined): Generator<string, void> {
  const walks = indexes.map((index) => index.descending(after))
  const heads = walks.map((walk) => walk.next())
  for (;;) {
    let newest: { readonly position: number; readonly moment: Moment } | undefined
    for (const [position, head] of heads.entries()) {
      if (head.done === true) continue
      if (newest === undefined || compareMoments(head.value, newest.moment) > 0) {
        newest = { position, moment: head.value }
      }
    }
    if (newest === undefined) return
    yield newest.moment.id
    heads[newest.position] = walks[newest.position]!.next()
  }
}

/** Ids of the attempts of one shop order, newest first. There are few of them. */
const reportedPaymentsOf = (
  { byId, idsByShopReference }: OrderTables,
  merchants: ReadonlyArray<string>,
  { after, shopReference }: { readonly after: Moment | undefined; readonly shopReference: string }
): ReadonlyArray<string> =>
  merchants.flatMap((merchant) => idsByShopReference.get(within(merchant, shopReference)) ?? [])
    .map((id): Moment => ({ atMs: byId.get(id)!.order.createdAtMs, id }))
    .filter((moment) => after === undefined || compareMoments(moment, after) < 0)
    .toSorted((a, b) => compareMoments(b, a))
    .map(({ id }) => id)

/** What bounds the walk from above: the cursor or the end of the time asked for, whichever comes first. */
const startOf = (filter: OrderFilter, after: OrderCursor | undefined): Moment | undefined => {
  const cursor = after && { atMs: after.createdAtMs, id: after.id }
  // No id comes before the empty one: everything created at that instant is left out.
  const end = filter.createdBeforeMs === undefined ? undefined : { atMs: filter.createdBeforeMs, id: "" }
  if (cursor === undefined || end === undefined) return cursor ?? end
  return compareMoments(cursor, end) < 0 ? cursor : end
}

// An abandoned order never came to have one.
const hasStatus = ({ registration, state }: StoredOrder, statuses: NonNullable<OrderFilter["statuses"]>): boolean =>
  registration !== "abandoned" && statuses.includes(state.status)

/**
 * A page of orders. Costs a search per merchant plus the orders walked over: with a filter on statuses those that it
 * leaves out are walked over too.
 */
export const list = (
  { orders }: MemoryState,
  filter: OrderFilter,
  page: { readonly after?: OrderCursor; readonly limit: number }
): Page<StoredOrder, OrderCursor> => {
  const merchants = [...new Set(filter.merchants ?? orders.created.keys())]
  const { createdFromMs, shopReference, statuses } = filter
  const after = startOf(filter, page.after)
  const indexes = merchants.flatMap((merchant) => orders.created.get(merchant) ?? [])
  const ids = shopReference === undefined
    ? newestFirst(indexes, after)
    : reportedPaymentsOf(orders, merchants, { after, shopReference })
  const limit = pageSize(page.limit)
  const items: Array<StoredOrder> = []
  for (const id of ids) {
    const { order } = orders.byId.get(id)!
    if (createdFromMs !== undefined && order.createdAtMs < createdFromMs) break
    if (statuses !== undefined && !hasStatus(order, statuses)) continue
    if (items.length === limit) {
      const { createdAtMs, id } = items.at(-1)!
      return { items, next: { createdAtMs, id } }
    }
    items.push(order)
  }
  return { items }
}

/** The first orders of an index after `after` and up to and including `untilMs`, of them those that `fits` takes. */
export const firstOf = (
  { byId }: OrderTables,
  index: SortedIndex | undefined,
  { after, fits, limit, untilMs = Number.POSITIVE_INFINITY }: {
    readonly after?: Moment
    readonly fits?: (order: StoredOrder) => boolean
    readonly limit: number
    readonly untilMs?: number
  }
): ReadonlyArray<StoredOrder> => {
  const found: Array<StoredOrder> = []
  const size = pageSize(limit)
  for (const { atMs, id } of index?.ascending(after) ?? []) {
    if (atMs > untilMs || found.length === size) break
    const { order } = byId.get(id)!
    if (fits?.(order) ?? true) found.push(order)
  }
  return found
}

export const observations = (
  record: OrderRecord | undefined,
  page: { readonly before?: number; readonly limit: number }
): Page<Observation, number> => {
  const all = record?.observations ?? []
  const { before } = page
  let end = all.length
  if (before !== undefined) { while (end > 0 && all[end - 1]!.revision >= before) end-- }
  const start = Math.max(0, end - pageSize(page.limit))
  const items = all.slice(start, end).toReversed()
  return start === 0 ? { items } : { items, next: items.at(-1)!.revision }
}
