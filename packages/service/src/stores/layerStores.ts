/**
 * The stores that a plan names; the driver is loaded by those who use it.
 */
import type { StoreFailure } from "@docdata/application"
import type { layerSqlite, SqliteOptions } from "@docdata/sql/sqlite"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"

/** Where orders, notifications and events are kept. */
export type StorePlan =
  | { readonly kind: "sqlite"; readonly options: SqliteOptions }
  /** `postgres://user:password@host:port/database`. */
  | {
    readonly kind: "postgres"
    readonly url: Redacted.Redacted
    readonly connectionsMax?: number
    /** How long a server that is not up yet is waited for. */
    readonly waitMs?: number
  }

export type Stores = Layer.Success<ReturnType<typeof layerSqlite>>

export const layerStores = (plan: StorePlan): Layer.Layer<Stores, StoreFailure> => {
  switch (plan.kind) {
    case "sqlite":
      return Layer.unwrap(
        Effect.map(
          Effect.promise(() => import("@docdata/sql/sqlite")),
          ({ layerSqlite }) => layerSqlite(plan.options)
        )
      )
    case "postgres":
      return Layer.unwrap(
        Effect.map(
          Effect.promise(() => import("@docdata/sql/postgres")),
          ({ layerPostgres }) => layerPostgres(plan)
        )
      )
  }
}
