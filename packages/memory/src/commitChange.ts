/**
 * Storing a decided change: order, payments, observation, events and modifications, in one synchronous step.
 */
import { type Commit, type Committed, Outdated, type StoredOrder, withoutPersonalData } from "@docdata/application"
import { isForeign, PaymentId, type PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { entryOf, type MemoryState, type OrderRecord, type OrderTables, within } from "./MemoryState.ts"
import { putOfOrder } from "./memoryAnomalies.ts"
import { withNextRefresh } from "./registration.ts"
import { acknowledge } from "./memoryInbox.ts"
import { publish, replaceOrder } from "./replaceOrder.ts"

const withoutKey = (row: PaymentRow): PaymentRow => {
  if (row.orderKey === undefined) return row
  const own: { -readonly [Field in keyof PaymentRow]: PaymentRow[Field] } = { ...row }
  delete own.orderKey
  return own
}

const ownRows = (rows: ReadonlyArray<PaymentRow>, orderKey: string): ReadonlyArray<PaymentRow> =>
  rows.filter((row) => !isForeign(row, orderKey)).map(withoutKey).toSorted((a, b) =>
    PaymentId.compare(a.paymentId, b.paymentId)
  )

/** The first payment that the change would add to the order although another one of the merchant has it. */
const takenPayment = (
  { ownersByPaymentId }: OrderTables,
  { order, payments }: OrderRecord,
  added: Commit["payments"]
) =>
  added.find(({ paymentId }) =>
    !payments.some((row) => row.paymentId === paymentId) &&
    ownersByPaymentId.has(within(order.merchant, paymentId))
  )?.paymentId

const replacePayments = (tables: OrderTables, record: OrderRecord, rows: ReadonlyArray<PaymentRow>): void => {
  const { id, merchant } = record.order
  const { ownersByPaymentId } = tables
  for (const { paymentId } of record.payments) {
    const owners = ownersByPaymentId.get(within(merchant, paymentId))!
    owners.delete(id)
    if (owners.size === 0) ownersByPaymentId.delete(within(merchant, paymentId))
  }
  for (const { paymentId } of rows) {
    entryOf(ownersByPaymentId, within(merchant, paymentId), () => new Set<string>()).add(id)
  }
  record.payments = rows
}

const orderAfter = (order: StoredOrder, change: Commit): StoredOrder => {
  const after: StoredOrder = {
    ...order,
    revision: order.revision + 1,
    state: { ...change.state, key: order.state.key },
    quietRefreshes: change.quietRefreshes
  }
  const askedAtMs = change.observation?.askedAtMs
  if (askedAtMs === undefined) return withNextRefresh(after, change.nextRefreshAtMs)
  const observedFromMs = Math.max(order.observedFromMs ?? askedAtMs, askedAtMs)
  return withNextRefresh({ ...after, observedFromMs }, change.nextRefreshAtMs)
}

export const commitChange = (
  state: MemoryState,
  record: OrderRecord,
  change: Commit
): Effect.Effect<Committed, Outdated> => {
  const { order } = record
  if (order.revision !== change.expectedRevision) {
    return Effect.fail(
      new Outdated({
        orderId: order.id,
        expectedRevision: change.expectedRevision,
        actualRevision: order.revision
      })
    )
  }
  const payments = ownRows(change.payments, order.state.key)
  const paymentId = takenPayment(state.orders, record, payments)
  if (paymentId !== undefined) {
    const { revision } = order
    return Effect.fail(
      new Outdated({ orderId: order.id, expectedRevision: revision, actualRevision: revision, paymentId })
    )
  }
  const { merchant, shopReference } = order
  const shopOrders = state.orders.shopOrders
  const shopOrderKey = within(merchant, shopReference)
  if (change.shopOrder !== undefined) {
    const { expectedRevision, ...after } = change.shopOrder
    if ((shopOrders.get(shopOrderKey)?.revision ?? 0) !== expectedRevision) {
      const { id: orderId, revision } = order
      return Effect.fail(
        new Outdated({ orderId, expectedRevision: revision, actualRevision: revision, isOfShopOrder: true })
      )
    }
    shopOrders.set(shopOrderKey, { merchant, shopReference, revision: expectedRevision + 1, ...after })
  }
  replaceOrder(state.orders, record, orderAfter(order, change))
  replacePayments(state.orders, record, payments)
  const { revision } = record.order
  if (change.observation !== undefined) {
    const seen = record.isErased ? withoutPersonalData(change.observation) : change.observation
    record.observations.push({ ...seen, orderId: order.id, revision })
  }
  for (const modification of change.modifications) {
    record.modifications.set(within(modification.kind, modification.reference), { ...modification, orderId: order.id })
  }
  putOfOrder(state, record, change.anomalies ?? [])
  for (const item of change.acknowledges ?? []) acknowledge(state.inbox, item)
  const events = publish(state, record, {
    events: change.events,
    subscribers: change.subscribers,
    occurredAtMs: change.committedAtMs,
    traceparent: change.traceparent
  })
  return Effect.succeed({ revision, events })
}
