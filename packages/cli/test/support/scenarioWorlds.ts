/**
 * The two providers that the lives of orders are played with: the fake gateway, and SOAP with the simulator.
 */
import type { Operation, PaymentGateway } from "@docdata/application"
import { FakeProvider, layerFakeGateway } from "@docdata/memory"
import { type Simulator, startSimulator } from "@docdata/simulator"
import { SoapGateway } from "@docdata/soap/gateway"
import { scenarioAccount, ScenarioWorld } from "@docdata/testkit"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

type Provider = Layer.Layer<PaymentGateway | ScenarioWorld>

const fakeWorld = Effect.map(FakeProvider, ({ act, calls, plan }) => {
  const does = (action: Parameters<typeof act>[0]) => Effect.orDie(act(action))
  return ScenarioWorld.of({
    begin: (orderKey) => does({ do: "begin", orderKey }),
    pay: (orderKey, { method, minor }) =>
      does({ do: "pay", orderKey, method, ...(minor === undefined ? {} : { amount: { minor, currency: "EUR" } }) }),
    authorize: (orderKey) => does({ do: "authorize", orderKey, method: "KLARNA_INVOICE" }),
    promise: (orderKey) =>
      Effect.tap(
        does({ do: "begin", orderKey, method: "BANK_TRANSFER" }),
        (paymentId) => does({ do: "approve", paymentId })
      ),
    moneyArrives: (paymentId) => does({ do: "move-captures", paymentId, to: "CAPTURED" }),
    approve: (paymentId) => does({ do: "approve", paymentId }),
    refuse: (paymentId) => does({ do: "fail", paymentId }),
    move: (paymentId, kind, to) => does({ do: kind === "capture" ? "move-captures" : "move-refunds", paymentId, to }),
    chargeBack: (paymentId, minor) => does({ do: "charge-back", paymentId, minor }),
    loseAnswer: (operation, executed) =>
      plan({
        operation,
        executed,
        reason: {
          _tag: "TransportFailure",
          obstacle: "connection-lost",
          sent: executed ? "unknown" : "not-sent",
          retryable: !executed
        }
      }),
    calls
  })
})

export const fake: Provider = Layer.effect(ScenarioWorld, fakeWorld).pipe(Layer.provideMerge(layerFakeGateway()))

class Running extends Context.Service<Running, Simulator>()("test/Running") {}

const layerRunning = Layer.effect(
  Running,
  Effect.acquireRelease(
    Effect.promise(() => startSimulator({ merchants: [scenarioAccount] })),
    (simulator) => Effect.promise(() => simulator.close())
  )
)

const simulatorWorld = Effect.map(Running, (simulator) => {
  const act = (action: Parameters<Simulator["act"]>[0]) =>
    Effect.flatMap(
      Effect.promise(() => simulator.act(action)),
      (result) => result.ok ? Effect.succeed(result.paymentId ?? "") : Effect.die(new Error(result.why))
    )
  const paymentOf = (id: string) =>
    simulator.orders().flatMap(({ payments }) => payments).find((payment) => payment.id === id)
  const move = (paymentId: string, kind: "capture" | "refund", status: "CAPTURED" | "FAILED") =>
    Effect.suspend(() => {
      const payment = paymentOf(paymentId)
      const all = (kind === "capture" ? payment?.captures : payment?.refunds) ?? []
      return Effect.forEach(
        all.filter((one) => one.status === "NEW" || one.status === "STARTED"),
        ({ number }) => act({ do: kind, paymentId, number, status }),
        { discard: true }
      )
    })
  const broken = (operation: Operation, executed: boolean) =>
    Effect.sync(() =>
      simulator.planFaults([{
        operation,
        times: 1,
        executed,
        effect: { kind: executed ? "reset-before-reply" : "reset-before-reading" }
      }])
    )
  return ScenarioWorld.of({
    begin: (orderKey) => act({ do: "choose", orderKey, method: "IDEAL" }),
    pay: (orderKey, { method, minor }) =>
      Effect.tap(
        act({ do: "pay", orderKey, method, ...(minor === undefined ? {} : { amountMinor: minor }) }),
        (paymentId) => move(paymentId, "capture", "CAPTURED")
      ),
    // With a card a capture is filed at once; this one is captured on request.
    authorize: (orderKey) => act({ do: "pay", orderKey, method: "KLARNA_INVOICE" }),
    promise: (orderKey) => act({ do: "pay", orderKey, method: "BANK_TRANSFER" }),
    moneyArrives: (paymentId) => act({ do: "money-arrives", paymentId }),
    approve: (paymentId) => act({ do: "authorize", paymentId }),
    refuse: (paymentId) => act({ do: "fail", paymentId }),
    move,
    chargeBack: (paymentId, minor) => act({ do: "chargeback", paymentId, amountMinor: minor }),
    loseAnswer: broken,
    calls: Effect.sync(() =>
      simulator.requests().flatMap(({ executed, operation }) =>
        operation === undefined ? [] : [{ operation, executed }]
      )
    )
  })
})

const layerSoap = Layer.unwrap(
  Effect.map(Running, ({ url }) => SoapGateway.layer({ endpoints: { test: url } }))
)

export const soap: Provider = Layer.effect(ScenarioWorld, simulatorWorld).pipe(
  Layer.provideMerge(layerSoap),
  Layer.provide(layerRunning),
  Layer.orDie
)
