/**
 * How much waits in the stores, and since when: for the gauges that alerts are built on.
 *
 * What every adapter keeps: an answer costs little whatever was done before, because it is asked for all the time; it
 * changes nothing; and its parts are of one instant.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StoreFailure } from "./StoreFailure.ts"

/** Work that waits. */
export interface Backlog {
  /** What waits or is claimed, and what waits behind it. */
  readonly open: number
  /** What was given up and waits for a person. */
  readonly deadLettered: number
  /** When the oldest of the open ones began to wait; absent if there is none. */
  readonly oldestAtMs?: number
}

export class Backlogs extends Context.Service<Backlogs, {
  /** Notifications that were not refreshed, by their first reception. */
  readonly inbox: () => Effect.Effect<Backlog, StoreFailure>
  /** Events that a subscriber does not have, by their commit. Nothing for a subscriber that is not known. */
  readonly outbox: (subscriber: string) => Effect.Effect<Backlog, StoreFailure>
  /** Checks of a merchant that are due at `nowMs`, by when they became due. Checks are never dead-lettered. */
  readonly refreshes: (
    question: { readonly merchant: string; readonly nowMs: number }
  ) => Effect.Effect<Omit<Backlog, "deadLettered">, StoreFailure>
}>()("@docdata/application/Backlogs") {}
