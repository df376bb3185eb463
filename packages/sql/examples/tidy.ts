import { OrderStore } from "@docdata/application"
import { purge } from "@docdata/sql"
import { layerSqlite } from "@docdata/sql/sqlite"
import * as Effect from "effect/Effect"

/** Purges what is older than 90 days; answers how much, and how many orders wait to be refreshed. */
export const tidy = (file: string, nowMs: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const due = yield* store.due({ merchant: "shop", nowMs, limit: 200 })
    return { due: due.length, purged: yield* purge(nowMs - 90 * 86_400_000) }
  }).pipe(Effect.provide(layerSqlite({ file })))
