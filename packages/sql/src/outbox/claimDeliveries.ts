/**
 * Handing deliveries out: the first open one of each order.
 */
import { type Delivery, type Outbox, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { eventFrom, eventSelection } from "../orders/orderRow.ts"
import { enqueueHeads } from "./enqueueHeads.ts"
import { integer, type Row, type Script, type Statement, statement, text } from "../Script.ts"

type Request = Parameters<Outbox["Service"]["claim"]>[0]

/**
 * Exported for the tests that look at its plan.
 *
 * Whether a delivery is the first open one of its order is asked of the rows themselves once more, at the moment of
 * claiming. The subquery with a limit stays one look into the primary key per candidate; as an anti-join it could become
 * a sort of everything.
 */
export const claimStatement = (
  dialect: Dialect,
  { claim, subscriber, leaseUntilMs, limit, nowMs }: Request
): Statement =>
  statement(
    `WITH chosen AS MATERIALIZED (
      SELECT d.order_id, d.revision, d.position FROM docdata_deliveries d
      WHERE d.subscriber = ? AND d.queue_position = 'first' AND d.ready_at_ms <= ?
        AND (SELECT 1 FROM docdata_deliveries o
          WHERE o.subscriber = d.subscriber AND o.order_id = d.order_id AND (o.revision, o.position) < (d.revision, d.position)
            AND o.ready_at_ms IS NOT NULL LIMIT 1) IS NULL
      ORDER BY d.occurred_at_ms, d.order_id LIMIT ?${dialect.skipLocked}
    )
    UPDATE docdata_deliveries SET queue_state = 'claimed', queue_position = 'later', claim = ?, ready_at_ms = ?,
      attempts = attempts + 1
    WHERE subscriber = ? AND (order_id, revision, position) IN (SELECT order_id, revision, position FROM chosen)
    RETURNING order_id, revision, position, attempts`,
    subscriber,
    nowMs,
    Math.min(Math.max(Math.trunc(limit), 0), pageSizeMax),
    claim,
    leaseUntilMs,
    subscriber
  )

const nameOf = (row: Row): string => `${integer(row, "revision")} ${integer(row, "position")} ${text(row, "order_id")}`

/** Events never change, so they can be read after the claim has taken effect. */
export function* claimDeliveries(
  dialect: Dialect,
  request: Request
): Script<Outcome<ReadonlyArray<Delivery>, never>> {
  yield* enqueueHeads(dialect, request)
  const claimed = yield claimStatement(dialect, request)
  if (claimed.length === 0) return Effect.succeed([])
  const attempts = new Map(claimed.map((row) => [nameOf(row), integer(row, "attempts")]))
  const places = claimed.map((row) => [text(row, "order_id"), integer(row, "revision"), integer(row, "position")])
  const events = yield statement(
    `SELECT ${eventSelection} FROM docdata_events e JOIN docdata_orders o ON o.id = e.order_id
    WHERE (e.order_id, e.revision, e.position) IN ${dialect.eventList}
    ORDER BY e.occurred_at_ms, e.order_id`,
    JSON.stringify(places)
  )
  return Effect.succeed(events.map((row): Delivery => ({
    subscriber: request.subscriber,
    event: eventFrom(row),
    attempts: attempts.get(nameOf(row))!,
    claim: request.claim
  })))
}
