/**
 * The handlers of the movements group.
 */
import { OrderStore, settleMovement } from "@docdata/application"
import { Caller, DocdataApi } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { operating } from "../access/authorize.ts"
import { movementView, visibleOrder } from "./orderView.ts"
import { problemOf } from "./problemOf.ts"

export const movementsHandlers = HttpApiBuilder.group(DocdataApi, "movements", (handlers) =>
  handlers.handleAll({
    list: Effect.fn("http.movements.list")(function*({ params }) {
      const { order } = yield* visibleOrder(yield* Caller, params.orderId)
      const movements = yield* Effect.mapError((yield* OrderStore).movements(order.id), problemOf)
      return { movements: movements.map(movementView) }
    }),
    settle: Effect.fn("http.movements.settle")(function*({ params, payload }) {
      const caller = yield* operating
      const { order } = yield* visibleOrder(caller, params.orderId)
      const verdict = { ...payload, by: caller.keyId }
      return movementView(yield* Effect.mapError(settleMovement({ by: "id", id: order.id }, verdict), problemOf))
    })
  }))
