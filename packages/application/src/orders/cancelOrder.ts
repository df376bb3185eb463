/**
 * Cancel an order: ask Docdata, read its answer, and refresh the order with that answer in hand.
 *
 * Docdata's success only says that the request was handled. Whether the order is cancelled is decided from the
 * result and the report together; money that came in meanwhile wins.
 */
import { closedByOf, isClosed, type Order } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  type CancelResult,
  type EventSink,
  type GatewayFailure,
  mayHaveHappened,
  type MerchantAccount,
  type Merchants,
  type OrderName,
  type OrderStore,
  PaymentGateway
} from "../ports/index.ts"
import { refuseUnsupported } from "../requests/index.ts"
import { type Refreshed, type RefreshFailure, refreshUnshared } from "../refresh/index.ts"
import { changeOrder, changeWith, type Contended, type OpenFailure, openOrder } from "../commit/index.ts"
import { changeBeside } from "../shopOrders/index.ts"

/** What Docdata did, and what is true of the order afterwards. */
export interface CancelOutcome extends Refreshed {
  readonly result: CancelResult
}

export type CancelFailure = OpenFailure | GatewayFailure | Contended | RefreshFailure

const wordOf = (result: CancelResult): string => {
  switch (result._tag) {
    case "NoPayments":
      return "NO_PAYMENTS"
    case "AlreadyCancelled":
      return "ALREADY_CANCELED"
    case "Cancelled":
      return "SUCCESS"
    case "NotCancelled":
      return "FAILED"
    case "Pending":
      return "PENDING"
    case "Unrecognised":
      return result.word
  }
}

const refreshAfterMs = 15_000

/**
 * The order is held before Docdata is asked, so that a cancel which is never answered is not forgotten: whatever look
 * comes next finds the hold. A cancelled order clears it. Answers the revision on which this call put the hold, if it did.
 */
const hold = Effect.fnUntraced(function*(name: OrderName, { shop: table }: Pick<MerchantAccount, "shop">) {
  const nowMs = yield* Clock.currentTimeMillis
  let isOurs = false
  const { revision } = yield* changeWith(name, ({ order }) =>
    Effect.gen(function*() {
      const { nextRefreshAtMs = Number.POSITIVE_INFINITY, state } = order
      const soon = { nextRefreshAtMs: Math.min(nextRefreshAtMs, nowMs + refreshAfterMs) }
      isOurs = !(isClosed(state.status) && closedByOf(state) !== undefined) && state.hold === undefined
      if (!isOurs) return soon
      const held: Order = {
        ...state,
        fulfilment: state.fulfilment === "ship" ? "wait" : state.fulfilment,
        hold: "cancel-not-confirmed"
      }
      return { ...soon, ...yield* changeBeside({ order, state: held, events: [], table }) }
    }))
  return isOurs ? revision : undefined
})

/**
 * Docdata certainly did nothing: the order is as free as before, and the refresh that is due says whether it may ship. Unless
 * the order has changed since it was held: another cancel may count on the hold, and not be answered.
 */
const release = (name: OrderName, heldRevision: number) =>
  changeOrder(name, ({ order: { revision, state } }) => {
    if (revision !== heldRevision) return undefined
    const { hold: _, ...free } = state
    return { state: free }
  })

/** Cancels an order. Safe to repeat. `order.state.status` says whether it is cancelled; a hold says why it is not. */
export const cancelOrder = Effect.fn("CancelOrder")(function*(
  name: OrderName
): Effect.fn.Return<CancelOutcome, CancelFailure, OrderStore | Merchants | PaymentGateway | EventSink> {
  const { account, credentials, order } = yield* openOrder(name)
  yield* refuseUnsupported("cancel")
  const gateway = yield* PaymentGateway
  const byId: OrderName = { by: "id", id: order.id }
  return yield* Effect.uninterruptible(Effect.gen(function*() {
    const heldRevision = yield* hold(byId, account)
    const { value } = yield* Effect.tapError(
      gateway.cancel(credentials, { orderKey: order.state.key }),
      ({ reason }) =>
        heldRevision === undefined || mayHaveHappened("cancel", reason) ? Effect.void : release(byId, heldRevision)
    )
    const word = wordOf(value)
    // Versions before 1.3 say no word at all, which is a confirmation.
    const intent = { wanted: "cancelled", ...(word === "" ? {} : { cancelResult: word }) } as const
    return { ...yield* refreshUnshared(byId, { observedBy: "cancel", intent }), result: value }
  }))
})
