import type { Simulator } from "@docdata/simulator"
import { gatewaySecrets, paymentGatewayConformance, Witness } from "@docdata/testkit"
import * as Layer from "effect/Layer"
import assert from "node:assert/strict"
import { describe, it } from "vitest"
import { layerGateway, layerStage, RunningSimulator } from "./simulatorStage.ts"

// Every breakage befalls many calls in a row, so the circuit would open; what it does has tests of its own.
const limits = { backoffMs: 1, breakerFailuresMax: 1_000 }

// The suite searches what the gateway lets out; this one hears the other side of the same sessions.
const witness = new Witness(gatewaySecrets)
const hear = (simulator: Simulator): void => {
  for (const each of [...simulator.requests(), ...simulator.history(), ...simulator.notifications()]) {
    witness.hear("provider", each)
  }
}

paymentGatewayConformance(
  { describe, it },
  Layer.merge(layerGateway(limits), layerStage).pipe(Layer.provide(RunningSimulator.layerWith(hear)))
)

describe("the simulator's own log of all cases above", () => {
  it("holds no password, account number or name either", () => {
    assert.deepEqual(witness.hits, [])
    assert.ok(witness.heard.provider > 1_000, `heard ${witness.heard.provider}`)
  })
})
