/**
 * Noting how a try went, in the transaction that ends the claim of its delivery.
 */
import { attemptsKept, type DeliveryAttempt, hasSucceeded } from "@docdata/application"
import type { EventIndex } from "./deliveryName.ts"
import { type Script, statement } from "../Script.ts"

/** One delivery; its parameters are subscriber, order, revision and position. */
export const ofDelivery = "subscriber = ? AND order_id = ? AND revision = ? AND position = ?"

const insertText = `INSERT INTO docdata_delivery_attempts
    (at_ms, duration_ms, status, fault, subscriber, order_id, revision, position)
  SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS TEXT), subscriber, order_id, revision, position
  FROM docdata_deliveries WHERE ${ofDelivery}
  ON CONFLICT (subscriber, order_id, revision, position, at_ms) DO UPDATE SET
    duration_ms = excluded.duration_ms, status = excluded.status, fault = excluded.fault`

const pruneText = `DELETE FROM docdata_delivery_attempts WHERE ${ofDelivery}
  AND at_ms < (SELECT MIN(at_ms) FROM (
    SELECT at_ms FROM docdata_delivery_attempts WHERE ${ofDelivery} ORDER BY at_ms DESC LIMIT ${attemptsKept}
  ) AS newest)`

const healthText = (assignments: string): string => `UPDATE docdata_webhook_endpoints SET ${assignments} WHERE id = ?`

const succeededText = healthText("last_success_at_ms = ?, failing_since_ms = NULL, consecutive_failures = 0")
const failedText = healthText(
  "failing_since_ms = COALESCE(failing_since_ms, ?), consecutive_failures = consecutive_failures + 1"
)

/** The endpoint's row first: a removal either comes before, and the delivery is gone, or waits and finds the attempt. */
export function* noteAttempt(
  { index, ...attempt }: Omit<DeliveryAttempt, "eventId"> & { readonly index: EventIndex }
): Script<void> {
  const { atMs, durationMs, outcome, subscriber } = attempt
  const key = [subscriber, index.orderId, index.revision, index.position] as const
  const [status, fault] = "status" in outcome ? [outcome.status, null] : [null, outcome.fault]
  yield statement(hasSucceeded(attempt) ? succeededText : failedText, atMs, subscriber)
  yield statement(insertText, atMs, durationMs, status, fault, ...key)
  yield statement(pruneText, ...key, ...key)
}
