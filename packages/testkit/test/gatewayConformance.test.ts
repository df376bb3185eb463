import { GatewayFailure, type Operation, PaymentGateway } from "@docdata/application"
import { layerFakeWorld, paymentGatewayConformance } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe, it } from "vitest"

paymentGatewayConformance({ describe, it }, layerFakeWorld)

const lack = (operation: Operation) => () =>
  Effect.fail(new GatewayFailure({ operation, reason: { _tag: "Unsupported" } }))

/** A provider that takes no callback parameters and cancels nothing. */
const layerLacking = Layer.effect(
  PaymentGateway,
  Effect.map(PaymentGateway, (gateway) =>
    PaymentGateway.of({
      ...gateway,
      unsupported: new Set(["proceed", "cancel"]),
      proceed: lack("proceed"),
      cancel: lack("cancel")
    }))
).pipe(Layer.provideMerge(layerFakeWorld))

describe("a gateway that says what its provider lacks", () => {
  paymentGatewayConformance({ describe, it }, layerLacking)
})
