/**
 * The gateway for the length of one command: what speaks SOAP is loaded with the first call, and commands that only read
 * never load it.
 */
import { type Operation, PaymentGateway } from "@docdata/application"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import type { PortsPlan } from "./ServicePlan.ts"

type Gateway = PaymentGateway["Service"]

/** Addresses and limits of the settings were checked; what the gateway would refuse is a defect. */
const opened = Effect.fnUntraced(function*({ endpoints = {}, limits = {} }: PortsPlan) {
  const { SoapGateway } = yield* Effect.promise(() => import("@docdata/soap/gateway"))
  return Context.get(yield* Effect.orDie(Layer.build(SoapGateway.layer({ endpoints, limits }))), PaymentGateway)
})

export const layerGatewayOnDemand = (plan: PortsPlan): Layer.Layer<PaymentGateway> =>
  Layer.effect(
    PaymentGateway,
    Effect.gen(function*() {
      const scope = yield* Effect.scope
      const gateway = yield* Effect.cached(Effect.provideService(opened(plan), Scope.Scope, scope))
      // Each operation has its own input and answer, which the compiler cannot follow through the name.
      const call = <Name extends Operation>(name: Name): Gateway[Name] =>
        ((...given: ReadonlyArray<never>) =>
          Effect.flatMap(gateway, (one) => Reflect.apply(one[name], one, given))) as Gateway[Name]
      return PaymentGateway.of({
        create: call("create"),
        start: call("start"),
        proceed: call("proceed"),
        cancel: call("cancel"),
        capture: call("capture"),
        refund: call("refund"),
        status: call("status"),
        statusExtended: call("statusExtended"),
        listPaymentMethods: call("listPaymentMethods")
      })
    })
  )
