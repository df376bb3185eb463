// The simulator as the other side of the gateway: the stage of the conformance suite, and layers for whole sessions.
import type { Operation } from "@docdata/application"
import { type Fault, type Simulator, startSimulator } from "@docdata/simulator"
import { type Breakage, gatewayAccounts, ProviderWorld } from "@docdata/testkit"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { TransportLimits } from "../src/transport/Limits.ts"
import * as SoapGateway from "../src/gateway/SoapGateway.ts"

/** A simulator that knows the accounts of the suite, gone with the scope. */
export class RunningSimulator extends Context.Service<RunningSimulator, Simulator>()("test/RunningSimulator") {
  /** `atEnd` sees it before it is closed. */
  static readonly layerWith = (atEnd: (simulator: Simulator) => void) =>
    Layer.effect(
      RunningSimulator,
      Effect.acquireRelease(
        Effect.promise(() => startSimulator({ merchants: gatewayAccounts })),
        (simulator) =>
          Effect.promise(() => {
            atEnd(simulator)
            return simulator.close()
          })
      )
    )
  static readonly layer = RunningSimulator.layerWith(() => undefined)
}

/** A gateway to it. */
export const layerGateway = (limits: Partial<TransportLimits> = {}) =>
  Layer.unwrap(
    Effect.map(RunningSimulator, ({ url }) => SoapGateway.layer({ endpoints: { test: url }, limits }))
  )

/** As long as a simulator waits at most. */
const longMs = 60_000

type Wire = Exclude<Breakage, "unreachable">

const effectOf = (breakage: Wire): Fault["effect"] => {
  switch (breakage) {
    case "connection-lost":
      return { kind: "reset-before-reply" }
    case "reply-cut":
      return { kind: "reset-in-reply", afterBytes: 200 }
    case "silence":
      return { kind: "delay", delayMs: longMs }
    case "fault":
      return { kind: "status", status: 500, body: "fault" }
    case "internal-error":
      return { kind: "errors", errors: [{ code: "INTERNAL_ERROR", text: "It broke." }] }
    case "unreadable":
      return { kind: "html" }
    case "unavailable":
      return { kind: "status", status: 503, body: "empty" }
  }
}

const faultOf = (breakage: Wire, executed: boolean, operation: Operation | undefined): Fault => ({
  ...(operation === undefined ? {} : { operation }),
  times: 100,
  executed,
  effect: effectOf(breakage)
})

const worldOver = (simulator: Simulator): ProviderWorld["Service"] => {
  const act = (action: Parameters<Simulator["act"]>[0]) =>
    Effect.flatMap(
      Effect.promise(() => simulator.act(action)),
      (result) => result.ok ? Effect.succeed(result.paymentId ?? "") : Effect.die(new Error(result.why))
    )
  /** Moves all captures or refunds of a payment that are under way. */
  const finish = (kind: "capture" | "refund", paymentId: string) => {
    const payment = simulator.orders().flatMap(({ payments }) => payments).find(({ id }) => id === paymentId)
    const underWay = (kind === "capture" ? payment?.captures : payment?.refunds)?.filter(({ status }) =>
      status === "NEW" || status === "STARTED"
    )
    return Effect.forEach(
      underWay ?? [],
      ({ number }) => act({ do: kind, paymentId, number, status: "CAPTURED" }),
      { discard: true }
    )
  }
  return {
    begin: (orderKey) => act({ do: "choose", orderKey, method: "IDEAL" }),
    // Klarna captures on request; with a card, a capture is filed at once.
    authorize: (orderKey) => act({ do: "pay", orderKey, method: "KLARNA_INVOICE" }),
    pay: (orderKey) => act({ do: "pay", orderKey, method: "IDEAL" }),
    askAcquirer: (paymentId) => Effect.asVoid(act({ do: "word", paymentId, status: "AUTHORIZATION_REQUESTED" })),
    approve: (paymentId) => Effect.asVoid(act({ do: "authorize", paymentId })),
    finishCaptures: (paymentId) => finish("capture", paymentId),
    finishRefunds: (paymentId) => finish("refund", paymentId),
    declineNext: Effect.sync(() =>
      simulator.planFaults([{
        operation: "start",
        executed: true,
        effect: { kind: "decline", as: "payment-error" }
      }])
    ),
    breakCalls: (breakage, { executed, operation }) =>
      breakage === "unreachable"
        ? Effect.promise(() => simulator.close())
        : Effect.sync(() => simulator.planFaults([faultOf(breakage, executed, operation)])),
    mend: Effect.sync(() => simulator.clearFaults()),
    calls: Effect.sync(() =>
      simulator.requests().flatMap(({ executed, operation }) =>
        operation === undefined ? [] : [{ operation, executed }]
      )
    )
  }
}

/** The stage, with the simulator it stands on. */
export const layerWorld = Layer.effect(ProviderWorld, Effect.map(RunningSimulator, worldOver))
