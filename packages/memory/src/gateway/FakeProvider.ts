/**
 * The other side of the fake gateway: what shoppers, banks and acquirers do, and what goes wrong on the way.
 */
import type { GatewayFailureReason, Operation, RefusedBeforeSending } from "@docdata/application"
import type { Money } from "@docdata/domain"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"

interface NewPayment {
  readonly orderKey: string
  /** `IDEAL` unless told otherwise. */
  readonly method?: string
  /** Part of the order's total; all of it when absent. */
  readonly amount?: Money
}

type ModificationStatus = "STARTED" | "CAPTURED" | "CANCELED" | "FAILED" | "ERROR"

export type FakeAction =
  /** The shopper chose a method and is at the bank. */
  | ({ readonly do: "begin" } & NewPayment)
  /** A payment that the acquirer approved and of which nothing is captured, as a card waiting for its goods. */
  | ({ readonly do: "authorize" } & NewPayment)
  /** A payment that is captured as well. */
  | ({ readonly do: "pay" } & NewPayment)
  /** A payment that has begun is approved, and captured if its method does so by itself. */
  | { readonly do: "approve"; readonly paymentId: string }
  /** A payment that has begun ends with a word such as `AUTHORIZATION_FAILED`, which is the default. */
  | { readonly do: "fail"; readonly paymentId: string; readonly status?: string }
  /** The authorisation gets any word at all, also one that no document knows. */
  | { readonly do: "word"; readonly paymentId: string; readonly status: string }
  /** All captures that were asked for and are under way move on. Refused before the day that was asked for is over. */
  | { readonly do: "move-captures"; readonly paymentId: string; readonly to: ModificationStatus }
  /** The same for refunds; `CAPTURED` is the word of one that is done. */
  | { readonly do: "move-refunds"; readonly paymentId: string; readonly to: ModificationStatus }
  /** The bank takes captured money back: all of it unless told otherwise. */
  | { readonly do: "charge-back"; readonly paymentId: string; readonly minor?: number }

/** An action that the state of the order or payment does not allow. */
export class ActionFailure extends Data.TaggedError("ActionFailure")<{ readonly why: string }> {
  override get message(): string {
    return this.why
  }
}

/** What befalls the next calls. Each call meets at most one fault. */
export interface FakeFault {
  /** Any operation if absent. */
  readonly operation?: Operation
  /** How many calls it befalls; 1 if absent. */
  readonly times?: number
  /** Whether the provider executes the call before it fails. Never, where the reason says that nothing was sent. */
  readonly executed: boolean
  /** How long the caller waits for the failure, by the clock of the call. At once if absent. */
  readonly afterMs?: number
  readonly reason: Exclude<GatewayFailureReason, RefusedBeforeSending>
}

/** A call that reached the provider. */
export interface FakeCall {
  readonly operation: Operation
  readonly merchantName: string
  /** Whether it changed or answered something. */
  readonly executed: boolean
}

/** Given by `layerFakeGateway` together with the gateway. */
export class FakeProvider extends Context.Service<FakeProvider, {
  /** Does something; answers the id of the payment that it concerns. */
  readonly act: (action: FakeAction) => Effect.Effect<string, ActionFailure>
  /** Adds a fault behind those that wait. */
  readonly plan: (fault: FakeFault) => Effect.Effect<void>
  /** Forgets the faults that wait. */
  readonly mend: Effect.Effect<void>
  /** The acquirer refuses the next payment that is started. */
  readonly declineNext: Effect.Effect<void>
  /** All calls that reached the provider, oldest first. */
  readonly calls: Effect.Effect<ReadonlyArray<FakeCall>>
}>()("@docdata/memory/FakeProvider") {}
