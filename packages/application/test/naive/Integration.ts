/**
 * What the cases of the museum ask of an integration, whether it is ours or one as they are usually written.
 */
import type * as Effect from "effect/Effect"

export interface Handle {
  readonly id: string
  readonly key: string
  readonly reference: string
}

export interface Integration {
  readonly create: (number: string) => Effect.Effect<Handle>
  /** Docdata notifies. */
  readonly notified: (order: Handle) => Effect.Effect<void>
  /** The shopper comes back from the menu. */
  readonly returned: (order: Handle) => Effect.Effect<void>
  /** The shop's checkout starts a payment. */
  readonly started: (order: Handle) => Effect.Effect<void>
  readonly refund: (
    order: Handle,
    request: { readonly paymentId: string; readonly reference: string }
  ) => Effect.Effect<void>
  /** Whatever runs in the background does its round. */
  readonly round: Effect.Effect<void>
  readonly status: (order: Handle) => Effect.Effect<string>
  /** The statuses that the shop was told of. */
  readonly published: (order: Handle) => Effect.Effect<ReadonlyArray<string>>
  /** The shop's mail server, or whatever receives changes. */
  readonly listener: { isDown: boolean }
  /** The next write to the database fails. */
  readonly database: { isBusy: boolean; slowMs: number }
}
