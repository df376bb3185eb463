/**
 * Puts a decided change of an order beside the other attempts at the shop's order.
 *
 * Most changes of an order say nothing new of the shop's order, which then is not even read.
 */
import { attemptOf, decideShopOrder, isSameAttempt, type Order, type OrderEvent } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { anomaliesFor, raisedEvent } from "../anomalies/index.ts"
import { type Change, changeWith } from "../commit/index.ts"
import {
  type Anomaly,
  OrderStore,
  type ShopStatuses,
  type StoredOrder,
  type StoredShopOrder,
  type StoreFailure
} from "../ports/index.ts"
import { shopOrderAfter, type ShopOrderOutcome } from "./shopOrderAfter.ts"
import { statusByEvents } from "./shopStatus.ts"

/** A change of an order as if there were no other attempt. */
export interface DecidedChange {
  readonly order: StoredOrder
  /** Decided without the hold `paid-twice`, which is not the order's own. */
  readonly state: Order
  readonly events: ReadonlyArray<OrderEvent>
  readonly atMs: number
  /** The shop's own statuses. */
  readonly table: ShopStatuses | undefined
  /** Anomalies of the order that stand; one of another attempt is a reason to look again. */
  readonly open?: ReadonlyArray<Anomaly>
  /** The order was confirmed just now, and no attempt knows of it. */
  readonly isNew?: boolean
}

const concernsOthers = ({ isNew = false, open = [], order, state }: DecidedChange): boolean => {
  const attempt = (of: Order) => attemptOf({ id: order.id, state: of })
  return isNew || order.state.hold === "paid-twice" || open.some(({ kind }) => kind === "paid-twice") ||
    !isSameAttempt(attempt(order.state), attempt(state))
}

const withoutOwn = (shopOrder: StoredShopOrder, { id }: StoredOrder): StoredShopOrder => ({
  ...shopOrder,
  attempts: shopOrder.attempts.filter((attempt) => attempt.id !== id)
})

/** The change as it is to be stored, with what it makes of the shop's order. */
export const followShopOrder = Effect.fnUntraced(function*(
  decided: DecidedChange
): Effect.fn.Return<ShopOrderOutcome, StoreFailure, OrderStore> {
  const { events, isNew = false, order, state, table } = decided
  if (!concernsOthers(decided)) {
    return { state, own: events, ofShopOrder: [], anomalies: [], isShopFollowing: table === undefined }
  }
  const store = yield* OrderStore
  const stored = yield* store.shopOrder(order)
  const before = isNew ? withoutOwn(stored, order) : stored
  const leading = decideShopOrder(before.attempts)?.leadingAttempt ?? order.id
  // Nothing was kept of the shop's own status before the first change, or by a version before.
  const shopStatus = stored.revision > 0 || table === undefined
    ? stored.shopStatus
    : statusByEvents(table, yield* store.events(leading))
  return shopOrderAfter({ ...decided, before, shopStatus })
})

/** The same as part of a change that no report led to. */
export const changeBeside = Effect.fnUntraced(function*(
  decided: Omit<DecidedChange, "atMs" | "open">
): Effect.fn.Return<Change, StoreFailure, OrderStore> {
  const { order } = decided
  const atMs = yield* Clock.currentTimeMillis
  const { anomalies, change, own, state, ofShopOrder } = yield* followShopOrder({ ...decided, atMs })
  const open = anomalies.length === 0 ? [] : yield* OrderStore.use((store) => store.anomalies(order.id))
  const raised = yield* anomaliesFor(open, anomalies, { atMs, order })
  return {
    state,
    events: [...own, ...ofShopOrder, ...raised.map(raisedEvent)],
    anomalies: raised,
    ...(change && { shopOrder: change })
  }
})

/** Tells the shop's order of an attempt that was confirmed just now: one that is closed is open again. */
export const joinShopOrder = ({ id }: Pick<StoredOrder, "id">, table: ShopStatuses | undefined) =>
  changeWith({ by: "id", id }, ({ order }) =>
    Effect.map(
      changeBeside({ order, state: order.state, events: [], table, isNew: true }),
      (change) => change.shopOrder === undefined ? undefined : change
    ))
