/**
 * The payment menu of an order, with the way back to the service if the settings say where it is.
 */
import { type MenuOptions, orderMenuUrl, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Stored, StoredPlan } from "../service/layerApplication.ts"
import type { OrderFailure } from "./exitOf.ts"

export const menuUrlOf = Effect.fnUntraced(function*(
  order: StoredOrder,
  request: MenuOptions,
  plan: StoredPlan
): Effect.fn.Return<string, OrderFailure, Stored> {
  const { menus, publicOrigin, returnSecrets } = plan
  const { returnUrlsOf } = yield* Effect.promise(() => import("@docdata/http"))
  const returnUrls = publicOrigin === ""
    ? {}
    : {
      returnUrls: returnUrlsOf({ publicOrigin, returnSecrets }, { merchant: order.merchant, key: order.state.key }).menu
    }
  return yield* orderMenuUrl({ by: "id", id: order.id }, { ...returnUrls, ...request }, menus)
})
