import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { ownIntegrationInfo } from "../src/request/integrationInfo.ts"

it("tells the name and version that are published", () => {
  const { name, version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly name: string
    readonly version: string
  }
  expect(ownIntegrationInfo.webshopPlugin).toBe(name)
  expect(ownIntegrationInfo.webshopPluginVersion).toBe(version)
})
