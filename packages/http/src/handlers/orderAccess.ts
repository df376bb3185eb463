/**
 * Orders for a caller: those of others are not there.
 */
import { orderMenuUrl, type OrderSnapshot, OrderStore } from "@docdata/application"
import { Caller, problem } from "@docdata/contract"
import * as Effect from "effect/Effect"
import { operating, speaksFor } from "../access/authorize.ts"
import { noteOfRequest } from "../access/logRefusal.ts"
import { returnUrlsOf, ServiceSettings } from "../callbacks/ServiceSettings.ts"
import { orderView } from "../views/orderView.ts"
import { problemOf } from "./problemOf.ts"

/** Names an order by the service's own id. */
export const byId = (id: string) => ({ by: "id", id }) as const

/** Reads an order that the caller may see. One of another merchant is not there, as far as the caller can tell. */
export const visibleOrder = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  const snapshot = yield* Effect.mapError(store.read(byId(orderId)), problemOf)
  if (!speaksFor(yield* Caller, snapshot.order.merchant)) {
    return yield* Effect.fail(problem("order-not-found", "no order of your merchants has this id"))
  }
  yield* noteOfRequest({ merchant: snapshot.order.merchant })
  return snapshot
})

/** Reads an order for an operation that changes something. */
export const operableOrder = Effect.fnUntraced(function*(orderId: string) {
  yield* operating
  return yield* visibleOrder(orderId)
})

const menuUrlOf = Effect.fnUntraced(function*({ order }: OrderSnapshot) {
  if (order.registration !== "confirmed") return undefined
  const settings = yield* ServiceSettings
  const { menu: returnUrls } = returnUrlsOf(settings, { merchant: order.merchant, key: order.state.key })
  return yield* Effect.mapError(orderMenuUrl(byId(order.id), { returnUrls }, settings.menus), problemOf)
})

/** The view of what was read. */
export const viewOf = Effect.fnUntraced(function*(snapshot: OrderSnapshot) {
  return orderView(snapshot, yield* menuUrlOf(snapshot))
})

/** The view of an order as it is stored now. */
export const viewOfStored = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  return yield* viewOf(yield* Effect.mapError(store.read(byId(orderId)), problemOf))
})
