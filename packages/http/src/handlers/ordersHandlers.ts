/**
 * The handlers of the orders group: each checks who calls, runs one use case and shows what came of it.
 */
import {
  cancelOrder,
  clearHold,
  createOrAnswer,
  expireOrder,
  listPaymentMethods,
  Merchants,
  type OrderDescription,
  OrderStore,
  refreshOrder
} from "@docdata/application"
import { apiOf, Caller, type CreateOrderRequest, OrdersGroup, problem } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { administering, operating, speaksFor } from "../access/authorize.ts"
import { noteOfRequest } from "../access/logRefusal.ts"
import { answerHeader } from "../answers/answerHeader.ts"
import { ServiceSettings } from "../callbacks/ServiceSettings.ts"
import { explanationOf } from "./explanation.ts"
import { listOrders } from "./listOrders.ts"
import { observationsOf } from "./observations.ts"
import { byId, operableOrder, viewOf, viewOfStored, visibleOrder } from "./orderAccess.ts"
import { previewOf, replayOf } from "./preview.ts"
import { createProblemOf, problemOf } from "./problemOf.ts"
import { timelineEntries } from "./timeline.ts"

const create = createOrAnswer((description: OrderDescription) => description)

/** The account of a new order: the one named, else the only one the key speaks for, else the first of the settings. */
const merchantOf = Effect.fnUntraced(function*(caller: Caller["Service"], named: string | undefined) {
  if (named !== undefined) {
    if (speaksFor(caller, named)) return named
    return yield* Effect.fail(problem("unknown-merchant", "this key does not speak for such an account"))
  }
  const names = caller.merchants === "all"
    ? (yield* (yield* Merchants).all()).map(({ name }) => name)
    : caller.merchants
  const [only] = names
  if (names.length === 1 && only !== undefined) return only
  const { defaultMerchant } = yield* ServiceSettings
  return defaultMerchant !== undefined && names.includes(defaultMerchant)
    ? defaultMerchant
    : yield* Effect.fail(problem("unknown-merchant", "this key speaks for several accounts: name one"))
})

/** Creates the order, or answers with the one that the key created before. */
const createFor = Effect.fnUntraced(function*(idempotencyKey: string, payload: typeof CreateOrderRequest.Type) {
  const merchant = yield* merchantOf(yield* operating, payload.merchant)
  yield* noteOfRequest({ merchant })
  const { adjusted, created, order } = yield* Effect.mapError(
    create({
      merchant,
      shopReference: payload.shopReference,
      idempotencyKey,
      shopOrder: payload.order
    }),
    (failure) =>
      failure._tag === "AlreadyTaken" && failure.what === "idempotency-key"
        ? problem("idempotency-conflict", "use a key of its own for each request")
        : createProblemOf(failure, (payload.order.recurringReference ?? "") !== "")
  )
  if (!created) yield* answerHeader("idempotency-replayed", "true")
  const view = yield* viewOfStored(order.id)
  const inRequest = adjusted.map((one) => Object.assign({}, one, { path: `order.${one.path}` }))
  return inRequest.length === 0 ? view : { ...view, adjusted: inRequest }
})

const api = apiOf(OrdersGroup)

export const ordersRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "orders", (handlers) =>
    handlers.handleAll({
      create: Effect.fn("http.orders.create")(function*({ headers, payload }) {
        return yield* createFor(headers["idempotency-key"], payload)
      }),
      list: Effect.fn("http.orders.list")(function*({ query }) {
        return yield* listOrders(yield* Caller, query)
      }),
      read: Effect.fn("http.orders.read")(function*({ params }) {
        return yield* viewOf(yield* visibleOrder(params.orderId))
      }),
      refresh: Effect.fn("http.orders.refresh")(function*({ params }) {
        const { order } = yield* operableOrder(params.orderId)
        yield* Effect.mapError(refreshOrder(byId(order.id), { observedBy: "operator" }), problemOf)
        return yield* viewOfStored(order.id)
      }),
      cancel: Effect.fn("http.orders.cancel")(function*({ params }) {
        const { order } = yield* operableOrder(params.orderId)
        const { result } = yield* Effect.mapError(cancelOrder(byId(order.id)), problemOf)
        return { result: result._tag, order: yield* viewOfStored(order.id) }
      }),
      expire: Effect.fn("http.orders.expire")(function*({ params }) {
        const { order } = yield* operableOrder(params.orderId)
        yield* Effect.mapError(expireOrder(byId(order.id)), problemOf)
        return yield* viewOfStored(order.id)
      }),
      clearHold: Effect.fn("http.orders.clearHold")(function*({ params }) {
        const { order } = yield* operableOrder(params.orderId)
        yield* Effect.mapError(clearHold(byId(order.id)), problemOf)
        const { hold } = order.state
        return { ...(hold === undefined ? {} : { cleared: hold }), order: yield* viewOfStored(order.id) }
      }),
      erase: Effect.fn("http.orders.erase")(function*({ params }) {
        yield* administering
        const { order } = yield* visibleOrder(params.orderId)
        yield* Effect.mapError((yield* OrderStore).erase(order.id), problemOf)
      }),
      preview: Effect.fn("http.orders.preview")(function*({ params }) {
        return yield* previewOf(yield* operableOrder(params.orderId))
      }),
      replay: Effect.fn("http.orders.replay")(function*({ params, query }) {
        return yield* replayOf(yield* visibleOrder(params.orderId), query)
      }),
      explanation: Effect.fn("http.orders.explanation")(function*({ params }) {
        return yield* explanationOf(yield* visibleOrder(params.orderId))
      }),
      timeline: Effect.fn("http.orders.timeline")(function*({ params }) {
        const { order } = yield* visibleOrder(params.orderId)
        return { entries: yield* timelineEntries(order.id) }
      }),
      observations: Effect.fn("http.orders.observations")(function*({ params, query }) {
        if (query.include !== undefined) yield* administering
        const { order } = yield* visibleOrder(params.orderId)
        return yield* observationsOf(order, query)
      }),
      methods: Effect.fn("http.orders.methods")(function*({ params }) {
        const { order } = yield* visibleOrder(params.orderId)
        const methods = yield* Effect.mapError(listPaymentMethods(byId(order.id)), problemOf)
        // Mandates are the shopper's.
        return { methods: methods.map(({ issuers, name }) => ({ name, issuers })) }
      })
    }))
)
