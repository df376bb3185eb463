/**
 * Opening a delivery again, or making one for a subscriber that had none.
 */
import { deliveryMoves, type Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { fromText } from "../movesText.ts"
import { found, type Script, statement } from "../Script.ts"
import { eventIndex } from "./deliveryName.ts"

type Request = Parameters<Outbox["Service"]["redeliver"]>[0]

// Named by its place; for an endpoint only while it is stored.
const eventText = ({ keepRow }: Dialect, isStoredEndpoint: boolean): string =>
  `FROM docdata_events e WHERE e.order_id = ? AND e.revision = ? AND e.position = ?${
    isStoredEndpoint ? ` AND EXISTS (SELECT 1 FROM docdata_webhook_endpoints w WHERE w.id = ?${keepRow})` : ""
  }`

const { redelivered } = deliveryMoves

const openText = (event: string): string =>
  `INSERT INTO docdata_deliveries (subscriber, order_id, revision, position, occurred_at_ms, queue_state,
    ready_at_ms, queue_position, attempts)
  SELECT CAST(? AS TEXT), e.order_id, e.revision, e.position, e.occurred_at_ms, 'waiting', CAST(? AS BIGINT), 'later', 0
  ${event}
  ON CONFLICT (subscriber, order_id, revision, position) DO UPDATE SET
    queue_state = '${redelivered.to}', ready_at_ms = excluded.ready_at_ms, queue_position = 'later', attempts = 0, dead_lettered_at_ms = NULL,
    reason = NULL
  WHERE ${fromText("docdata_deliveries.queue_state", redelivered)}
  RETURNING position`

// Those that go after it now. A claim would not take them; looked at again, they stand aside.
const followersText = `UPDATE docdata_deliveries SET queue_position = 'later'
  WHERE subscriber = ? AND order_id = ? AND queue_position = 'first' AND (revision, position) > (?, ?)`

export function* redeliver(
  dialect: Dialect,
  { subscriber, eventId, isStoredEndpoint = false, notBeforeMs }: Request
): Script<Outcome<boolean, never>> {
  const index = eventIndex(eventId)
  if (index === undefined) return Effect.succeed(false)
  const { orderId, position, revision } = index
  const event = eventText(dialect, isStoredEndpoint)
  const named = [orderId, revision, position, ...isStoredEndpoint ? [subscriber] : []]
  const opened = yield statement(openText(event), subscriber, notBeforeMs, ...named)
  if (found(opened)) {
    yield statement(followersText, subscriber, orderId, revision, position)
    return Effect.succeed(true)
  }
  // Nothing opened: the delivery is claimed and stays, or there is no event or endpoint.
  return Effect.succeed(found(yield statement(`SELECT 1 AS there ${event}`, ...named)))
}
