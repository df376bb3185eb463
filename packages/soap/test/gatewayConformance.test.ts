import { paymentGatewayConformance } from "@docdata/testkit"
import * as Layer from "effect/Layer"
import { describe, it } from "vitest"
import { layerGateway, layerStage, RunningSimulator } from "./simulatorStage.ts"

// Every breakage befalls many calls in a row, so the circuit would open; what it does has tests of its own.
const limits = { backoffMs: 1, breakerFailuresMax: 1_000 }

paymentGatewayConformance(
  { describe, it },
  Layer.merge(layerGateway(limits), layerStage).pipe(Layer.provide(RunningSimulator.layer))
)
