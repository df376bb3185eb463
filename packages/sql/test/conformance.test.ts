import { storeConformance } from "@docdata/testkit"
import { describe, it } from "vitest"
import { engines } from "./support/engines.ts"

for (const { layer, name } of engines()) {
  describe(name, () => storeConformance({ describe, it }, layer))
}
