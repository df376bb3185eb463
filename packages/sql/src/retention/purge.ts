/**
 * Texts of old exchanges go; what was made of them stays.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { Database } from "../Database.ts"
import { integer, type Script, statement } from "../Script.ts"

/** Texts emptied at a time: short transactions, so that commits go on in between. */
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

function* emptyBatch(beforeMs: number): Script<Effect.Effect<number>> {
  return Effect.succeed((yield statement(emptyText, beforeMs)).length)
}

/**
 * Empties the texts of all exchanges that were answered before an instant, and answers how many. Reports, decisions and
 * findings stay, so that every decision can still be shown and replayed. For personal data of one order at once, see
 * `OrderStore.erase`.
 *
 * Works in short steps, telling `onStep` how many it has done; safe to repeat, to interrupt and to run while orders are
 * refreshed. On SQLite the emptied text is overwritten when its page is used again; `VACUUM` does it at once.
 */
export const purge = (
  beforeMs: number,
  onStep: (purged: number) => void = () => undefined
): Effect.Effect<number, StoreFailure, Database> =>
  Effect.gen(function*() {
    const { each } = yield* Database
    let purged = 0
    for (;;) {
      const count = yield* each("purge", () => emptyBatch(beforeMs))
      purged += count
      onStep(purged)
      if (count < batchSize) return purged
      yield* Effect.yieldNow
    }
  })

/** How many exchanges {@link purge} would empty. Changes nothing. */
export const countPurgeable = (beforeMs: number): Effect.Effect<number, StoreFailure, Database> =>
  Database.use(({ read }) =>
    read("countPurgeable", function*() {
      const [row] = yield statement(`SELECT COUNT(*) AS texts FROM docdata_observations WHERE ${withText}`, beforeMs)
      return Effect.succeed(integer(row!, "texts"))
    })
  )
