/**
 * Writing a notification down.
 */
import type { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import { everReadyMs } from "../orders/publish.ts"
import { type Script, statement, text } from "../Script.ts"

type Received = Parameters<Inbox["Service"]["receive"]>[0]

// The unique index on waiting items makes one of several that notify at once write, and the others count on its item.
const receiveText =
  `INSERT INTO docdata_inbox (id, merchant, order_reference, first_received_at_ms, last_received_at_ms,
    notification_count, attempts, queue_state, ready_at_ms, traceparent)
  SELECT x.id, x.merchant, x.order_reference, x.at_ms, x.at_ms, 1, 0, 'waiting', ${everReadyMs}, x.traceparent
  FROM (SELECT CAST(? AS TEXT) AS id, CAST(? AS TEXT) AS merchant, CAST(? AS TEXT) AS order_reference,
    CAST(? AS BIGINT) AS at_ms, CAST(? AS TEXT) AS traceparent) AS x
  WHERE NOT EXISTS (SELECT 1 FROM docdata_inbox present WHERE present.id = x.id)
  ON CONFLICT (merchant, order_reference) WHERE queue_state = 'waiting' DO UPDATE SET
    notification_count = docdata_inbox.notification_count + 1,
    first_received_at_ms = CASE WHEN excluded.first_received_at_ms < docdata_inbox.first_received_at_ms
      THEN excluded.first_received_at_ms ELSE docdata_inbox.first_received_at_ms END,
    last_received_at_ms = CASE WHEN excluded.last_received_at_ms > docdata_inbox.last_received_at_ms
      THEN excluded.last_received_at_ms ELSE docdata_inbox.last_received_at_ms END
  RETURNING id`

export function* receive(
  { id, merchant, receivedAtMs, orderReference, traceparent }: Received
): Script<Outcome<{ readonly id: string; readonly coalesced: boolean }, never>> {
  const [written] = yield statement(receiveText, id, merchant, orderReference, receivedAtMs, traceparent ?? null)
  const writtenId = written === undefined ? id : text(written, "id")
  return Effect.succeed({ id: writtenId, coalesced: writtenId !== id })
}
