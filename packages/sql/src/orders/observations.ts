/**
 * Refreshes an order and its events, and removing personal data from them.
 */
import { type Observation, OrderNotFound, type Page, type StoredEvent, withoutPersonalData } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import { ask, found, integer, type Script, statement } from "../Script.ts"
import { pageSize } from "../pageSize.ts"
import { eventFrom, eventSelection, observationBody, observationFrom } from "./orderRow.ts"

const selection = "order_id, revision, observed_by, asked_at_ms, answered_at_ms, body, policy, request_text, reply_text"

export function* observations(
  orderId: string,
  page: { readonly before?: number; readonly limit: number }
): Script<Outcome<Page<Observation, number>, never>> {
  const size = pageSize(page.limit)
  const rows = yield statement(
    `SELECT ${selection} FROM docdata_observations WHERE order_id = ? AND revision < ?
    ORDER BY revision DESC LIMIT ?`,
    orderId,
    page.before ?? Number.MAX_SAFE_INTEGER,
    size + 1
  )
  const items = rows.slice(0, size).map(observationFrom)
  const last = items.at(-1)
  return Effect.succeed(rows.length > size && last !== undefined ? { items, next: last.revision } : { items })
}

export const events = (orderId: string): Script<Outcome<ReadonlyArray<StoredEvent>, never>> =>
  ask(
    statement(
      `SELECT ${eventSelection} FROM docdata_events e JOIN docdata_orders o ON o.id = e.order_id
      WHERE e.order_id = ? ORDER BY e.revision, e.position`,
      orderId
    ),
    (rows) => Effect.succeed(rows.map(eventFrom))
  )

/** Observations rewritten at a time: a refresh can be large, and an order can have many. */
const erasedAtOnce = 50

/**
 * The mark comes first and holds the order's row: no refresh is added while those that are there are rewritten, and one that
 * comes later finds the mark.
 */
export function* erase(orderId: string): Script<Outcome<void, OrderNotFound>> {
  const marked = yield statement("UPDATE docdata_orders SET erased = 1 WHERE id = ? RETURNING id", orderId)
  if (!found(marked)) return Effect.fail(new OrderNotFound({ order: { by: "id", id: orderId } }))
  yield statement("UPDATE docdata_anomalies SET note = NULL WHERE order_id = ? AND note IS NOT NULL", orderId)
  let after = 0
  for (;;) {
    const rows = yield statement(
      `SELECT ${selection} FROM docdata_observations WHERE order_id = ? AND revision > ?
      ORDER BY revision LIMIT ${erasedAtOnce}`,
      orderId,
      after
    )
    for (const row of rows) {
      const erased = withoutPersonalData(observationFrom(row))
      yield statement(
        "UPDATE docdata_observations SET body = ?, request_text = ?, reply_text = ? WHERE order_id = ? AND revision = ?",
        observationBody(erased),
        erased.exchange?.requestText ?? null,
        erased.exchange?.replyText ?? null,
        orderId,
        erased.revision
      )
      after = integer(row, "revision")
    }
    if (rows.length < erasedAtOnce) return Effect.void
  }
}
