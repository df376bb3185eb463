/**
 * Orders as the REST API shows them.
 */
import { type Modification, orderMenuUrl, type OrderSnapshot, OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Caller } from "../api/Authorization.ts"
import type { ModificationView, OrderView } from "../api/OrderView.ts"
import { operating, speaksFor } from "../access/authorize.ts"
import { returnUrlsOf, ServiceSettings } from "../ServiceSettings.ts"
import { summaryOf } from "./listOrders.ts"
import { problemOf } from "./problemOf.ts"
import { problem } from "../api/problemCatalogue.ts"

/** Reads an order that the caller may see. One of another merchant is not there, as far as the caller can tell. */
export const visibleOrder = Effect.fnUntraced(function*(caller: Caller["Service"], orderId: string) {
  const store = yield* OrderStore
  const snapshot = yield* Effect.mapError(store.read({ by: "id", id: orderId }), problemOf)
  return speaksFor(caller, snapshot.order.merchant)
    ? snapshot
    : yield* Effect.fail(problem("order-not-found", "no order of your merchants has this id"))
})

/** Reads an order for an operation that changes something. */
export const operableOrder = Effect.fnUntraced(function*(orderId: string) {
  return yield* visibleOrder(yield* operating, orderId)
})

const menuUrlOf = Effect.fnUntraced(function*({ order }: OrderSnapshot) {
  if (order.registration !== "confirmed") return undefined
  const settings = yield* ServiceSettings
  const { menu: returnUrls } = returnUrlsOf(settings, { merchant: order.merchant, key: order.state.key })
  return yield* Effect.mapError(orderMenuUrl({ by: "id", id: order.id }, { returnUrls }, settings.menus), problemOf)
})

/** The view of what was read. */
export const viewOf = Effect.fnUntraced(function*(snapshot: OrderSnapshot) {
  const { order, payments } = snapshot
  const menuUrl = yield* menuUrlOf(snapshot)
  const view: typeof OrderView.Type = {
    ...summaryOf(order),
    ...(menuUrl === undefined ? {} : { menuUrl }),
    payments: payments.filter(({ orderKey }) => orderKey === undefined)
  }
  return view
})

/** The view of an order as it is stored now. */
export const viewOfStored = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  return yield* viewOf(yield* Effect.mapError(store.read({ by: "id", id: orderId }), problemOf))
})

export const modificationView = (modification: Modification): typeof ModificationView.Type => {
  const { amountMinor, changedAtMs, currency, kind, paymentId, reference, requestedAtMs, state } = modification
  return { kind, reference, paymentId, amountMinor, currency, state, requestedAtMs, changedAtMs }
}
