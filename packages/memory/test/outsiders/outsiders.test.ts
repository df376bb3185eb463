/**
 * A store and a gateway as somebody else would write them, from what the packages export, run the suites.
 */
import { paymentGatewayConformance, storeConformance } from "@docdata/testkit"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { layerLimitedGateway } from "./layerLimitedGateway.ts"
import { layerRepeatingStores } from "./layerRepeatingStores.ts"

describe("a store of somebody else", () => storeConformance({ describe, it }, layerRepeatingStores))

describe("a gateway of somebody else", () => paymentGatewayConformance({ describe, it }, layerLimitedGateway))

describe("what somebody else writes", () => {
  const readme = readFileSync(new URL("../../../testkit/README.md", import.meta.url), "utf8")

  for (const name of ["layerRepeatingStores.ts", "layerLimitedGateway.ts"]) {
    it(`${name} has at most 30 lines, takes only what packages export, and stands in the README of the testkit`, () => {
      const source = readFileSync(new URL(name, import.meta.url), "utf8")
      expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(30)
      const imported = [...source.matchAll(/from "([^"]+)"/g)].map(([, from]) => from)
      expect(imported.filter((from) => !/^(@docdata\/[a-z]+|effect)$/.test(from ?? ""))).toEqual([])
      expect(readme).toContain(source)
    })
  }
})
