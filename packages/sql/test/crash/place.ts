/**
 * Where the stores of a run are: a file with `synchronous = FULL`, or a database on a server with `fsync = on`.
 */
import * as Redacted from "effect/Redacted"
import { layerPostgres } from "../../src/postgres/index.ts"
import { layerSqlite } from "../../src/sqlite/index.ts"

export interface Place {
  readonly engine: "sqlite" | "postgres"
  /** Path or url. */
  readonly at: string
}

export const layerOf = ({ at, engine }: Place) => {
  switch (engine) {
    case "sqlite":
      return layerSqlite({ file: at })
    case "postgres":
      return layerPostgres({ url: Redacted.make(at), connectionsMax: 8 })
  }
}
