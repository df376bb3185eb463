/**
 * Opening a delivery again, or making one for a consumer that had none.
 */
import { deliveryMoves, type Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { fromText } from "../movesText.ts"
import { found, type Script, statement } from "../Script.ts"
import { eventPlace } from "./deliveryName.ts"

type Wish = Parameters<Outbox["Service"]["redeliver"]>[0]

// Named by its place; for an endpoint only while it is stored.
const eventText = ({ keepRow }: Dialect, isStoredEndpoint: boolean): string =>
  `FROM docdata_events e WHERE e.order_id = ? AND e.revision = ? AND e.position = ?${
    isStoredEndpoint ? ` AND EXISTS (SELECT 1 FROM docdata_webhook_endpoints w WHERE w.id = ?${keepRow})` : ""
  }`

const { redelivered } = deliveryMoves

const openText = (event: string): string =>
  `INSERT INTO docdata_deliveries (consumer, order_id, revision, position, occurred_at_ms, place,
    ready_at_ms, standing, attempts)
  SELECT CAST(? AS TEXT), e.order_id, e.revision, e.position, e.occurred_at_ms, 'waiting', CAST(? AS BIGINT), 'later', 0
  ${event}
  ON CONFLICT (consumer, order_id, revision, position) DO UPDATE SET
    place = '${redelivered.to}', ready_at_ms = excluded.ready_at_ms, standing = 'later', attempts = 0, parked_at_ms = NULL,
    reason = NULL
  WHERE ${fromText("docdata_deliveries.place", redelivered)}
  RETURNING position`

// Those that go after it now. A claim would not take them; looked at again, they stand aside.
const followersText = `UPDATE docdata_deliveries SET standing = 'later'
  WHERE consumer = ? AND order_id = ? AND standing = 'first' AND (revision, position) > (?, ?)`

export function* redeliver(
  dialect: Dialect,
  { consumer, eventId, isStoredEndpoint = false, notBeforeMs }: Wish
): Script<Outcome<boolean, never>> {
  const place = eventPlace(eventId)
  if (place === undefined) return Effect.succeed(false)
  const { orderId, position, revision } = place
  const event = eventText(dialect, isStoredEndpoint)
  const named = [orderId, revision, position, ...isStoredEndpoint ? [consumer] : []]
  const opened = yield statement(openText(event), consumer, notBeforeMs, ...named)
  if (found(opened)) {
    yield statement(followersText, consumer, orderId, revision, position)
    return Effect.succeed(true)
  }
  // Nothing opened: the delivery is claimed and stays, or there is no event or endpoint.
  return Effect.succeed(found(yield statement(`SELECT 1 AS there ${event}`, ...named)))
}
