/**
 * The database of a plan without the stores on it: nothing is migrated.
 */
import type { StoreFailure } from "@docdata/application"
import { Database } from "@docdata/sql"
import { existsSync } from "node:fs"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { StorePlan } from "./layerStores.ts"

/** Opens it for the scope. The driver is loaded by those who use it. */
const opened = (plan: StorePlan): Effect.Effect<Database["Service"], StoreFailure, Scope.Scope> => {
  switch (plan.kind) {
    case "sqlite":
      return Effect.flatMap(
        Effect.promise(() => import("@docdata/sql/sqlite")),
        ({ openSqlite }) => openSqlite(plan.options)
      )
    case "postgres":
      return Effect.flatMap(
        Effect.promise(() => import("@docdata/sql/postgres")),
        ({ openPostgres }) =>
          openPostgres({ url: plan.url, maxConnections: 1, ...(plan.waitMs !== undefined && { waitMs: plan.waitMs }) })
      )
  }
}

/** True for an SQLite file that is still to be made. */
export const isStillToBeMade = (plan: StorePlan): boolean =>
  plan.kind === "sqlite" && plan.options.file !== ":memory:" && !existsSync(plan.options.file)

/** An empty database that leaves nothing behind. */
export const inMemory: StorePlan = { kind: "sqlite", options: { file: ":memory:" } }

/** Does something with it. */
export const onDatabase = <A, E>(
  plan: StorePlan,
  work: Effect.Effect<A, E, Database>
): Effect.Effect<A, E | StoreFailure> =>
  Effect.scoped(Effect.flatMap(opened(plan), (database) => Effect.provideService(work, Database, database)))
