/**
 * The service as it is put together: what is promised survives its end and a shop or a Docdata that is away.
 */
import { makeApiKey, makeWebhookSecret } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import { startPostgres } from "@docdata/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeEach, expect, it } from "vitest"
import { Browser } from "../src/demo/Browser.ts"
import { demoPlan, provider, updateUrlOf } from "../src/demo/demoPlan.ts"
import { type SampleShop, startSampleShop } from "../src/demo/sampleShop.ts"
import type { ReceivedEvent } from "../src/demo/shopPages.ts"
import { ShopClient } from "../src/demo/ShopClient.ts"
import { serve, type StorePlan } from "@docdata/service"

const [secret, key] = [makeWebhookSecret(), makeApiKey()]
let simulator: Simulator
let folder: string
const ends: Array<() => Promise<void>> = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "docdata-service-"))
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

const opened = async (): Promise<SampleShop & { readonly received: ReadonlyArray<ReceivedEvent> }> => {
  const received: Array<ReceivedEvent> = []
  const shop = await startSampleShop({
    secret: Redacted.value(secret),
    nowMs: Date.now,
    onEvent: (one) => {
      received.push(one)
    }
  })
  ends.push(shop.close)
  return { ...shop, received }
}

/** A service on the test's file; the shop may be anywhere. */
const started = async (shopOrigin: string, stores?: StorePlan) => {
  const scope = Scope.makeUnsafe()
  const onFile = demoPlan({ simulator, shopOrigin, secret, key, file: join(folder, "orders.sqlite"), port: 0 })
  const plan = stores === undefined ? onFile : { ...onFile, stores }
  const service = await Effect.runPromise(Effect.provideService(serve(plan), Scope.Scope, scope))
  const end = (): Promise<void> => Effect.runPromise(Scope.close(scope, Exit.void))
  ends.push(end)
  simulator.setMerchant({ ...provider, updateUrl: updateUrlOf(service.origin) })
  return { client: new ShopClient(service.origin, Redacted.value(key)), end }
}

const until = (holds: () => boolean | Promise<boolean>): Promise<void> =>
  expect.poll(holds, { timeout: 60_000, interval: 25 }).toBe(true)

const pay = async (menuUrl: string, stayAway: boolean): Promise<Browser> => {
  const browser = await Browser.open(menuUrl)
  await browser.submit({ method: "IDEAL", do: "pay" })
  await browser.submit({ answer: "approved" }, { stayAway })
  return browser
}

/** The origin of a shop that is not there any more. */
const closedOrigin = async (): Promise<string> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

it("a shop that was away receives everything once it is back, in order, also after the service ended in between", async () => {
  const first = await started(await closedOrigin())
  const { id, menuUrl } = await first.client.create("web-1", 4_990)
  await pay(menuUrl, true)
  await until(async () => (await first.client.read(id)).status === "paid")
  await first.end()

  const shop = await opened()
  const second = await started(shop.origin)
  expect((await second.client.read(id)).status).toBe("paid")
  await until(() => shop.statusOf(id) === "paid")
  const types = shop.received.map(({ type }) => type)
  expect(types[0]).toBe("order.created")
  expect(types.indexOf("payment.added")).toBeLessThan(types.indexOf("order.status_changed"))
  expect(shop.refusedCount()).toBe(0)
})

it("a Docdata that breaks when the shopper comes back shows the pending page, and the order is found to be paid", async () => {
  const shop = await opened()
  const { client } = await started(shop.origin)
  const { id, menuUrl } = await client.create("web-2", 4_990)
  // Every attempt of the refresh that the return asks for.
  simulator.planFaults([{ times: 4, executed: false, effect: { kind: "status", status: 503, body: "html" } }])
  const browser = await pay(menuUrl, false)
  expect(browser.address).toBe(`${shop.origin}/pending?order=web-2`)
  await until(() => shop.statusOf(id) === "paid")
})

// Undefined where npm brings no PostgreSQL; the stores' own tests say so.
const postgres = await startPostgres({ fsync: false })
afterAll(() => postgres?.stop())

if (postgres !== undefined) {
  it("the same service works on PostgreSQL", async () => {
    const shop = await opened()
    const { client } = await started(shop.origin, { kind: "postgres", url: Redacted.make(postgres.url) })
    const { id, menuUrl } = await client.create("web-3", 4_990)
    await pay(menuUrl, false)
    await until(() => shop.statusOf(id) === "paid")
    expect((await client.timeline(id)).entries.map(({ type }) => type)).toContain("return.visited")
  })
}
