/**
 * Who comes first: looks at each delivery once when its time has come, and once more when what held it back is done.
 *
 * `later` is always safe: it only means another refresh. So is `first`, because a claim asks once more. `behind` is safe only
 * while an earlier delivery of the order is open: whatever ends that one looks for those behind it. So both hold the
 * earlier one's row: nobody is put behind a delivery that is being ended, and whoever ends one sees everybody who was put
 * behind it.
 */
import { pageSizeMax } from "@docdata/application"
import type { Dialect } from "../Dialect.ts"
import { type Script, type Statement, statement } from "../Script.ts"

interface Request {
  readonly subscriber: string
  readonly nowMs: number
}

/** Looked at by one statement: as many as a claim may take. */
const batchSize = pageSizeMax

/**
 * Statements per claim at most. More are due only after a pause of hours; the claims that follow go on, and until then
 * the oldest of those looked at come first.
 */
const batchesMax = 25

const firstOpen = (column: "revision" | "position"): string =>
  `(SELECT h.${column} FROM docdata_deliveries h
    WHERE h.subscriber = ? AND h.order_id = arrived.order_id AND h.ready_at_ms IS NOT NULL
    ORDER BY h.revision, h.position LIMIT 1)`

/**
 * Exported for the tests that look at its plan. What is being changed by somebody else is left for the next time; so is
 * a delivery behind one that is.
 */
export const enqueueHeadsStatement = (
  dialect: Dialect,
  { subscriber, nowMs }: Request
): Statement =>
  statement(
    `WITH arrived AS MATERIALIZED (
      SELECT d.order_id, d.revision, d.position FROM docdata_deliveries d
      WHERE d.subscriber = ? AND d.queue_position = 'later' AND d.ready_at_ms <= ?
      ORDER BY d.ready_at_ms, d.occurred_at_ms, d.order_id LIMIT ${batchSize}${dialect.skipLocked}
    ), ahead AS MATERIALIZED (
      SELECT d.order_id, d.revision, d.position FROM docdata_deliveries d
      WHERE d.subscriber = ? AND d.ready_at_ms IS NOT NULL AND (d.order_id, d.revision, d.position) IN (
        SELECT arrived.order_id, ${firstOpen("revision")}, ${firstOpen("position")} FROM arrived)${dialect.skipLocked}
    ), held AS (
      SELECT order_id, revision, position FROM arrived UNION ALL SELECT order_id, revision, position FROM ahead
    )
    UPDATE docdata_deliveries SET queue_position = CASE
      WHEN (SELECT 1 FROM docdata_deliveries o
        WHERE o.subscriber = docdata_deliveries.subscriber AND o.order_id = docdata_deliveries.order_id
          AND (o.revision, o.position) < (docdata_deliveries.revision, docdata_deliveries.position)
          AND o.ready_at_ms IS NOT NULL LIMIT 1) IS NULL THEN 'first'
      WHEN (SELECT 1 FROM held
        WHERE held.order_id = docdata_deliveries.order_id
          AND (held.revision, held.position) < (docdata_deliveries.revision, docdata_deliveries.position) LIMIT 1) IS NULL
        THEN 'later'
      ELSE 'blocked' END
    WHERE subscriber = ? AND (order_id, revision, position) IN (SELECT order_id, revision, position FROM arrived)
    RETURNING queue_position`,
    subscriber,
    nowMs,
    subscriber,
    subscriber,
    subscriber,
    subscriber
  )

/**
 * Looks at all that has come, each once: with some of them left for later, a claim would take events that are not the
 * oldest.
 */
export function* enqueueHeads(dialect: Dialect, request: Request): Script<void> {
  for (let batch = 0; batch < batchesMax; batch++) {
    const refreshed = yield enqueueHeadsStatement(dialect, request)
    if (refreshed.length < batchSize) return
  }
}

/**
 * After the end of a delivery, in the same transaction: the one that it held back is `later` again. A statement of its
 * own, that sees everybody who was put behind it until its end was written; the first open one is held, so that of two
 * that end at once the second sees what the first has left.
 */
export const unblockNext = (
  dialect: Dialect,
  { subscriber, orderId }: { readonly subscriber: string; readonly orderId: string }
): Statement =>
  statement(
    `UPDATE docdata_deliveries SET queue_position = 'later'
    WHERE subscriber = ? AND order_id = ? AND queue_position = 'blocked' AND (revision, position) = (
      SELECT h.revision, h.position FROM docdata_deliveries h
      WHERE h.subscriber = ? AND h.order_id = ? AND h.ready_at_ms IS NOT NULL
      ORDER BY h.revision, h.position LIMIT 1${dialect.lockRow})`,
    subscriber,
    orderId,
    subscriber,
    orderId
  )
