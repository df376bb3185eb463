/**
 * Every fault of the tables is found by the suites, and by the case that says the broken sentence.
 */
import {
  anomalyCases,
  backlogsCases,
  failedCases,
  feedCases,
  type Group,
  inboxCases,
  orderStoreCases,
  outboxCases,
  webhookCases
} from "@docdata/testkit"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { committingFaults, moneyFaults, readingFaults, registrationFaults } from "./orderFaults.ts"
import { anomalyFaults, backlogFaults, feedFaults, logFaults, webhookFaults } from "./otherFaults.ts"
import type { PlantedFault, Stores } from "./PlantedFault.ts"
import { inboxFaults, outboxFaults } from "./queueFaults.ts"

const faults: ReadonlyArray<PlantedFault> = [
  ...committingFaults,
  ...registrationFaults,
  ...readingFaults,
  ...moneyFaults,
  ...inboxFaults,
  ...outboxFaults,
  ...feedFaults,
  ...webhookFaults,
  ...logFaults,
  ...anomalyFaults,
  ...backlogFaults
]

const suites: Readonly<Record<PlantedFault["port"], ReadonlyArray<Group<Stores>>>> = {
  // The outbox shows what a change of an order led to, and the anomalies of an order come with its changes.
  OrderStore: [...orderStoreCases, ...outboxCases, ...anomalyCases],
  Inbox: inboxCases,
  // What is noted of a try is seen in the log.
  Outbox: [...outboxCases, ...webhookCases],
  WebhookEndpoints: webhookCases,
  DeliveryLog: webhookCases,
  Anomalies: anomalyCases,
  EventFeed: feedCases,
  Backlogs: backlogsCases
}

/** The one case of a port's suites with this name. */
const groupOf = ({ foundBy, port }: PlantedFault): Group<Stores> => {
  const named = suites[port].flatMap(({ cases, title }) =>
    cases.filter(({ name }) => name === foundBy).map((one) => ({ title, cases: [one] }))
  )
  assert.lengthOf(named, 1, `cases of ${port} with the name "${foundBy}"`)
  return named[0]!
}

/** The comments of a port as running text. */
const textOf = (port: PlantedFault["port"]): string =>
  readFileSync(new URL(`../../../application/src/ports/${port}.ts`, import.meta.url), "utf8")
    .replaceAll(/\n\s*(\/\*\*|\*\/|\*)?[ ]?/g, " ")
    .replaceAll(/\s+/g, " ")

describe("the conformance suites find a store that", () => {
  for (const fault of faults) {
    const { foundBy, layer, name, port, sentence } = fault
    it(`${name}, against a sentence of ${port}`, async () => {
      assert.include(textOf(port), sentence)
      const [found] = await Effect.runPromise(failedCases([groupOf(fault)], layer))
      assert.isDefined(found, `"${foundBy}" does not find the fault`)
      assert.include(found.message, foundBy)
      assert.notInclude(found.message, "!==")
    })
  }
})

it("every planted fault of the stores breaks a sentence of its own", () => {
  assert.lengthOf(new Set(faults.map(({ sentence }) => sentence)), faults.length)
  assert.isAtLeast(faults.length, 30)
})
