/**
 * What the use cases of one process share, whoever calls them: one refresh per order at a time, the capacity of the
 * background work, and what the schedule may still ask the provider.
 */
import * as Layer from "effect/Layer"
import { WorkCapacity } from "./limits/index.ts"
import { SingleFlight } from "./refresh/index.ts"
import { RefreshBudget } from "./schedule/index.ts"

/** Made once per process: two of them would refresh one order twice at a time. */
export const layerUseCases: Layer.Layer<SingleFlight | WorkCapacity | RefreshBudget> = Layer.mergeAll(
  SingleFlight.layer,
  WorkCapacity.layer,
  RefreshBudget.layer
)
