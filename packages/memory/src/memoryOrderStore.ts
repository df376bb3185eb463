/**
 * The orders in memory.
 */
import { OrderStore, withoutPersonalData } from "@docdata/application"
import * as Effect from "effect/Effect"
import { commitChange } from "./commitChange.ts"
import { eraseNotes, openOf } from "./memoryAnomalies.ts"
import { type MemoryState, within } from "./MemoryState.ts"
import { inOrder, intend, resolve, withdraw } from "./modifications.ts"
import { firstOf, list, observations, paymentsElsewhere, read, shopOrder } from "./reading.ts"
import { abandon, confirm, recordOf, renew, reserve } from "./registration.ts"

/**
 * An order store on `state`.
 *
 * Every method is one synchronous step: it cannot be interrupted half way, and no other step runs meanwhile. That
 * is all the atomicity there is to it.
 */
export const memoryOrderStore = (state: MemoryState): OrderStore["Service"] => {
  const { orders } = state
  return OrderStore.of({
    reserve: (order) => Effect.suspend(() => reserve(state, order)),
    confirm: (confirmation) =>
      Effect.suspend(() =>
        Effect.flatMap(recordOf(state, confirmation.orderId), (record) => confirm(state, record, confirmation))
      ),
    renew: ({ leaseUntilMs, orderId }) => Effect.sync(() => renew(orders.byId.get(orderId), leaseUntilMs)),
    abandon: (orderId, because) =>
      Effect.suspend(() => Effect.map(recordOf(state, orderId), (record) => abandon(state, record, because))),
    read: (name, paymentIds = []) => Effect.suspend(() => read(state, name, paymentIds)),
    paymentsElsewhere: (order, paymentIds) => Effect.sync(() => paymentsElsewhere(orders, order, paymentIds)),
    shopOrder: (name) => Effect.sync(() => shopOrder(orders, name)),
    commit: (change) =>
      Effect.suspend(() =>
        Effect.flatMap(recordOf(state, change.orderId), (record) => commitChange(state, record, change))
      ),
    list: (filter, page) => Effect.sync(() => list(state, filter, page)),
    due: ({ among, limit, merchant, nowMs }) =>
      Effect.sync(() => {
        const index = among === undefined ? orders.due.get(merchant) : orders.dueAmong.get(within(among, merchant))
        return firstOf(orders, index, { limit, untilMs: nowMs })
      }),
    staleReservations: ({ after, limit, nowMs }) =>
      Effect.sync(() =>
        firstOf(orders, orders.reserved, {
          limit,
          fits: ({ leaseUntilMs }) => leaseUntilMs <= nowMs,
          ...(after && { after: { atMs: after.createdAtMs, id: after.id } })
        })
      ),
    observations: (orderId, page) => Effect.sync(() => observations(orders.byId.get(orderId), page)),
    events: (orderId) => Effect.sync(() => [...orders.byId.get(orderId)?.events ?? []]),
    intend: (modification, limitMinor) =>
      Effect.suspend(() =>
        Effect.flatMap(recordOf(state, modification.orderId), (record) => intend(record, modification, limitMinor))
      ),
    resolve: (step) => Effect.sync(() => resolve(orders.byId.get(step.orderId), step)),
    withdraw: (named) => Effect.sync(() => withdraw(orders.byId.get(named.orderId), named)),
    modifications: (orderId) => Effect.sync(() => inOrder(orders.byId.get(orderId)?.modifications.values() ?? [])),
    anomalies: (orderId) => Effect.sync(() => openOf(state, orders.byId.get(orderId))),
    takePeriod: ({ merchant, orderId, period, series }) =>
      Effect.sync(() => {
        const key = within(merchant, within(series, period))
        const owner = orders.orderIdByPeriod.get(key) ?? orderId
        orders.orderIdByPeriod.set(key, owner)
        return owner === orderId
      }),
    erase: (orderId) =>
      Effect.suspend(() =>
        Effect.map(recordOf(state, orderId), (record) => {
          record.isErased = true
          record.observations = record.observations.map(withoutPersonalData)
          eraseNotes(state, record)
        })
      )
  })
}
