/**
 * An item waits again, or is folded into the one of its order that waits already.
 */
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { found, integer, type Script, type SqlValue, statement, text } from "../Script.ts"
import { itemSelection } from "./inboxRow.ts"

/** Which item, while it stands where it is thought to stand. */
export interface ItemCondition {
  readonly where: string
  readonly params: ReadonlyArray<SqlValue>
}

const foldText = `UPDATE docdata_inbox SET
    first_received_at_ms = CASE WHEN ? < first_received_at_ms THEN ? ELSE first_received_at_ms END,
    last_received_at_ms = CASE WHEN ? > last_received_at_ms THEN ? ELSE last_received_at_ms END,
    notification_count = notification_count + ?,
    attempts = CASE WHEN ? > attempts THEN ? ELSE attempts END
  WHERE merchant = ? AND order_reference = ? AND queue_state = 'waiting'
  RETURNING id`

/**
 * As one transaction. If a notification arrives between looking for a waiting item and becoming one, the unique index
 * refuses the second, and all of it is begun again.
 */
export function* waitAgain(
  dialect: Dialect,
  { params, where }: ItemCondition,
  notBeforeMs: number
): Script<Outcome<boolean, never>> {
  const [item] = yield statement(
    `SELECT ${itemSelection} FROM docdata_inbox WHERE ${where}${dialect.lockRow}`,
    ...params
  )
  if (item === undefined) return Effect.succeed(false)
  const id = text(item, "id")
  const firstMs = integer(item, "first_received_at_ms")
  const lastMs = integer(item, "last_received_at_ms")
  const attempts = integer(item, "attempts")
  const folded = yield statement(
    foldText,
    firstMs,
    firstMs,
    lastMs,
    lastMs,
    integer(item, "notification_count"),
    attempts,
    attempts,
    text(item, "merchant"),
    text(item, "order_reference")
  )
  yield found(folded)
    ? statement("DELETE FROM docdata_inbox WHERE id = ?", id)
    : statement(
      `UPDATE docdata_inbox SET queue_state = 'waiting', ready_at_ms = ?, claim = NULL, dead_lettered_at_ms = NULL, reason = NULL
      WHERE id = ?`,
      notBeforeMs,
      id
    )
  return Effect.succeed(true)
}
