/**
 * Tries whether the database can be written, for a doctor to time.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { Database } from "./Database.ts"
import { statement } from "./Script.ts"

/**
 * One commit that changes no value: the first migration is written down again as it stands. Takes as long as any other
 * small commit, the disk included. Nothing happens to a database without our tables: it fails there.
 */
export const probeWrite: Effect.Effect<void, StoreFailure, Database> = Database.use(({ together }) =>
  together("probeWrite", function*() {
    yield statement("UPDATE docdata_migrations SET name = name WHERE id = 1")
    return Effect.void
  })
)
