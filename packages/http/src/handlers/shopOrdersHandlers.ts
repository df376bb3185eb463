/**
 * The handlers of the shop's orders.
 */
import { OrderStore, pageSizeMax } from "@docdata/application"
import { apiOf, Caller, problem, type ShopOrder, ShopOrdersGroup } from "@docdata/contract"
import { decideShopOrder } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { speaksFor } from "../access/authorize.ts"
import { moneyView } from "../views/moneyView.ts"
import { orderSummary } from "../views/orderView.ts"
import { storeProblemOf } from "./problemOf.ts"
import { routesOf } from "./routesOf.ts"

const api = apiOf(ShopOrdersGroup)

export const shopOrdersRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "shop-orders", (handlers) =>
    handlers.handleAll({
      read: Effect.fn("http.shop-orders.read")(function*({ params: { merchant, shopReference } }) {
        const store = yield* OrderStore
        const filter = { merchants: [merchant], shopReference }
        // A merchant of others has no orders, as far as the caller can tell.
        const isVisible = speaksFor(yield* Caller, merchant)
        const page = isVisible
          ? yield* Effect.mapError(store.list(filter, { limit: pageSizeMax }), storeProblemOf)
          : { items: [] }
        if (page.items.length === 0) {
          return yield* Effect.fail(problem("order-not-found", "no order of your merchants has this shop reference"))
        }
        const stored = yield* Effect.mapError(store.shopOrder({ merchant, shopReference }), storeProblemOf)
        const decided = decideShopOrder(stored.attempts)
        return {
          merchant,
          shopReference,
          status: decided?.status ?? "new",
          fulfilment: decided?.fulfilment ?? "wait",
          ...(stored.shopStatus === undefined ? {} : { shopStatus: stored.shopStatus }),
          ...(decided === undefined ? {} : { leadingOrderId: decided.leadingAttempt }),
          paidTwice: (decided?.findings ?? []).map(({ attempt, currency, keptMinor }) => ({
            orderId: attempt,
            kept: moneyView(keptMinor, currency)
          })),
          attempts: page.items.map(orderSummary)
        } satisfies typeof ShopOrder.Type
      })
    }))
)
