/**
 * An order with which something can be asked of Docdata: it has a key, and its account is known.
 */
import * as Effect from "effect/Effect"
import {
  type Merchant,
  type MerchantAccount,
  Merchants,
  type OrderName,
  type OrderNotFound,
  type OrderSnapshot,
  OrderStore,
  type StoreFailure,
  type UnknownMerchant
} from "../ports/index.ts"
import { credentialsFor } from "./credentialsFor.ts"
import { type MerchantMismatch, NotConfirmed } from "./UseCaseFailure.ts"

/** An order, its account, and the credentials for a call about it. */
export interface OpenOrder extends OrderSnapshot {
  readonly account: MerchantAccount
  readonly credentials: Merchant
}

/** Why an order cannot be opened. */
export type OpenFailure = OrderNotFound | NotConfirmed | UnknownMerchant | MerchantMismatch | StoreFailure

/** Reads an order and finds its account. Refused before any call: unknown order, no key yet, wrong merchant. */
export const openOrder = Effect.fnUntraced(function*(
  name: OrderName
): Effect.fn.Return<OpenOrder, OpenFailure, OrderStore | Merchants> {
  const snapshot = yield* (yield* OrderStore).read(name)
  const { order } = snapshot
  if (order.registration !== "confirmed") {
    return yield* new NotConfirmed({ orderId: order.id, registration: order.registration })
  }
  const account = yield* (yield* Merchants).find(order.merchant)
  return { ...snapshot, account, credentials: yield* credentialsFor(account, order) }
})
