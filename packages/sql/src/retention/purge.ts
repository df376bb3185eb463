/**
 * What is old goes: texts of exchanges, of which everything that was made of them stays, and attempts at deliveries.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { Database } from "../Database.ts"
import { integer, type Script, type Statement, statement } from "../Script.ts"

/** How many of each went, or would go. */
export interface Purged {
  /** Exchanges whose texts are empty now. */
  readonly texts: number
  /** Attempts at deliveries; the deliveries stay. */
  readonly attempts: number
}

/** Rows changed at a time: short transactions, so that commits go on in between. */
const batchSize = 500

// Word for word the condition of the index.
const withText = "answered_at_ms < ? AND (request_text <> '' OR reply_text <> '')"

const emptyText = `UPDATE docdata_observations
  SET request_text = CASE WHEN request_text IS NULL THEN NULL ELSE '' END,
    reply_text = CASE WHEN reply_text IS NULL THEN NULL ELSE '' END
  WHERE (order_id, revision) IN (
    SELECT order_id, revision FROM docdata_observations
    WHERE ${withText}
    ORDER BY answered_at_ms LIMIT ${batchSize})
  RETURNING revision`

/** Exported for the tests that look at its plan. */
export const oldAttempts = (beforeMs: number): Statement =>
  statement(
    `SELECT subscriber, order_id, revision, position, at_ms FROM docdata_delivery_attempts
    WHERE at_ms < ? ORDER BY at_ms LIMIT ${batchSize}`,
    beforeMs
  )

const removeText = `DELETE FROM docdata_delivery_attempts
  WHERE (subscriber, order_id, revision, position, at_ms) IN (${oldAttempts(0).sql})
  RETURNING at_ms`

function* changed(text: string, beforeMs: number): Script<Effect.Effect<number>> {
  return Effect.succeed((yield statement(text, beforeMs)).length)
}

/** Runs a statement until it finds less than a batch; answers how many rows it changed in all. */
const inBatches = (
  text: string,
  beforeMs: number,
  onStep: (count: number) => void
): Effect.Effect<number, StoreFailure, Database> =>
  Effect.gen(function*() {
    const { each } = yield* Database
    let total = 0
    for (;;) {
      const count = yield* each("purge", () => changed(text, beforeMs))
      total += count
      onStep(total)
      if (count < batchSize) return total
      yield* Effect.yieldNow
    }
  })

/**
 * Empties the texts of all exchanges that were answered before an instant, removes the attempts at deliveries that were
 * made before it, and answers how many. Reports, decisions and findings stay, so that every decision can still be shown and
 * replayed; so do deliveries, and how often each was tried. For personal data of one order at once, see `OrderStore.erase`.
 *
 * Works in short steps, telling `onStep` how much it has done; safe to repeat, to interrupt and to run while orders are
 * refreshed. On SQLite the emptied text is overwritten when its page is used again; `VACUUM` does it at once.
 */
export const purge = (
  beforeMs: number,
  onStep: (purged: Purged) => void = () => undefined
): Effect.Effect<Purged, StoreFailure, Database> =>
  Effect.gen(function*() {
    const texts = yield* inBatches(emptyText, beforeMs, (count) => onStep({ texts: count, attempts: 0 }))
    const attempts = yield* inBatches(removeText, beforeMs, (count) => onStep({ texts, attempts: count }))
    return { texts, attempts }
  })

/** How much {@link purge} would do. Changes nothing. */
export const countPurgeable = (beforeMs: number): Effect.Effect<Purged, StoreFailure, Database> =>
  Database.use(({ read }) =>
    read("countPurgeable", function*() {
      const [texts] = yield statement(`SELECT COUNT(*) AS texts FROM docdata_observations WHERE ${withText}`, beforeMs)
      const [attempts] = yield statement(
        "SELECT COUNT(*) AS attempts FROM docdata_delivery_attempts WHERE at_ms < ?",
        beforeMs
      )
      return Effect.succeed({ texts: integer(texts!, "texts"), attempts: integer(attempts!, "attempts") })
    })
  )
