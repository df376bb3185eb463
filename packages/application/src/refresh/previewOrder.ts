/**
 * What a refresh of an order would change: Docdata is asked, and nothing is stored.
 */
import { type Intent, type Outcome, reconcile } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  type GatewayFailure,
  type Merchants,
  type OrderName,
  OrderStore,
  PaymentGateway,
  type StoredOrder
} from "../ports/index.ts"
import { type OpenFailure, openOrder } from "../commit/index.ts"
import { paymentIdsOf } from "./refreshOrder.ts"

/** The order as it is stored, and what would become of it. */
export interface OrderPreview {
  readonly order: StoredOrder
  readonly outcome: Outcome
}

export type PreviewFailure = OpenFailure | GatewayFailure

/** Asks for the status and decides as a refresh with this intent would. Changes nothing; safe to repeat. */
export const previewOrder = Effect.fn("OrderRefresh.preview")(function*(
  name: OrderName,
  intent?: Intent
): Effect.fn.Return<OrderPreview, PreviewFailure, OrderStore | Merchants | PaymentGateway> {
  const { account, credentials, order: { id, state: { key } } } = yield* openOrder(name)
  const { value: report } = yield* (yield* PaymentGateway).status(credentials, { orderKey: key })
  const { order, payments } = yield* (yield* OrderStore).read({ by: "id", id }, paymentIdsOf(report))
  const nowMs = yield* Clock.currentTimeMillis
  const { policy } = account
  const outcome = reconcile({
    order: order.state,
    payments,
    report,
    nowMs,
    policy,
    ...(intent === undefined ? {} : { intent })
  })
  return { order, outcome }
})
