/**
 * Tries whether the database can be written: for readiness, and for a doctor to time.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { Database } from "./Database.ts"
import { statement } from "./Script.ts"

/**
 * One commit that leaves every value as it was: the name of the first migration is changed and changed back. Takes as
 * long as any other small commit, the disk included; a row that is written as it stands would never reach the disk of
 * SQLite. Nothing happens to a database without our tables: it fails there.
 */
export const probeWrite: Effect.Effect<void, StoreFailure, Database> = Database.use(({ together }) =>
  together("probeWrite", function*() {
    yield statement("UPDATE docdata_migrations SET name = name || '.' WHERE id = 1")
    yield statement("UPDATE docdata_migrations SET name = substr(name, 1, length(name) - 1) WHERE id = 1")
    return Effect.void
  })
)
