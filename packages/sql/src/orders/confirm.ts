/**
 * From a reservation to a confirmed or an abandoned order.
 */
import { AlreadyTaken, OrderNotFound, type OrderStore, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { integer, type Script, statement, text, textOrNothing } from "../Script.ts"
import { orderFrom, orderSelection } from "./orderRow.ts"
import { publicationWrites } from "./publish.ts"

export type Confirmation = Parameters<OrderStore["Service"]["confirm"]>[0]

const notFound = (id: string): Outcome<never, OrderNotFound> =>
  Effect.fail(new OrderNotFound({ order: { by: "id", id } }))

const byIdText = `SELECT ${orderSelection} FROM docdata_orders WHERE id = ?`

// Not the order itself, which may have been confirmed with this very key a moment ago: the next round sees that.
const holderText = "SELECT id FROM docdata_orders WHERE merchant = ? AND order_key = ? AND id <> ?"

const confirmText = `UPDATE docdata_orders
  SET registration = 'confirmed', revision = revision + 1, order_key = ?, next_refresh_at_ms = ?
  WHERE id = ? AND revision = ? AND registration <> 'confirmed'
  RETURNING ${orderSelection}`

/**
 * Every statement here decides by itself or only looks, so that the script may be begun again at any point: the
 * revision is the fence, and a second holder of the key meets the unique index.
 */
export function* confirm(
  dialect: Dialect,
  confirmation: Confirmation
): Script<Outcome<StoredOrder, OrderNotFound | AlreadyTaken>> {
  const { confirmedAtMs, subscribers, key, nextRefreshAtMs, orderId, traceparent } = confirmation
  for (;;) {
    const [present] = yield statement(byIdText, orderId)
    if (present === undefined) return notFound(orderId)
    const presentKey = textOrNothing(present, "order_key")
    if (presentKey !== undefined) {
      return presentKey === key
        ? Effect.succeed(orderFrom(present))
        : Effect.fail(new AlreadyTaken({ what: "order-key", orderId }))
    }
    const merchant = text(present, "merchant")
    const [holder] = yield statement(holderText, merchant, key, orderId)
    if (holder !== undefined) return Effect.fail(new AlreadyTaken({ what: "order-key", orderId: text(holder, "id") }))

    const revision = integer(present, "revision")
    const changed = yield* dialect.guarded(
      statement(confirmText, key, nextRefreshAtMs ?? null, orderId, revision),
      publicationWrites({
        orderId,
        revision: revision + 1,
        occurredAtMs: confirmedAtMs,
        events: [{ type: "order.created", orderReference: text(present, "order_reference") }],
        subscribers,
        traceparent
      })
    )
    if (changed !== undefined) return Effect.succeed(orderFrom(changed))
  }
}

const abandonText = `UPDATE docdata_orders SET registration = 'abandoned', revision = revision + 1
  WHERE id = ? AND registration = 'reserved'
  RETURNING ${orderSelection}`

export function* abandon(orderId: string): Script<Outcome<StoredOrder, OrderNotFound>> {
  const [abandoned] = yield statement(abandonText, orderId)
  if (abandoned !== undefined) return Effect.succeed(orderFrom(abandoned))
  const [present] = yield statement(byIdText, orderId)
  return present === undefined ? notFound(orderId) : Effect.succeed(orderFrom(present))
}
