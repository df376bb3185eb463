/**
 * The suite of the port `PaymentGateway`. Every sentence that the port says is at least one case.
 */
import { PaymentGateway } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { NotOffered } from "../conformance/CaseFailed.ts"
import { type Group, register, type TestFunctions } from "../conformance/Case.ts"
import { asking, recording } from "./cases/asking.ts"
import { cancelling } from "./cases/cancelling.ts"
import { capturing } from "./cases/capturing.ts"
import { creating } from "./cases/creating.ts"
import { failing, interrupting, silent, unreachable } from "./cases/failing.ts"
import { proceeding, recurring, starting } from "./cases/paying.ts"
import { refunding } from "./cases/refunding.ts"
import { refusedBeforeSending, refusing } from "./cases/refusing.ts"
import { lacking } from "./cases/lacking.ts"
import type { ProviderWorld } from "./ProviderWorld.ts"
import { Witness } from "./Witness.ts"

/** Cases of {@link PaymentGateway}, one group after the other. */
export const paymentGatewayCases: ReadonlyArray<Group<PaymentGateway | ProviderWorld>> = [
  creating,
  starting,
  proceeding,
  recurring,
  cancelling,
  capturing,
  refunding,
  asking,
  recording,
  refusing,
  refusedBeforeSending,
  unreachable,
  failing,
  silent,
  interrupting
]

/** A case that needs an operation which the provider does not have ends with it. */
const offered = (gateway: PaymentGateway["Service"]): PaymentGateway["Service"] => {
  const lacks = [...gateway.unsupported ?? []].map((operation) => [operation, () => Effect.die(new NotOffered())])
  return PaymentGateway.of({ ...gateway, ...Object.fromEntries(lacks) })
}

/** The same services, with a gateway that is overheard. */
const overheard = <E>(
  witness: Witness,
  layer: Layer.Layer<PaymentGateway | ProviderWorld, E>
): Layer.Layer<PaymentGateway | ProviderWorld, E> =>
  Layer.effect(PaymentGateway, Effect.map(PaymentGateway, (gateway) => witness.overhear(offered(gateway)))).pipe(
    Layer.provideMerge(layer),
    Layer.provideMerge(witness.telemetry)
  )

/**
 * Registers the cases of the gateway. The layer is built anew for each case and has to start without orders. A case
 * that needs one of the gateway's `unsupported` operations checks nothing beyond it. The last case searches whatever all
 * the others let out for passwords, account numbers and names.
 */
export const paymentGatewayConformance = <E>(
  test: TestFunctions,
  layer: Layer.Layer<PaymentGateway | ProviderWorld, E>
): void =>
  test.describe("PaymentGateway", () => {
    const witness = new Witness()
    register(test, paymentGatewayCases, overheard(witness, layer))
    register(test, [lacking], layer)
    test.describe("secrets and personal data", () => {
      test.it("are in no error, log, span, metric, answer and in no text of an exchange, of all cases above", async () => {
        await Effect.runPromise(witness.metrics)
        assert.deepEqual(witness.hits, [])
        const { error, exchange, log } = witness.received
        assert.ok(error > 100 && exchange > 100 && log > 200, `heard ${JSON.stringify(witness.received)}`)
      })
    })
  })
