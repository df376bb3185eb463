/**
 * The end-to-end suite: the use cases on a gateway and on stores. Only the layer differs between adapters.
 */
import type * as Layer from "effect/Layer"
import { caseCount, type Group, register, type TestFunctions } from "../conformance/Case.ts"
import { closing } from "./cases/closing.ts"
import { creating } from "./cases/creating.ts"
import { givingBack } from "./cases/refunding.ts"
import { lost } from "./cases/lost.ts"
import { paying } from "./cases/paying.ts"
import { type Adapters, layerShop, type Shop } from "./shop.ts"

/** Whole lives of orders, from their creation to the end of the money's way. */
const scenarioCases: ReadonlyArray<Group<Shop>> = [creating, paying, lost, givingBack, closing]

/** How many lives are played. */
export const scenarioCount = caseCount(scenarioCases)

/**
 * Registers the lives as tests. The layer is built anew for each; its stores start empty and its provider without
 * orders, and the provider has to know {@link scenarioAccount}.
 */
export const orderScenarios = <E>(test: TestFunctions, adapters: Layer.Layer<Adapters, E>): void =>
  register(test, scenarioCases, layerShop(adapters))
