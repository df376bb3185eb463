/**
 * The sample shop, from its first page to what it receives: beside the service and an offline Docdata, over real sockets.
 */
import { makeApiKey, makeWebhookSecret } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Browser } from "../src/demo/Browser.ts"
import { demoPlan, provider, updateUrlOf } from "../src/demo/demoPlan.ts"
import { startService } from "../src/service/startService.ts"

const folder = mkdtempSync(join(tmpdir(), "docdata-shop-"))
const scope = Scope.makeUnsafe()
// The service has to know where the shop is, and the shop where the service is: the shop's socket opens first.
let listener: RequestListener = (_request, response) => response.destroy()
const server = createServer((request, response) => listener(request, response))
let simulator: Simulator
let shopOrigin: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  shopOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  const [secret, key] = [makeWebhookSecret(), makeApiKey()]
  const plan = demoPlan({ simulator, shopOrigin, secret, key, file: join(folder, "orders.sqlite"), port: 0 })
  const { origin } = await Effect.runPromise(Effect.provideService(startService(plan), Scope.Scope, scope))
  simulator.setMerchant({ ...provider, updateUrl: updateUrlOf(origin) })
  Object.assign(process.env, {
    DOCDATA_API: origin,
    DOCDATA_KEY: Redacted.value(key),
    WEBHOOK_SECRET: Redacted.value(secret)
  })
  listener = (await import("../examples/shop.ts")).shop
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await simulator.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const textOf = async (address: string): Promise<string> => (await fetch(address)).text()

const boughtUntilMenu = async (): Promise<Browser> => {
  const browser = await Browser.open(shopOrigin)
  await browser.submit({})
  expect(browser.address).toMatch(new RegExp(`^${simulator.menuUrl}`))
  return browser
}

it("a shopper buys, pays and comes back; the shop learns that it is paid, in a signed webhook", async () => {
  const browser = await boughtUntilMenu()
  await browser.submit({ method: "IDEAL", do: "pay" })
  await browser.submit({ answer: "approved" })
  expect(browser.address).toMatch(new RegExp(`^${shopOrigin}/thanks\\?order=[0-9a-f-]{36}$`))
  await expect.poll(() => textOf(browser.address), { timeout: 60_000, interval: 25 }).toContain("Your order is paid.")
})

it("a shopper who leaves the menu comes back to another page, and the shop can ask for what is true", async () => {
  const browser = await boughtUntilMenu()
  await browser.submit({ do: "cancel" })
  expect(browser.address).toMatch(/\/cancelled\?order=/)
  expect(await textOf(browser.address)).toContain("Your order is new.")
  expect(await textOf(`${browser.address}&ask`)).toContain("Your order is new.")
})

it("a webhook that is not signed by the service changes nothing", async () => {
  const forged = { type: "order.status_changed", data: { eventId: "x", to: "paid", order: { shopReference: "x" } } }
  const answer = await fetch(`${shopOrigin}/hooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": "x",
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": "v1,AAAA"
    },
    body: JSON.stringify(forged)
  })
  expect(answer.status).toBe(401)
})

it("it is less than 60 lines, and none of them is about Effect", () => {
  const source = readFileSync(new URL("../examples/shop.ts", import.meta.url), "utf8")
  expect(source.trimEnd().split("\n").length).toBeLessThan(60)
  expect(source).not.toMatch(/from "(effect|@docdata)/)
})
