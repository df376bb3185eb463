import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { caseCount, paymentGatewayCases, storeConformance } from "../src/index.ts"

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")

it("the README of the testkit says how many cases a store and a gateway are held to", () => {
  let registered = 0
  const count = { describe: (_: string, body: () => void) => body(), it: () => void registered++ }
  storeConformance(count, undefined as never)
  expect(readme).toContain(`each of the ${registered} cases`)
  expect(readme).toContain(`has ${caseCount(paymentGatewayCases)} cases`)
})
