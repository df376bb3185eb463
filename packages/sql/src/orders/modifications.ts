/**
 * Captures, refunds and periods: what may happen once.
 */
import { type Modification, ModificationTooLarge, OrderNotFound, type OrderStore } from "@docdata/application"
import { countedModificationStates, modificationMoves } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { ask, found, integer, type Script, statement, text } from "../Script.ts"
import { modificationFrom, modificationsTable, modificationValues } from "./orderRow.ts"

type Service = OrderStore["Service"]

const selection = Object.keys(modificationsTable.columns).join(", ")

const insertText = `INSERT INTO docdata_modifications (${selection}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

type Intended = Outcome<
  { readonly created: boolean; readonly modification: Modification },
  OrderNotFound | ModificationTooLarge
>

/**
 * The order's row is locked first, by a statement of its own: the sum is then taken over everything that was
 * committed before, and nobody adds to it until this is stored.
 */
export function* intend(dialect: Dialect, request: Modification, limitMinor: number): Script<Intended> {
  const { amountMinor, kind, orderId, paymentId, reference } = request
  const [order] = yield statement(`SELECT id FROM docdata_orders WHERE id = ?${dialect.lockRow}`, orderId)
  if (order === undefined) return Effect.fail(new OrderNotFound({ order: { by: "id", id: orderId } }))
  const [stored] = yield statement(
    `SELECT ${selection} FROM docdata_modifications WHERE order_id = ? AND kind = ? AND reference = ?`,
    orderId,
    kind,
    reference
  )
  if (stored !== undefined) return Effect.succeed({ created: false, modification: modificationFrom(stored) })
  const [sum] = yield statement(
    `SELECT COALESCE(SUM(amount_minor), 0) AS taken_minor FROM docdata_modifications
    WHERE order_id = ? AND kind = ? AND payment_id = ? AND state ${dialect.amongTexts}`,
    orderId,
    kind,
    paymentId,
    JSON.stringify(countedModificationStates)
  )
  const takenMinor = integer(sum!, "taken_minor")
  if (takenMinor + amountMinor > limitMinor) {
    const leftMinor = Math.max(0, limitMinor - takenMinor)
    return Effect.fail(new ModificationTooLarge({ orderId, paymentId, askedMinor: amountMinor, leftMinor }))
  }
  const modification: Modification = { ...request, state: "intended" }
  yield statement(insertText, ...modificationValues(modification))
  return Effect.succeed({ created: true, modification })
}

export const resolve = (
  dialect: Dialect,
  { atMs, cause, kind, orderId, reference }: Parameters<Service["resolve"]>[0]
): Script<Outcome<boolean, never>> => {
  const { from, to } = modificationMoves[cause]
  return ask(
    statement(
      `UPDATE docdata_modifications SET state = ?, changed_at_ms = ?
      WHERE order_id = ? AND kind = ? AND reference = ? AND state ${dialect.amongTexts}
      RETURNING reference`,
      to,
      atMs,
      orderId,
      kind,
      reference,
      JSON.stringify(from)
    ),
    (rows) => Effect.succeed(found(rows))
  )
}

export const withdraw = (
  { kind, orderId, reference }: Parameters<Service["withdraw"]>[0]
): Script<Outcome<boolean, never>> =>
  ask(
    statement(
      `DELETE FROM docdata_modifications WHERE order_id = ? AND kind = ? AND reference = ? AND state = 'intended'
      RETURNING reference`,
      orderId,
      kind,
      reference
    ),
    (rows) => Effect.succeed(found(rows))
  )

export const modifications = (orderId: string): Script<Outcome<ReadonlyArray<Modification>, never>> =>
  ask(
    statement(
      `SELECT ${selection} FROM docdata_modifications WHERE order_id = ? ORDER BY requested_at_ms, kind, reference`,
      orderId
    ),
    (rows) => Effect.succeed(rows.map(modificationFrom))
  )

export function* takePeriod(claim: Parameters<Service["takePeriod"]>[0]): Script<Outcome<boolean, never>> {
  const { merchant, orderId, period, series } = claim
  const written = yield statement(
    `INSERT INTO docdata_periods (merchant, series, period, order_id) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING RETURNING order_id`,
    merchant,
    series,
    period,
    orderId
  )
  if (found(written)) return Effect.succeed(true)
  const [holder] = yield statement(
    "SELECT order_id FROM docdata_periods WHERE merchant = ? AND series = ? AND period = ?",
    merchant,
    series,
    period
  )
  return Effect.succeed(holder !== undefined && text(holder, "order_id") === orderId)
}
