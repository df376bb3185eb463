// The end-to-end suite over every gateway and every store. Only the layer differs.
import { orderScenarios, scenarioCount } from "@docdata/testkit"
import * as Layer from "effect/Layer"
import { afterAll, describe, expect, it } from "vitest"
import { fake, soap } from "./support/scenarioWorlds.ts"
import { memory, postgresForScenarios, sqlite } from "./support/scenarioStores.ts"

const postgres = await postgresForScenarios()
afterAll(() => postgres?.stop())

const gateways = { "the fake gateway": fake, "SOAP with the simulator": soap }
const stores = { memory, SQLite: sqlite, ...(postgres === undefined ? {} : { PostgreSQL: postgres.stores }) }

for (const [gatewayName, gateway] of Object.entries(gateways)) {
  for (const [storeName, store] of Object.entries(stores)) {
    describe(`${gatewayName} and ${storeName}`, () => {
      orderScenarios({ describe, it }, Layer.merge(gateway, store))
    })
  }
}

it("are at least 25 lives", () => {
  expect(scenarioCount).toBeGreaterThanOrEqual(25)
})
