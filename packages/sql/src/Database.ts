/**
 * The database under the stores: runs scripts, and says honestly what became of them when something fails.
 *
 * Not a port of the application: SQLite and PostgreSQL are the two that there are.
 */
import type { StoreFailure } from "@docdata/application"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Dialect } from "./Dialect.ts"
import type { Script } from "./Script.ts"

/** What a script comes to: a value or a refusal. A refusal has written nothing. */
export type Outcome<A, E> = Effect.Effect<A, E>

/** Makes the script afresh for every try. */
export type ScriptSource<A, E> = () => Script<Outcome<A, E>>

type Run = <A, E>(operation: string, source: ScriptSource<A, E>) => Effect.Effect<A, E | StoreFailure>

export class Database extends Context.Service<Database, {
  readonly dialect: Dialect
  /** Statements that only read, each on the state of its own moment. Repeating is always safe. */
  readonly read: Run
  /**
   * Statements that each take effect by themselves. Such a script can be begun again from its first statement at any
   * point: that happens after a conflict with somebody else. For what one statement can do, with fewer round trips.
   */
  readonly each: Run
  /** All statements as one transaction, begun again after a conflict with somebody else. */
  readonly together: Run
  /** Goes on for ever, and fails once another database is in the place of the open one. */
  readonly untilReplaced: Effect.Effect<never, StoreFailure>
}>()("@docdata/sql/Database") {}
