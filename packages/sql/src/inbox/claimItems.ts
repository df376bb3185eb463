/**
 * Handing items out, one at a time per order.
 */
import { type ClaimedItem, type Inbox, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import { compareText } from "../compareText.ts"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { type Script, type Statement, statement } from "../Script.ts"
import { claimedFrom, itemSelection } from "./inboxRow.ts"

type Wish = Parameters<Inbox["Service"]["claim"]>[0]

/** How many a claim may take; below one, none. */
export const claimSize = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 0), pageSizeMax)

/** Exported for the tests that look at its plan. */
export const claimStatement = (dialect: Dialect, wish: Wish): Statement => {
  const { claim, leaseUntilMs, limit, nowMs } = wish
  return statement(
    `WITH chosen AS MATERIALIZED (
      SELECT d.id FROM docdata_inbox d
      WHERE d.ready_at_ms <= ?
        AND NOT EXISTS (
          SELECT 1 FROM docdata_inbox o
          WHERE o.merchant = d.merchant AND o.reference = d.reference AND o.id <> d.id AND o.ready_at_ms IS NOT NULL
            AND ((o.place = 'claimed' AND o.ready_at_ms > ?)
              OR (o.ready_at_ms <= ? AND (o.first_received_at_ms, o.id) < (d.first_received_at_ms, d.id))))
      ORDER BY d.first_received_at_ms, d.id LIMIT ?${dialect.skipLocked}
    )
    UPDATE docdata_inbox SET place = 'claimed', claim = ?, ready_at_ms = ?, attempts = attempts + 1
    WHERE id IN (SELECT id FROM chosen)
    RETURNING ${itemSelection}, claim`,
    nowMs,
    nowMs,
    nowMs,
    claimSize(limit),
    claim,
    leaseUntilMs
  )
}

const byAge = (a: ClaimedItem, b: ClaimedItem): number =>
  a.firstReceivedAtMs - b.firstReceivedAtMs || compareText(a.id, b.id)

/**
 * Claims take turns: the statement that chooses then sees every claim before it, so that two can never choose two
 * items of one order. They are short, and take up to a page each.
 */
export function* claimItems(
  dialect: Dialect,
  wish: Wish
): Script<Outcome<ReadonlyArray<ClaimedItem>, never>> {
  if (dialect.claimTurn !== undefined) yield dialect.claimTurn
  const rows = yield claimStatement(dialect, wish)
  return Effect.succeed(rows.map(claimedFrom).toSorted(byAge))
}
