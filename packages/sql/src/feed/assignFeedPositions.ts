/**
 * Giving places to events that have none yet.
 *
 * Time, ids and sequences say nothing about which transaction ends first: an event with a small number may become
 * visible after one with a large number was read. So no number is given when an event is written, but later, to what is
 * visible, by one at a time; see `docs/decisions/0261-events-get-their-place-when-the-feed-is-read.md`.
 */
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { type Script, statement } from "../Script.ts"

/** Places given at a time: more than a page, so that catching up takes few transactions, and short ones. */
export const positionsAtOnce = 500

/**
 * The earliest events without a place, and with them what comes before them within their orders: of one order, an
 * earlier revision may have a later time when clocks differ. It comes first all the same.
 */
const assignText = `WITH chosen AS (
    SELECT order_id, revision FROM docdata_events WHERE feed_position IS NULL
    ORDER BY occurred_at_ms, order_id, revision, position LIMIT ${positionsAtOnce}
  ), reached AS (
    SELECT order_id, MAX(revision) AS revision FROM chosen GROUP BY order_id
  ), timed AS (
    SELECT e.order_id, e.revision, e.position,
      MAX(e.occurred_at_ms) OVER (PARTITION BY e.order_id ORDER BY e.revision, e.position) AS at_ms
    FROM reached r JOIN docdata_events e ON e.order_id = r.order_id AND e.revision <= r.revision
    WHERE e.feed_position IS NULL
  ), numbered AS (
    SELECT order_id, revision, position,
      ROW_NUMBER() OVER (ORDER BY at_ms, order_id, revision, position)
        + COALESCE((SELECT MAX(feed_position) FROM docdata_events WHERE feed_position IS NOT NULL), 0) AS feed_position
    FROM timed
  )
  UPDATE docdata_events SET feed_position = n.feed_position FROM numbered n
  WHERE docdata_events.order_id = n.order_id AND docdata_events.revision = n.revision
    AND docdata_events.position = n.position`

/** To be run as one transaction. The turn comes first, so that the next statement sees all places given before. */
export function* assignFeedPositions(dialect: Dialect): Script<Outcome<void, never>> {
  if (dialect.feedTurn !== undefined) yield dialect.feedTurn
  yield statement(assignText)
  return Effect.void
}
