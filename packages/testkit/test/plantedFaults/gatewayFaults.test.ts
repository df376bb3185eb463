/**
 * Every fault of the table is found by the gateway suite, and by the case that says the broken sentence.
 */
import { CaseFailed, paymentGatewayConformance } from "@docdata/testkit"
import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { gatewayFaults, layerOf, type PlantedFault } from "./gatewayFaults.ts"

type Run = () => Promise<void>

/** The cases of the suite by their title and sentence, for a gateway with this fault. */
const casesOf = (fault: PlantedFault): ReadonlyMap<string, Run> => {
  const cases = new Map<string, Run>()
  let title = ""
  paymentGatewayConformance({
    describe: (name, body) => {
      title = name
      body()
    },
    it: (name, body) => void cases.set(`${title}: ${name}`, body)
  }, layerOf(fault))
  return cases
}

/** What a case fails with, if it does. */
const failureOf = (run: Run): Promise<Error | undefined> => run().then(() => undefined, (failure: Error) => failure)

const ports = new URL("../../../application/src/ports/", import.meta.url)

/** The comments of the port as running text. */
const text = ["PaymentGateway.ts", ...readdirSync(new URL("gateway/", ports)).map((name) => `gateway/${name}`)]
  .map((name) => readFileSync(new URL(name, ports), "utf8"))
  .join("\n")
  .replaceAll(/\n\s*(\/\*\*|\*\/|\*)?[ ]?/g, " ")
  .replaceAll(/\s+/g, " ")

describe("the conformance suite finds a gateway that", () => {
  for (const fault of gatewayFaults) {
    it(`${fault.name}, against a sentence of its port`, async () => {
      assert.include(text, fault.sentence)
      const cases = casesOf(fault)
      const run = cases.get(fault.foundBy)
      assert.isDefined(run, `a case "${fault.foundBy}"`)
      // The search for secrets looks at what all other cases let out.
      if (fault.foundBy.startsWith("secrets")) await Promise.all([...cases.values()].map(failureOf))
      const found = await failureOf(run)
      assert.isDefined(found, `"${fault.foundBy}" does not find the fault`)
      if (!fault.foundBy.startsWith("secrets")) {
        assert.instanceOf(found, CaseFailed)
        assert.include(found.message, fault.foundBy)
        assert.notInclude(found.message, "!==")
      }
    })
  }
})

it("every planted fault of the gateway breaks a sentence of its own", () => {
  assert.lengthOf(new Set(gatewayFaults.map(({ sentence }) => sentence)), gatewayFaults.length)
  assert.isAtLeast(gatewayFaults.length, 30)
})
