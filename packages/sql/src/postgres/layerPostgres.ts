/**
 * The stores in a PostgreSQL database, for any number of processes.
 */
import type { StoreFailure } from "@docdata/application"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { Database } from "../Database.ts"
import { layerStores, type Stores } from "../layerStores.ts"
import { openPostgres, type PoolOptions } from "./postgresDatabase.ts"

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with the parameters of libpq. */
  readonly url: Redacted.Redacted
  /** Sessions of this process, default 10. */
  readonly connectionsMax?: number
  /** A statement that takes longer is ended by the server and nothing is written, except of a migration. Default 30,000. */
  readonly statementTimeoutMs?: number
  /** How long a server that is not up yet is waited for, default 0: not at all. */
  readonly waitMs?: number
}

const statementTimeoutMsDefault = 30_000
const connectionsMaxDefault = 10

const poolOptions = (options: PostgresOptions): PoolOptions => {
  const timeout = String(options.statementTimeoutMs ?? statementTimeoutMsDefault)
  return {
    url: options.url,
    ...(options.waitMs !== undefined && { waitMs: options.waitMs }),
    maxConnections: options.connectionsMax ?? connectionsMaxDefault,
    // Without probes a session whose server is gone is found out only when the operating system gives up.
    keepAlive: "30 seconds",
    startupParameters: {
      statement_timeout: timeout,
      // A process that freezes inside a transaction must not hold an order for ever.
      idle_in_transaction_session_timeout: timeout,
      // The queries compare text by the collation of its columns. Nothing else may depend on where the server stands.
      timezone: "UTC"
    }
  }
}

/**
 * Connects, brings the database to the newest version and keeps the sessions for the layer's scope. Besides the
 * stores there is the `Database` itself, for retention and for the importer.
 */
export const layerPostgres = (options: PostgresOptions): Layer.Layer<Stores | Database, StoreFailure> =>
  Layer.provideMerge(layerStores, Layer.effect(Database, openPostgres(poolOptions(options))))

/** `docdata.postgres.url`, `docdata.postgres.connections_max` and `docdata.postgres.statement_timeout_ms`. */
export const postgresConfig: Config.Config<PostgresOptions> = Config.all({
  url: Config.Redacted("url"),
  connectionsMax: Config.Int("connections_max").pipe(Config.withDefault(connectionsMaxDefault)),
  statementTimeoutMs: Config.Int("statement_timeout_ms").pipe(Config.withDefault(statementTimeoutMsDefault))
}).pipe(Config.nested("postgres"), Config.nested("docdata"))

/** {@link layerPostgres} as the configuration says. */
export const layerPostgresConfig: Layer.Layer<Stores | Database, StoreFailure | Config.ConfigError> = Layer.unwrap(
  Effect.map(postgresConfig, layerPostgres)
)
