/**
 * What a change of an order's status means for the shop's own status of it. Pure.
 *
 * Where the shop's order stands is what the events told so far say, and not what they meant: a move that the shop does
 * not allow leaves it where it was. So a change is never lost because two statuses are one in the shop, and one that the
 * shop refuses is told as refused, and stands as an anomaly until the shop follows again.
 */
import type { OrderEvent, OrderStatus, ShopStep } from "@docdata/domain"
import type { AnomalyDetails, AnomalyKind } from "../order/Anomaly.ts"
import type { StoredEvent } from "../order/StoredEvent.ts"
import type { ShopStatuses } from "./ShopStatuses.ts"

/** The kind of the anomaly that a refused move is. */
export const shopRefusal = "shop-transition-refused" satisfies AnomalyKind

/** Events with the shop's part in them, and what is to be done about the anomalies. */
export interface ShopEvents {
  readonly events: ReadonlyArray<OrderEvent>
  /** Moves that the shop does not allow. */
  readonly refused: ReadonlyArray<AnomalyDetails>
  /** True if the shop's order stands where the order's status says, or none is kept: what was refused before is over. */
  readonly isFollowing: boolean
}

type ShopStatus = string | undefined

const after = (current: ShopStatus, { status, step }: ShopStep): ShopStatus => step === "moved" ? status : current

const currentOf = ({ statuses }: ShopStatuses, earlier: ReadonlyArray<StoredEvent>): ShopStatus => {
  let current: ShopStatus = statuses.new ?? undefined
  for (const { payload } of earlier) {
    if (payload.type !== "order.status_changed") continue
    // Told before there was a table: the shop is taken to have followed.
    current = payload.shop === undefined ? statuses[payload.to] ?? current : after(current, payload.shop)
  }
  return current
}

const stepTo = ({ moves, statuses }: ShopStatuses, from: ShopStatus, to: OrderStatus): ShopStep => {
  const status = statuses[to]
  const before = from === undefined ? {} : { from }
  if (status === null) return { ...before, step: "ignored" }
  if (status === from) return { ...before, status, step: "stayed" }
  // A status that the table does not know any more binds nobody.
  const allowed = from === undefined ? undefined : moves?.[from]
  return { ...before, status, step: allowed === undefined || allowed.includes(status) ? "moved" : "refused" }
}

const refusalOf = (to: OrderStatus, { from, status, step }: ShopStep): ReadonlyArray<AnomalyDetails> =>
  step === "refused" && status !== undefined
    ? [{ kind: shopRefusal, subject: status, level: "warning", data: { status: to, from, to: status } }]
    : []

/** The shop's part in `events`, which follow those that were told. Without a table they stay as they are. */
export const shopEvents = (
  table: ShopStatuses | undefined,
  earlier: ReadonlyArray<StoredEvent>,
  events: ReadonlyArray<OrderEvent>
): ShopEvents => {
  if (table === undefined) return { events, refused: [], isFollowing: true }
  let current = currentOf(table, earlier)
  let isFollowing = false
  const refused: Array<AnomalyDetails> = []
  const withShop = events.map((event): OrderEvent => {
    if (event.type !== "order.status_changed") return event
    const shop = stepTo(table, current, event.to)
    current = after(current, shop)
    isFollowing = shop.step === "moved" || shop.step === "stayed"
    refused.push(...refusalOf(event.to, shop))
    return { ...event, shop }
  })
  return { events: withShop, refused, isFollowing }
}
