/**
 * The handlers of the modifications group.
 */
import { OrderStore, resolveModification } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { operating } from "../access/authorize.ts"
import { Caller } from "../api/Authorization.ts"
import { DocdataApi } from "../api/DocdataApi.ts"
import { modificationView, visibleOrder } from "./orderView.ts"
import { problemOf } from "./problemOf.ts"

export const modificationsHandlers = HttpApiBuilder.group(
  DocdataApi,
  "modifications",
  (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.modifications.list")(function*({ params }) {
        const { order } = yield* visibleOrder(yield* Caller, params.orderId)
        const modifications = yield* Effect.mapError((yield* OrderStore).modifications(order.id), problemOf)
        return { modifications: modifications.map(modificationView) }
      }),
      resolve: Effect.fn("http.modifications.resolve")(function*({ params, payload }) {
        const caller = yield* operating
        const { order } = yield* visibleOrder(caller, params.orderId)
        const verdict = { ...payload, by: caller.keyId }
        return modificationView(
          yield* Effect.mapError(resolveModification({ by: "id", id: order.id }, verdict), problemOf)
        )
      })
    })
)
