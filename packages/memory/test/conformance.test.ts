import { storeConformance } from "@docdata/testkit"
import { describe, it } from "vitest"
import { layerMemory } from "../src/index.ts"

storeConformance({ describe, it }, layerMemory)
