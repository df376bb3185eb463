/**
 * Payments without the menu, from the REST API over the bank and back: beside the service and an offline Docdata.
 */
import { makeApiKey, makeWebhookSecret } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Browser } from "../src/demo/Browser.ts"
import { demoPlan, provider } from "../src/demo/demoPlan.ts"
import { type SampleShop, startSampleShop } from "../src/demo/sampleShop.ts"
import { ShopClient, type ShopOrder } from "../src/demo/ShopClient.ts"
import { startService } from "../src/service/startService.ts"

const [secret, key] = [makeWebhookSecret(), makeApiKey()]
const folder = mkdtempSync(join(tmpdir(), "docdata-web-direct-"))
const scope = Scope.makeUnsafe()
let simulator: Simulator
let shop: SampleShop
let origin: string

// Nobody notifies: what is known comes from the shopper's return alone.
beforeAll(async () => {
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  shop = await startSampleShop({ secret: Redacted.value(secret), nowMs: Date.now, onEvent: () => undefined })
  const plan = demoPlan({ simulator, shopOrigin: shop.origin, secret, key, file: join(folder, "orders"), port: 0 })
  origin = (await Effect.runPromise(Effect.provideService(startService(plan), Scope.Scope, scope))).origin
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await shop.close()
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Started {
  readonly payment: { readonly outcome: string; readonly paymentId: string }
  readonly redirect: {
    readonly method: string
    readonly url: string
    readonly parameters: ReadonlyArray<{ readonly name: string; readonly value: string }>
  }
}

const client = () => new ShopClient(origin, Redacted.value(key))

let orderCount = 0

const started = async (input: object): Promise<{ readonly order: ShopOrder; readonly bank: string } & Started> => {
  const order = await client().create(`web-${++orderCount}`, 4_990)
  const answer = await fetch(`${origin}/v1/orders/${order.id}/start`, {
    method: "POST",
    headers: { authorization: `Bearer ${Redacted.value(key)}`, "content-type": "application/json" },
    body: JSON.stringify({ payment: { _tag: "WithInput", ...input } })
  })
  expect(answer.status).toBe(201)
  const { payment, redirect } = await answer.json() as Started
  const bank = new URL(redirect.url)
  for (const { name, value } of redirect.parameters) bank.searchParams.set(name, value)
  return { order, payment, redirect, bank: bank.href }
}

const proceeds = (): number => simulator.requests().filter(({ operation }) => operation === "proceed").length
const reload = async (address: string): Promise<string | null> =>
  (await fetch(address, { redirect: "manual" })).headers.get("location")

const ideal = { input: { _tag: "Ideal", issuerId: "INGBNL2A" } }
const card = {
  input: { _tag: "EncryptedCard", scheme: "visa", encryptedData: "x" },
  browser: { ip: "192.0.2.7", accept: "text/html", userAgent: "browser" }
}

describe.each([["iDEAL", ideal, "GET"], ["a card with 3-D Secure", card, "POST"]])("by %s", (_name, input, method) => {
  it("a shopper who says yes at the bank lands on the page for paid orders, and a reload submits nothing", async () => {
    const before = proceeds()
    const { bank, order, redirect } = await started(input)
    expect(redirect.method).toBe(method)
    const browser = await Browser.open(bank)
    await browser.submit({ answer: "approved" })
    // 3-D Secure takes the shopper back by a form of its own.
    if (method === "POST") await browser.submit({})
    expect(browser.address).toBe(`${shop.origin}/thanks?order=${order.shopReference}`)
    expect(proceeds()).toBe(before + 1)
    const { entries } = await client().timeline(order.id)
    expect(entries.map(({ type }) => type)).toEqual(expect.arrayContaining(["return.visited", "payment.proceeded"]))
    const returnUrl = new URL(simulator.orders().at(-1)?.payments.at(-1)?.returnUrls.success ?? "")
    expect(await reload(returnUrl.href)).toBe(browser.address)
    expect(proceeds()).toBe(before + 1)
  })

  it("a shopper who says no does not", async () => {
    const { bank, order } = await started(input)
    const browser = await Browser.open(bank)
    await browser.submit({ answer: "refused" })
    if (method === "POST") await browser.submit({})
    expect(browser.address).toMatch(new RegExp(`^${shop.origin}/(pending|cancelled|failed)\\?`))
    expect((await client().read(order.id)).status).not.toBe("paid")
  })
})
