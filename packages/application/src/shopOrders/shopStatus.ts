/**
 * What a change of the status of the shop's order means for the shop's own status of it. Pure.
 *
 * Where the shop's order stands is what the steps so far say, and not what they meant: a move that the shop does not
 * allow leaves it where it was. So a change is never lost because two statuses are one in the shop, and one that the shop
 * refuses is told as refused, and stands as an anomaly until the shop follows again.
 */
import type { OrderStatus, ShopStep } from "@docdata/domain"
import type { AnomalyDetails, ShopStatuses, StoredEvent } from "../ports/index.ts"

/** The shop's own status; absent where nothing that happened is mapped. */
export type ShopStatus = string | undefined

/** Where the shop's order stands after a step. */
export const statusAfter = (current: ShopStatus, { status, step }: ShopStep): ShopStatus =>
  step === "moved" ? status : current

/** Where the shop's order stands by the events of its leading order, for orders of which nothing else is kept. */
export const statusByEvents = ({ statuses }: ShopStatuses, earlier: ReadonlyArray<StoredEvent>): ShopStatus => {
  let current: ShopStatus = statuses.new ?? undefined
  for (const { payload } of earlier) {
    if (payload.type !== "order.status_changed") continue
    // Told before there was a table: the shop is taken to have followed.
    current = payload.shop === undefined ? statuses[payload.to] ?? current : statusAfter(current, payload.shop)
  }
  return current
}

/** The step from where the shop's order stands to what `to` means. */
export const stepTo = ({ moves, statuses }: ShopStatuses, from: ShopStatus, to: OrderStatus): ShopStep => {
  const status = statuses[to]
  const before = from === undefined ? {} : { from }
  if (status === null) return { ...before, step: "ignored" }
  if (status === from) return { ...before, status, step: "stayed" }
  // A status that the table does not know any more binds nobody.
  const allowed = from === undefined ? undefined : moves?.[from]
  return { ...before, status, step: allowed === undefined || allowed.includes(status) ? "moved" : "refused" }
}

/** What a step that the shop does not allow gives cause to. */
export const refusalOf = (to: OrderStatus, { from, status, step }: ShopStep): ReadonlyArray<AnomalyDetails> =>
  step === "refused" && status !== undefined
    ? [{ kind: "shop-transition-refused", subject: status, level: "warning", data: { status: to, from, to: status } }]
    : []
