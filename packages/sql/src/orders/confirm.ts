/**
 * From a reservation to a confirmed or an abandoned order.
 */
import {
  type AbandonReason,
  AlreadyTaken,
  orderCreated,
  OrderNotFound,
  type OrderStore,
  registrationMoves,
  type StoredOrder
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { fromText } from "../movesText.ts"
import { ask, integer, type Script, statement, text, textOrNothing } from "../Script.ts"
import { orderFrom, orderSelection } from "./orderRow.ts"
import { publicationWrites } from "./publish.ts"

const { "key-given": keyGiven, "not-created": notCreated } = registrationMoves

export type Confirmation = Parameters<OrderStore["Service"]["confirm"]>[0]

const notFound = (id: string): Outcome<never, OrderNotFound> =>
  Effect.fail(new OrderNotFound({ order: { by: "id", id } }))

const byIdText = `SELECT ${orderSelection} FROM docdata_orders WHERE id = ?`

// Not the order itself, which may have been confirmed with this very key a moment ago: the next round sees that.
const holderText = "SELECT id FROM docdata_orders WHERE merchant = ? AND order_key = ? AND id <> ?"

// One that was abandoned takes its idempotency key again, unless another order has it by now.
const confirmText = `UPDATE docdata_orders
  SET registration = '${keyGiven.to}', revision = revision + 1, order_key = ?, next_refresh_at_ms = ?,
    abandoned_because = NULL,
    key_released = CASE WHEN key_released = 1 AND EXISTS (
      SELECT 1 FROM docdata_orders holder WHERE holder.merchant = docdata_orders.merchant
        AND holder.idempotency_key = docdata_orders.idempotency_key AND holder.key_released = 0
    ) THEN 1 ELSE 0 END
  WHERE id = ? AND revision = ? AND ${fromText("registration", keyGiven)}
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
        events: [orderCreated(text(present, "order_reference"), confirmation.adjusted)],
        subscribers,
        traceparent
      })
    )
    if (changed !== undefined) return Effect.succeed(orderFrom(changed))
  }
}

export const renew = (leaseUntilMs: number, orderId: string): Script<Outcome<void, never>> =>
  ask(
    statement(
      "UPDATE docdata_orders SET lease_until_ms = ? WHERE id = ? AND registration = 'reserved'",
      leaseUntilMs,
      orderId
    ),
    () => Effect.void
  )

const abandonText = `UPDATE docdata_orders
  SET registration = '${notCreated.to}', revision = revision + 1, key_released = 1, abandoned_because = ?
  WHERE id = ? AND ${fromText("registration", notCreated)}
  RETURNING ${orderSelection}`

export function* abandon(
  orderId: string,
  because: AbandonReason | undefined
): Script<Outcome<StoredOrder, OrderNotFound>> {
  const [abandoned] = yield statement(
    abandonText,
    because === undefined ? null : JSON.stringify(because),
    orderId
  )
  if (abandoned !== undefined) return Effect.succeed(orderFrom(abandoned))
  const [present] = yield statement(byIdText, orderId)
  return present === undefined ? notFound(orderId) : Effect.succeed(orderFrom(present))
}
