/**
 * The service for programs without Effect: one promise opens it, one closes it, and it works by itself in between.
 */
import { hashApiKey, makeApiKey, nodeListener } from "@docdata/http"
import { startSimulator } from "@docdata/simulator"
import * as Redacted from "effect/Redacted"
import { existsSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { dirname, join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { open, type Opened, type Options } from "../src/index.ts"
import { fileWith, neededSettings } from "./support/settings.ts"

const key = makeApiKey()
const ends: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const optionsIn = (folder: string): Options => ({
  ...neededSettings,
  sqliteFile: join(folder, "orders.sqlite"),
  apiKeys: { shop: { hash: hashApiKey(key), scope: "operate", merchants: ["shop"] } }
})

const freshOptions = (): Options => optionsIn(dirname(fileWith("")))

const opened = async (options: Options | string): Promise<Opened> => {
  const service = await open(options)
  ends.push(service.close)
  return service
}

const ask = async ({ handler }: Opened, line: string, body?: unknown) => {
  const [method = "GET", path = "/"] = line.split(" ")
  const headers = {
    authorization: `Bearer ${Redacted.value(key)}`,
    "content-type": "application/json",
    "idempotency-key": "web-1"
  }
  const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await handler(new Request(`http://service${path}`, request))
  const text = await response.text()
  return { status: response.status, json: text.startsWith("{") ? JSON.parse(text) : undefined }
}

const name = { first: "Nobody", last: "Ångström" }

const order = {
  shopReference: "web-1",
  order: {
    buyer: { _tag: "Shopper", id: "c-1", name, email: "nobody@shop.example", language: "nl", gender: "undefined" },
    total: { minor: 4990, currency: "EUR" },
    billTo: { name, address: { street: "Kade", city: "Zwolle", country: "NL", houseNumber: "1", postalCode: "8011AA" } }
  }
}

it("a service that was opened from plain options works on notifications by itself", async () => {
  const simulator = await startSimulator({
    clock: "wall",
    merchants: [{ name: "shop_login", password: "very-hush-hush" }]
  })
  ends.push(() => simulator.close())
  const service = await opened({
    ...freshOptions(),
    testEndpoint: simulator.url,
    testMenu: simulator.menuUrl
  })
  const { json } = await ask(service, "POST /v1/orders", order)
  const orderKey = new URL(json.menuUrl).searchParams.get("payment_cluster_key") ?? ""
  await simulator.act({ do: "pay", orderKey, method: "IDEAL" })
  expect((await ask(service, `GET /docdata/notifications?order_id=${json.orderReference}`)).status).toBe(200)
  const status = async () => (await ask(service, `GET /v1/orders/${json.id}`)).json.status
  await expect.poll(status, { timeout: 30_000, interval: 10 }).toBe("paid")
})

it("closing a service closes its database, and a second time does nothing", async () => {
  const options = freshOptions()
  const { close } = await open(options)
  expect(existsSync(`${options.sqliteFile}-wal`)).toBe(true)
  await close()
  await close()
  expect(existsSync(`${options.sqliteFile}-wal`)).toBe(false)
})

it("a service that was opened from a settings file follows it", async () => {
  const path = fileWith("")
  const { apiKeys, ...others } = optionsIn(dirname(path))
  writeFileSync(path, JSON.stringify({ ...others, apiKeys }))
  const service = await opened(path)
  const status = async () => (await ask(service, "GET /v1/orders")).status
  expect(await status()).toBe(200)
  writeFileSync(path, JSON.stringify(others))
  await expect.poll(status, { timeout: 30_000, interval: 50 }).toBe(401)
})

it("a database that cannot be opened rejects, and names what failed", async () => {
  await expect(open({ ...freshOptions(), sqliteFile: "/nowhere/orders.sqlite" })).rejects.toThrow("open")
})

describe("options that cannot be are refused at once, all of them, with their places:", () => {
  const hash = hashApiKey(key)
  it.each<readonly [what: string, over: Readonly<Record<string, unknown>>, expected: string]>([
    [
      "an empty login and an empty password",
      { merchants: { shop: { login: "", password: "" } } },
      "options: merchants.shop.login is empty: the merchant name at Docdata; " +
      "options: merchants.shop.password is empty: the password of the merchant at Docdata"
    ],
    [
      "a login that is missing, and a password of blanks",
      { merchants: { shop: { login: undefined, password: "  " } } },
      "options: merchants.shop.login is missing: the merchant name at Docdata; " +
      "options: merchants.shop.password is not the password of the merchant at Docdata"
    ],
    [
      "a password with the line break of its file",
      { merchants: { shop: { login: "shop_login", password: "hush\n" } } },
      "options: merchants.shop.password is not the password of the merchant at Docdata"
    ],
    [
      "no account at all",
      { merchants: {} },
      "options: merchants is missing: accounts by name; options: apiKeys.shop.merchants: no account is called shop"
    ],
    [
      "an empty hash of a key",
      { apiKeys: { shop: { hash: "", scope: "operate" } } },
      "options: apiKeys.shop.hash: it is not the hash of a key; docdata keys create makes one"
    ],
    [
      "a hash of a key that is none",
      { apiKeys: { shop: { hash: "abc", scope: "operate" }, till: { hash, scope: "all" } } },
      "options: apiKeys.shop.hash: it is not the hash of a key; docdata keys create makes one; " +
      "options: apiKeys.till.scope: it is none of read, operate, admin"
    ],
    [
      "a placeholder that does not exist",
      { successUrl: "https://shop.example/thanks?order={shop_reference}" },
      "options: successUrl is not an http(s) address of the shop, " +
      "in which only {shopReference}, {orderId}, {language} stand in braces"
    ],
    [
      "a placeholder that is not closed",
      { pendingUrl: "https://shop.example/{shopReference" },
      "options: pendingUrl is not an http(s) address of the shop, " +
      "in which only {shopReference}, {orderId}, {language} stand in braces"
    ],
    [
      "a short return secret, an empty one, and a webhook secret that is none",
      { returnSecrets: ["hush"], webhookUrl: "https://shop.example/hooks", webhookSecrets: [""] },
      "options: webhookSecrets is empty: one whsec_ or whsk_ secret, or the new and the old one; " +
      "options: returnSecrets is not one secret of at least 32 characters, or the new and the old one"
    ],
    [
      "a master key that is none",
      { webhookMasterKey: "hush" },
      "options: webhookMasterKey is not whmk_ and base64 of 32 bytes, from docdata serve --new-key"
    ],
    [
      "a name that is none, and an address that is none",
      { publicOrign: "https://pay.shop.example", publicOrigin: "shop" },
      "options: publicOrign: there is no such setting; is publicOrigin meant?; " +
      "options: publicOrigin is not scheme, host and port, such as https://pay.shop.example"
    ]
  ])("%s", async (_what, over, expected) => {
    const message = await open({ ...freshOptions(), ...over }).then(
      () => "opened",
      (failure: Error) => failure.message
    )
    expect(message).toBe(expected)
    expect(message).not.toContain("hush")
  })
})

it("a mount behind a proxy says itself where requests come from", async () => {
  const sources: Array<string | undefined> = []
  const listener = nodeListener((_request, source) => {
    sources.push(source)
    return Promise.resolve(new Response("ok"))
  }, { sourceOf: ({ headers }) => String(headers["x-forwarded-for"]).split(", ").at(-1) ?? "" })
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await (await fetch(`http://127.0.0.1:${port}`, { headers: { "x-forwarded-for": "203.0.113.9, 198.51.100.7" } }))
    .text()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  expect(sources).toEqual(["198.51.100.7"])
})
