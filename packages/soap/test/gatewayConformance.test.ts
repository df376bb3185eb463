import type { Simulator } from "@docdata/simulator"
import { gatewaySecrets, paymentGatewayConformance, Witness } from "@docdata/testkit"
import * as Layer from "effect/Layer"
import assert from "node:assert/strict"
import { describe, it } from "vitest"
import { layerGateway, layerWorld, RunningSimulator } from "./simulatorWorld.ts"

// Every breakage befalls many calls in a row, so the circuit would open; what it does has tests of its own.
const limits = { backoffMs: 1, breakerFailuresMax: 1_000 }

// The suite searches what the gateway lets out; this one hears the other side of the same sessions.
const witness = new Witness(gatewaySecrets)
const receive = (simulator: Simulator): void => {
  for (const each of [...simulator.requests(), ...simulator.history(), ...simulator.notifications()]) {
    witness.receive("provider", each)
  }
}

paymentGatewayConformance(
  { describe, it },
  Layer.merge(layerGateway(limits), layerWorld).pipe(Layer.provide(RunningSimulator.layerWith(receive)))
)

describe("the simulator's own log of all cases above", () => {
  it("holds no password, account number or name either", () => {
    assert.deepEqual(witness.hits, [])
    assert.ok(witness.received.provider > 1_000, `heard ${witness.received.provider}`)
  })
})
