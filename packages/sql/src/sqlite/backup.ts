/**
 * A copy of a database file that is in use.
 *
 * `VACUUM INTO` reads one state of the database in one transaction: writers go on, and nothing that was deleted is copied.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { Database } from "../Database.ts"
import { integer, text } from "../Script.ts"
import { schemaVersion } from "../migrations/schemaVersion.ts"

/** Writes the copy into a file that is empty or absent. It is not on the disk for certain until the caller syncs it. */
export const copyInto = (file: string): Effect.Effect<void, StoreFailure, Database> =>
  Database.use(({ read }) =>
    read("backup", function*() {
      yield { sql: "VACUUM INTO ?", params: [file] }
      return Effect.void
    })
  )

/** Reads a copy from end to end: whether it is sound, its version, and how many orders are in it. */
export const inspectCopy = Effect.gen(function*() {
  const { present: version } = yield* schemaVersion
  const { read } = yield* Database
  const { orders, sound } = yield* read("backup", function*() {
    const [check] = yield { sql: "PRAGMA integrity_check(1)", params: [] }
    const [counted] = yield { sql: "SELECT count(*) AS orders FROM docdata_orders", params: [] }
    return Effect.succeed({
      sound: check !== undefined && text(check, "integrity_check") === "ok",
      orders: counted === undefined ? 0 : integer(counted, "orders")
    })
  })
  return { version, sound, orders }
})
