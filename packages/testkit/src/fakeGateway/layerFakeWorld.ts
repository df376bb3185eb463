/**
 * The other side of the fake gateway, as the gateway suite plays it. For gateways that stand in front of another one.
 */
import {
  type GatewayFailureReason,
  onlyReads,
  type Operation,
  operations,
  type PaymentGateway
} from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { gatewayAccounts } from "../gateway/gatewaySample.ts"
import { type Breakage, ProviderWorld } from "../gateway/ProviderWorld.ts"
import { type ActionFailure, type FakeFault, FakeProvider } from "./FakeProvider.ts"
import { layerFakeGateway } from "./layerFakeGateway.ts"

const reasonOf = (breakage: Breakage, operation: Operation): Exclude<GatewayFailureReason, { problems: unknown }> => {
  const retryable = onlyReads(operation)
  const transport = { _tag: "TransportFailure", sent: "unknown", retryable } as const
  switch (breakage) {
    case "unreachable":
      return { ...transport, obstacle: "connect-refused", sent: "not-sent", retryable: true }
    case "connection-lost":
    case "reply-cut":
      return { ...transport, obstacle: breakage }
    case "silence":
      return { ...transport, obstacle: "deadline" }
    case "unavailable":
      return { ...transport, obstacle: "http-status", sent: "answered", httpStatus: 503 }
    case "fault":
      return { _tag: "Fault", code: "Server", message: "It broke.", httpStatus: 500 }
    case "unreadable":
      return { _tag: "UnreadableReply", reason: "not-a-reply", httpStatus: 200 }
    case "internal-error":
      return { _tag: "Rejected", kind: "internal", errors: [{ code: "INTERNAL_ERROR", message: "It broke." }] }
  }
}

const asVoid = (acted: Effect.Effect<string, ActionFailure>): Effect.Effect<void> => Effect.asVoid(Effect.orDie(acted))

const world = Layer.effect(
  ProviderWorld,
  Effect.map(FakeProvider, ({ act, calls, declineNext, mend, plan }) =>
    ProviderWorld.of({
      begin: (orderKey) => Effect.orDie(act({ do: "begin", orderKey })),
      authorize: (orderKey) => Effect.orDie(act({ do: "authorize", orderKey, method: "VISA" })),
      pay: (orderKey) => Effect.orDie(act({ do: "pay", orderKey })),
      askAcquirer: (paymentId) => asVoid(act({ do: "word", paymentId, status: "AUTHORIZATION_REQUESTED" })),
      approve: (paymentId) => asVoid(act({ do: "approve", paymentId })),
      finishCaptures: (paymentId) => asVoid(act({ do: "move-captures", paymentId, to: "CAPTURED" })),
      finishRefunds: (paymentId) => asVoid(act({ do: "move-refunds", paymentId, to: "CAPTURED" })),
      declineNext,
      breakCalls: (breakage, { executed, operation: only }) =>
        Effect.forEach(only === undefined ? operations : [only], (operation) => {
          const fault: FakeFault = { operation, executed, times: 100, reason: reasonOf(breakage, operation) }
          return plan(breakage === "silence" ? { ...fault, afterMs: 30_000 } : fault)
        }, { discard: true }),
      mend,
      calls
    }))
)

const passwords = Object.fromEntries(gatewayAccounts.map(({ name, password }) => [name, password]))

/** A fake gateway with the accounts of the gateway suite, and what the suite needs of its provider. */
export const layerFakeWorld: Layer.Layer<PaymentGateway | ProviderWorld | FakeProvider> = Layer.provideMerge(
  world,
  layerFakeGateway({ passwords, profiles: ["standard"] })
)
