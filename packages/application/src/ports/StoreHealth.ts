/**
 * Whether the stores can do their work, for whoever decides where requests go.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StoreFailure } from "./StoreFailure.ts"

export class StoreHealth extends Context.Service<StoreHealth, {
  /** Proves that the store takes a write; nothing is different afterwards. */
  readonly proveWrite: () => Effect.Effect<void, StoreFailure>
  /**
   * Goes on for ever, and fails once another store is in the place of the one that was opened: what is there has to be
   * opened anew.
   */
  readonly untilReplaced: () => Effect.Effect<never, StoreFailure>
}>()("@docdata/application/StoreHealth") {}
