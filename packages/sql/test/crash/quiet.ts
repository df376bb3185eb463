/**
 * A killed client is not yet a server at rest: PostgreSQL finishes the statement that it was sent, and only then notices
 * that nobody is there. What is read before that may still change.
 */
import * as Effect from "effect/Effect"
import { Database } from "../../src/index.ts"
import { integer, statement } from "../../src/Script.ts"

const othersText = `SELECT COUNT(*) AS others FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`

const others = Database.use(({ read }) =>
  read("quiet", function*() {
    const [row] = yield statement(othersText)
    return Effect.succeed(integer(row!, "others"))
  })
)

/** Waits until no session is left but our own. SQLite has none: a transaction dies with its process. */
export const quiet = Database.use(({ dialect }) =>
  Effect.gen(function*() {
    if (dialect.name === "sqlite") return
    while ((yield* others) > 0) yield* Effect.sleep("10 millis")
  })
)
