/**
 * The other side of a gateway under test. Each adapter brings its own: the suite says what happens at the provider,
 * the stage makes it happen.
 */
import type { Operation } from "@docdata/application"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/**
 * What goes wrong with calls.
 *
 * - `unreachable`: no connection comes about, from now on.
 * - `connection-lost`: the request arrived, then the connection breaks without a byte of a reply.
 * - `reply-cut`: the reply breaks off in the middle.
 * - `silence`: the request arrived and no reply ever comes.
 * - `fault`: the server says that it broke. `internal-error`: it says so in an error reply; never executed.
 * - `unreadable`: a web page where the reply should be. `unavailable`: an error status without a reply.
 */
export type Breakage =
  | "unreachable"
  | "connection-lost"
  | "reply-cut"
  | "silence"
  | "fault"
  | "internal-error"
  | "unreadable"
  | "unavailable"

/** A call that reached the provider. `executed` is false for refusals and for calls that a breakage kept from it. */
export interface ReceivedCall {
  readonly operation: Operation
  readonly executed: boolean
}

export class ProviderWorld extends Context.Service<ProviderWorld, {
  /** The shopper chose iDEAL in the menu and is at the bank. Answers the payment's id, as do the next two. */
  readonly begin: (orderKey: string) => Effect.Effect<string>
  /** A payment that is approved and of which no capture was asked for. */
  readonly authorize: (orderKey: string) => Effect.Effect<string>
  /** An iDEAL payment that is captured. */
  readonly pay: (orderKey: string) => Effect.Effect<string>
  /** A payment that has begun becomes one that an acquirer was asked for and has not answered. */
  readonly askAcquirer: (paymentId: string) => Effect.Effect<void>
  /** A payment that has begun is approved by the shopper and the bank, and captured. */
  readonly approve: (paymentId: string) => Effect.Effect<void>
  /** The captures that were asked for are done. */
  readonly finishCaptures: (paymentId: string) => Effect.Effect<void>
  /** The refunds that were asked for are done. */
  readonly finishRefunds: (paymentId: string) => Effect.Effect<void>
  /** The acquirer refuses the next payment that is started. */
  readonly declineNext: Effect.Effect<void>
  /** Befalls every call of these operations from now on, or of all if none is named. */
  readonly breakCalls: (breakage: Breakage, options: {
    readonly executed: boolean
    readonly operation?: Operation
  }) => Effect.Effect<void>
  /** Everything works again. Not after `unreachable`. */
  readonly mend: Effect.Effect<void>
  /** All calls that reached the provider, oldest first. */
  readonly calls: Effect.Effect<ReadonlyArray<ReceivedCall>>
}>()("@docdata/testkit/ProviderWorld") {}
