/**
 * The other side of a shop: shoppers, banks, acquirers and the network, for whatever provider stands behind the gateway.
 */
import type { Operation } from "@docdata/application"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ReceivedCall } from "../gateway/ProviderWorld.ts"

/** The account that the provider has to know. */
export const scenarioAccount = { name: "lantern_shop", password: "lantern-password", profiles: ["standard"] } as const

export class ScenarioWorld extends Context.Service<ScenarioWorld, {
  /** The shopper chose iDEAL and is at the bank. Answers the payment's id, as do the next three. */
  readonly begin: (orderKey: string) => Effect.Effect<string>
  /** A payment that is captured: of the whole order, or of a part of it. */
  readonly pay: (
    orderKey: string,
    options: { readonly method: string; readonly minor?: number }
  ) => Effect.Effect<string>
  /** A payment that is approved and waits for its goods: nothing of it is captured or asked for. */
  readonly authorize: (orderKey: string) => Effect.Effect<string>
  /** The shopper chose a bank transfer: the money may come, or not. */
  readonly promise: (orderKey: string) => Effect.Effect<string>
  /** The money of a bank transfer comes in. */
  readonly moneyArrives: (paymentId: string) => Effect.Effect<void>
  /** The bank of a payment that has begun said yes, and the money is captured. */
  readonly approve: (paymentId: string) => Effect.Effect<void>
  /** The bank of a payment that has begun said no. */
  readonly refuse: (paymentId: string) => Effect.Effect<void>
  /** What was asked for and is under way is done, or fails. */
  readonly move: (
    paymentId: string,
    kind: "capture" | "refund",
    to: "CAPTURED" | "FAILED"
  ) => Effect.Effect<void>
  /** The bank takes captured money back. */
  readonly chargeBack: (paymentId: string, minor: number) => Effect.Effect<void>
  /** The next call of this operation brings no answer; `executed` says whether the provider did it. */
  readonly loseAnswer: (operation: Operation, executed: boolean) => Effect.Effect<void>
  /** All calls that reached the provider, oldest first. */
  readonly calls: Effect.Effect<ReadonlyArray<ReceivedCall>>
}>()("@docdata/testkit/ScenarioWorld") {}
