/**
 * The database that django-oscar-docdata has written: an SQLite file, or PostgreSQL.
 */
import type { StoreFailure } from "@docdata/application"
import type { Database } from "@docdata/sql"
import { openSqlite } from "@docdata/sql/sqlite"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"

/** The address, if the operand is one and not a file. */
export const addressOf = (operand: string): URL | undefined => {
  const url = /^postgres(ql)?:\/\//.test(operand) ? URL.parse(operand) : null
  return url ?? undefined
}

/** Opens it for reading. The password of an address is given apart, so that it need not be on the command line. */
export const openSource = (
  operand: string,
  password: string | undefined
): Effect.Effect<Database["Service"], StoreFailure, Scope.Scope> => {
  const url = addressOf(operand)
  if (url === undefined) return openSqlite({ file: operand, readOnly: true })
  if (password !== undefined) url.password = encodeURIComponent(password)
  return Effect.flatMap(
    Effect.promise(() => import("@docdata/sql/postgres")),
    ({ openPostgres }) => openPostgres({ url: Redacted.make(url.href), maxConnections: 1 })
  )
}
