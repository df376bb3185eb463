/** What becomes of operations that a gateway says its provider does not have. */
import { mayHaveHappened, PaymentGateway } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { called, inputs, merchant, unknownKey } from "../gatewaySample.ts"
import { ProviderWorld } from "../ProviderWorld.ts"

export const lacking: Group<PaymentGateway | ProviderWorld> = {
  title: "operations that the provider does not have",
  cases: [
    specify(
      "are refused as unsupported, and nothing reaches the provider",
      Effect.gen(function*() {
        const { unsupported = new Set() } = yield* PaymentGateway
        const { calls } = yield* ProviderWorld
        for (const operation of unsupported) {
          const { reason } = yield* Effect.flip(called(operation, merchant, inputs(unknownKey, "1")[operation]))
          assert.equal(reason._tag, "Unsupported", `the reason why ${operation} fails`)
          assert.equal(mayHaveHappened(operation, reason), false, `whether ${operation} may have happened`)
        }
        assert.deepEqual(yield* calls, [], "calls that reached the provider")
      })
    )
  ]
}
