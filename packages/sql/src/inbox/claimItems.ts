/**
 * Handing items out, one at a time per order.
 */
import { type ClaimedItem, type Inbox, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import { compareText } from "../compareText.ts"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { everReadyMs } from "../orders/publish.ts"
import { type Script, type Statement, statement } from "../Script.ts"
import { claimedFrom, itemSelection } from "./inboxRow.ts"

type Request = Parameters<Inbox["Service"]["claim"]>[0]

/** How many a claim may take; below one, none. */
export const claimSize = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 0), pageSizeMax)

/** The merchants of items that are ready, one look into the index each, however many items they have. */
export const merchantsStatement = (nowMs: number): Statement =>
  statement(
    `WITH RECURSIVE present (merchant) AS (
      SELECT (SELECT merchant FROM docdata_inbox WHERE ready_at_ms IS NOT NULL ORDER BY merchant LIMIT 1)
      UNION ALL
      SELECT (SELECT i.merchant FROM docdata_inbox i WHERE i.ready_at_ms IS NOT NULL AND i.merchant > present.merchant
        ORDER BY i.merchant LIMIT 1)
      FROM present WHERE present.merchant IS NOT NULL
    )
    SELECT merchant FROM present
    WHERE EXISTS (SELECT 1 FROM docdata_inbox i WHERE i.merchant = present.merchant AND i.ready_at_ms = ${everReadyMs})
      OR EXISTS (SELECT 1 FROM docdata_inbox i
        WHERE i.merchant = present.merchant AND i.ready_at_ms > ${everReadyMs} AND i.ready_at_ms <= ?)
    ORDER BY merchant`,
    nowMs
  )

// No item of the order is claimed, and none that goes first may be taken.
const isFree = `NOT EXISTS (
  SELECT 1 FROM docdata_inbox o
  WHERE o.merchant = d.merchant AND o.order_reference = d.order_reference AND o.id <> d.id AND o.ready_at_ms IS NOT NULL
    AND ((o.queue_state = 'claimed' AND o.ready_at_ms > ?)
      OR (o.ready_at_ms <= ? AND (o.first_received_at_ms, o.id) < (d.first_received_at_ms, d.id))))`

/**
 * Exported for the tests that look at its plan. What is new and what comes back have an index each, in the order wanted,
 * so that items whose time has not come cost nothing, however many there are.
 */
export const claimStatement = (dialect: Dialect, request: Request): Statement => {
  const { claim, leaseUntilMs, merchant, nowMs } = request
  const limit = claimSize(request.limit)
  const forFresh = [merchant, nowMs, nowMs, limit]
  const forBack = [merchant, nowMs, nowMs, nowMs, limit]
  return statement(
    `WITH fresh AS MATERIALIZED (
      SELECT d.id, d.first_received_at_ms AS since_ms FROM docdata_inbox d
      WHERE d.merchant = ? AND d.ready_at_ms = ${everReadyMs} AND ${isFree}
      ORDER BY d.first_received_at_ms, d.id LIMIT ?${dialect.skipLocked}
    ), back AS MATERIALIZED (
      SELECT d.id, d.ready_at_ms AS since_ms FROM docdata_inbox d
      WHERE d.merchant = ? AND d.ready_at_ms > ${everReadyMs} AND d.ready_at_ms <= ? AND ${isFree}
      ORDER BY d.ready_at_ms, d.id LIMIT ?${dialect.skipLocked}
    ), chosen AS MATERIALIZED (
      SELECT id FROM (SELECT * FROM fresh UNION ALL SELECT * FROM back) AS free ORDER BY since_ms, id LIMIT ?
    )
    UPDATE docdata_inbox SET queue_state = 'claimed', claim = ?, ready_at_ms = ?, attempts = attempts + 1
    WHERE id IN (SELECT id FROM chosen)
    RETURNING ${itemSelection}, claim`,
    ...forFresh,
    ...forBack,
    limit,
    claim,
    leaseUntilMs
  )
}

const byAge = (a: ClaimedItem, b: ClaimedItem): number =>
  a.firstReceivedAtMs - b.firstReceivedAtMs || compareText(a.id, b.id)

/**
 * Claims of a merchant's items take turns: the statement that chooses then sees every claim before it, so that two can never choose two
 * items of one order. They are short, and take up to a page each.
 */
export function* claimItems(
  dialect: Dialect,
  request: Request
): Script<Outcome<ReadonlyArray<ClaimedItem>, never>> {
  const turn = dialect.claimTurn(request.merchant)
  if (turn !== undefined) yield turn
  const rows = yield claimStatement(dialect, request)
  return Effect.succeed(rows.map(claimedFrom).toSorted(byAge))
}
