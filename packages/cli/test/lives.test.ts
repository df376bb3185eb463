// The end-to-end suite over every gateway and every store. Only the layer differs.
import { lifeCaseCount, orderLives } from "@docdata/testkit"
import * as Layer from "effect/Layer"
import { afterAll, describe, expect, it } from "vitest"
import { fake, soap } from "./support/lifeStages.ts"
import { memory, postgresForLives, sqlite } from "./support/lifeStores.ts"

const postgres = await postgresForLives()
afterAll(() => postgres?.stop())

const gateways = { "the fake gateway": fake, "SOAP with the simulator": soap }
const stores = { memory, SQLite: sqlite, ...(postgres === undefined ? {} : { PostgreSQL: postgres.stores }) }

for (const [gatewayName, gateway] of Object.entries(gateways)) {
  for (const [storeName, store] of Object.entries(stores)) {
    describe(`${gatewayName} and ${storeName}`, () => {
      orderLives({ describe, it }, Layer.merge(gateway, store))
    })
  }
}

it("are at least 25 lives", () => {
  expect(lifeCaseCount).toBeGreaterThanOrEqual(25)
})
