/**
 * The webhook endpoints that were added while the service runs.
 *
 * What every adapter keeps:
 *
 * - **An answer is what is stored**, and survives a crash of the process.
 * - **Few.** There are at most {@link endpointsMax} for a merchant, and as many for all merchants together, so lists come
 *   whole. Additions at the same moment may go over it.
 * - **Gone is gone.** With an endpoint go its deliveries and what was noted of them. Whoever still works on one, or
 *   stores an event for it, at that moment leaves nothing behind either.
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Disabled, NewEndpoint, StoredEndpoint } from "./records/StoredEndpoint.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** Every one costs a row per event and a claim per round; whoever needs more fans out behind one of them. */
export const endpointsMax = 100

/** Whether one of the merchants has as many as there may be. Those for all merchants together count by themselves. */
export const hasEndpointsMax = (
  present: ReadonlyArray<Pick<NewEndpoint, "merchants">>,
  { merchants }: Pick<NewEndpoint, "merchants">
): boolean => {
  const isFull = (isFor: (one: NewEndpoint["merchants"]) => boolean): boolean =>
    present.filter((one) => isFor(one.merchants)).length >= endpointsMax
  return merchants === "all"
    ? isFull((named) => named === "all")
    : merchants.some((merchant) => isFull((named) => named !== "all" && named.includes(merchant)))
}

/** A merchant has {@link endpointsMax} already: remove one first. */
export class TooManyEndpoints extends Data.TaggedError("TooManyEndpoints")<{}> {
  override get message(): string {
    return `there are ${endpointsMax} webhook endpoints of a merchant already`
  }
}

export class WebhookEndpoints extends Context.Service<WebhookEndpoints, {
  /** Adds one, enabled, with the first version of its key and nothing known of its health. */
  readonly add: (endpoint: NewEndpoint) => Effect.Effect<StoredEndpoint, TooManyEndpoints | StoreFailure>
  /** All of them, oldest first, then by id. */
  readonly all: () => Effect.Effect<ReadonlyArray<StoredEndpoint>, StoreFailure>
  readonly find: (id: string) => Effect.Effect<StoredEndpoint | undefined, StoreFailure>
  /**
   * Goes on to the next version of the key; the one before signs too until `previousUntilMs`. Only from the given
   * version, so that of two at once one rotates; the answer is the endpoint as it is afterwards, `undefined` if there
   * is none.
   */
  readonly rotate: (
    rotation: { readonly id: string; readonly fromVersion: number; readonly previousUntilMs: number }
  ) => Effect.Effect<StoredEndpoint | undefined, StoreFailure>
  /**
   * Lets messages go again; failures so far are forgotten, and deliveries that were put off beyond `atMs` may be tried
   * from then on. Safe to repeat. `undefined` if there is none.
   */
  readonly enable: (id: string, atMs: number) => Effect.Effect<StoredEndpoint | undefined, StoreFailure>
  /** Sends nothing any more. The first reason stays, so repeating is safe. `undefined` if there is none. */
  readonly disable: (id: string, disabled: Disabled) => Effect.Effect<StoredEndpoint | undefined, StoreFailure>
  /** Removes it with its deliveries and their attempts. False if there is none. */
  readonly remove: (id: string) => Effect.Effect<boolean, StoreFailure>
}>()("@docdata/application/WebhookEndpoints") {}
