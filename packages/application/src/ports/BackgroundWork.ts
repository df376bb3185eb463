/**
 * Work that goes on behind the calls: refreshing notified orders, delivering events, scheduled refreshes.
 *
 * The rows of inbox and outbox are the truth; this port only wakes, serialises per key and retries. What every
 * adapter keeps:
 *
 * - **At least once.** A request that was answered is carried out, also after a crash, because the rows say so.
 * - **One at a time per key.** Two handlers of the same key never run at once within what the adapter controls;
 *   where it cannot promise that (many nodes, a frozen process), the revision of the order is the fence.
 * - **A request is a hint.** Several requests for the same key may become one run.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** What kinds of work there are. */
export type Work = "inbox" | "outbox" | "schedule"

export class BackgroundWork extends Context.Service<BackgroundWork, {
  /** Something is to be done: look soon. Never fails; without it the work is found by polling. */
  readonly wake: (work: Work) => Effect.Effect<void>
  /**
   * Runs `round` again and again until the scope ends: at once after a wake, else every `pollMs`. A round answers
   * how many items it handled; while it answers more than 0 the next one follows at once. A failing round is
   * reported and repeated later.
   */
  readonly run: <R>(
    work: Work,
    options: { readonly round: Effect.Effect<number, never, R>; readonly pollMs: number }
  ) => Effect.Effect<never, never, R>
}>()("@docdata/application/BackgroundWork") {}
