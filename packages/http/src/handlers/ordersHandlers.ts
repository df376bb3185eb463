/**
 * The handlers of the orders group: each checks who calls, runs one use case and shows what came of it.
 */
import {
  cancelOrder,
  capturePayment,
  clearHold,
  createOrAnswer,
  expireOrder,
  listPaymentMethods,
  Merchants,
  type Modification,
  type OrderDescription,
  refreshOrder,
  refundPayment
} from "@docdata/application"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Caller } from "../api/Authorization.ts"
import { DocdataApi } from "../api/DocdataApi.ts"
import { problem } from "../api/problemCatalogue.ts"
import { operating, speaksFor } from "../access/authorize.ts"
import { listOrders } from "./listOrders.ts"
import { explanationOf } from "./explanation.ts"
import { observationsOf } from "./observations.ts"
import { modificationView, operableOrder, viewOf, viewOfStored, visibleOrder } from "./orderView.ts"
import { answerHeader } from "../serve/answerHeader.ts"
import { modificationFailed, problemOf } from "./problemOf.ts"
import { timelineEntries } from "./timeline.ts"

const create = createOrAnswer((description: OrderDescription) => description)

/** The account of a new order: the one named, else the only one the key speaks for. */
const merchantOf = Effect.fnUntraced(function*(caller: Caller["Service"], named: string | undefined) {
  if (named !== undefined) {
    if (speaksFor(caller, named)) return named
    return yield* Effect.fail(problem("unknown-merchant", "this key does not speak for such an account"))
  }
  const names = caller.merchants === "all"
    ? (yield* (yield* Merchants).all()).map(({ name }) => name)
    : caller.merchants
  const [only] = names
  return names.length === 1 && only !== undefined
    ? only
    : yield* Effect.fail(problem("unknown-merchant", "this key speaks for several accounts: name one"))
})

// A repetition answers what became of the first, and one that failed must not look as if it was taken.
const movedView = (modification: Modification) =>
  modification.state === "failed" ? Effect.fail(modificationFailed()) : Effect.succeed(modificationView(modification))

const byId = (id: string) => ({ by: "id", id }) as const

export const ordersHandlers = HttpApiBuilder.group(DocdataApi, "orders", (handlers) =>
  handlers.handleAll({
    create: Effect.fn("http.orders.create")(function*({ headers, payload }) {
      const merchant = yield* merchantOf(yield* operating, payload.merchant)
      const { created, order } = yield* Effect.mapError(
        create({
          merchant,
          shopReference: payload.shopReference,
          idempotencyKey: headers["idempotency-key"],
          shopOrder: payload.order
        }),
        problemOf
      )
      if (!created) yield* answerHeader("idempotency-replayed", "true")
      return yield* viewOfStored(order.id)
    }),
    list: Effect.fn("http.orders.list")(function*({ query }) {
      return yield* listOrders(yield* Caller, query)
    }),
    read: Effect.fn("http.orders.read")(function*({ params }) {
      return yield* viewOf(yield* visibleOrder(yield* Caller, params.orderId))
    }),
    refresh: Effect.fn("http.orders.refresh")(function*({ params }) {
      const { order } = yield* operableOrder(params.orderId)
      yield* Effect.mapError(refreshOrder(byId(order.id), { observedBy: "operator" }), problemOf)
      return yield* viewOfStored(order.id)
    }),
    timeline: Effect.fn("http.orders.timeline")(function*({ params }) {
      const { order } = yield* visibleOrder(yield* Caller, params.orderId)
      return { entries: yield* timelineEntries(order.id) }
    }),
    explanation: Effect.fn("http.orders.explanation")(function*({ params }) {
      return yield* explanationOf(yield* visibleOrder(yield* Caller, params.orderId))
    }),
    observations: Effect.fn("http.orders.observations")(function*({ params, query }) {
      const { order } = yield* visibleOrder(yield* Caller, params.orderId)
      return yield* observationsOf(order.id, query)
    }),
    methods: Effect.fn("http.orders.methods")(function*({ params }) {
      const { order } = yield* visibleOrder(yield* Caller, params.orderId)
      const methods = yield* Effect.mapError(listPaymentMethods(byId(order.id)), problemOf)
      // Mandates are the shopper's.
      return { methods: methods.map(({ issuers, name }) => ({ name, issuers })) }
    }),
    capture: Effect.fn("http.orders.capture")(function*({ params, payload }) {
      const { order } = yield* operableOrder(params.orderId)
      return yield* movedView(yield* Effect.mapError(capturePayment(byId(order.id), payload), problemOf))
    }),
    refund: Effect.fn("http.orders.refund")(function*({ params, payload }) {
      const { order } = yield* operableOrder(params.orderId)
      return yield* movedView(yield* Effect.mapError(refundPayment(byId(order.id), payload), problemOf))
    }),
    cancel: Effect.fn("http.orders.cancel")(function*({ params }) {
      const { order } = yield* operableOrder(params.orderId)
      const { result } = yield* Effect.mapError(cancelOrder(byId(order.id)), problemOf)
      return { result: result._tag, order: yield* viewOfStored(order.id) }
    }),
    clearHold: Effect.fn("http.orders.clearHold")(function*({ params }) {
      const { order } = yield* operableOrder(params.orderId)
      yield* Effect.mapError(clearHold(byId(order.id)), problemOf)
      return yield* viewOfStored(order.id)
    }),
    expire: Effect.fn("http.orders.expire")(function*({ params }) {
      const { order } = yield* operableOrder(params.orderId)
      yield* Effect.mapError(expireOrder(byId(order.id)), problemOf)
      return yield* viewOfStored(order.id)
    })
  }))
