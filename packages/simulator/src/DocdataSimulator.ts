/** The simulator as an Effect service, for tests and programs that are built of layers. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Simulator } from "./Simulator.ts"
import type { SimulatorOptions } from "./startSimulator.ts"
import { startSimulator } from "./startSimulator.ts"

/** A running simulator. It ends with the scope of its layer. */
export class DocdataSimulator
  extends Context.Service<DocdataSimulator, Simulator>()("@docdata/simulator/DocdataSimulator")
{
  /** Starts a simulator; a taken port is a defect, since nobody can handle it. */
  static readonly layer = (options: SimulatorOptions = {}) =>
    Layer.effect(
      DocdataSimulator,
      Effect.acquireRelease(
        Effect.promise(() => startSimulator(options)),
        (simulator) => Effect.promise(() => simulator.close())
      )
    )
}
