/**
 * What one notification costs the database, from Docdata's request to the last webhook, on the service as it is composed.
 */
import { hashApiKey, makeApiKey, makeWebhookSecret } from "@docdata/http"
import { startSimulator } from "@docdata/simulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { StatementSync } from "node:sqlite"
import { dirname, join } from "node:path"
import { afterEach, expect, it, vi } from "vitest"
import { openService } from "../src/openService.ts"
import { readOptions } from "../src/Options.ts"
import { fileWith, neededSettings } from "./support/settings.ts"

const key = makeApiKey()
const endpointCount = 4

/** Measured: 294 with 24 deliveries, BEGIN and COMMIT among them. */
const statementsMax = 300
const ends: Array<() => Promise<unknown> | void> = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** Every statement that is run from now on, in its order. */
const recordedStatements = (): Array<string> => {
  const sql: Array<string> = []
  const all: unknown = Reflect.get(StatementSync.prototype, "all")
  const spy = vi.spyOn(StatementSync.prototype, "all").mockImplementation(function(this: StatementSync, ...params) {
    sql.push(this.sourceSQL)
    return Reflect.apply(all as () => ReturnType<StatementSync["all"]>, this, params)
  })
  ends.push(() => {
    spy.mockRestore()
  })
  return sql
}

/** The texts between each BEGIN and its COMMIT that change something. */
const writeTransactions = (sql: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const transactions: Array<Array<string>> = []
  for (const text of sql) {
    if (text === "BEGIN IMMEDIATE") transactions.push([])
    else if (text !== "COMMIT" && !text.startsWith("SELECT")) transactions.at(-1)!.push(text)
  }
  return transactions
}

const isCommit = (text: string): boolean => /^UPDATE docdata_orders\s+SET revision/.test(text)

/** Statements that read the state of an order. */
const orderReads = (sql: ReadonlyArray<string>): number =>
  sql.filter((text) => text.startsWith("SELECT") && /o\.state AS state/.test(text)).length

const receivers = async (onMessage: () => void) => {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.end()
      onMessage()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
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

it("a notification with four webhook endpoints takes four write transactions and one for each delivery", async () => {
  const simulator = await startSimulator({
    clock: "wall",
    merchants: [{ name: "shop_login", password: "very-hush-hush" }]
  })
  ends.push(() => simulator.close())
  let messages = 0
  const url = await receivers(() => messages++)
  const plan = await Effect.runPromise(readOptions({
    ...neededSettings,
    sqliteFile: join(dirname(fileWith("")), "orders.sqlite"),
    apiKeys: { shop: { hash: hashApiKey(key), scope: "operate", merchants: ["shop"] } },
    testEndpoint: simulator.url,
    testMenu: simulator.menuUrl
  }))
  const endpoints = Array.from({ length: endpointCount }, (_, index) => ({
    name: `receiver-${index}`,
    url: `${url}/${index}`,
    secrets: [makeWebhookSecret()]
  }))
  const scope = Scope.makeUnsafe()
  ends.push(() => Effect.runPromise(Scope.close(scope, Exit.void)))
  const { handler, backlog } = await Effect.runPromise(
    Effect.provideService(
      openService({ ...plan, webhooks: { endpoints, allowLoopback: true } }),
      Scope.Scope,
      scope
    )
  )
  const ask = async (line: string, body?: unknown) => {
    const [method = "GET", path = "/"] = line.split(" ")
    const headers = {
      authorization: `Bearer ${Redacted.value(key)}`,
      "content-type": "application/json",
      "idempotency-key": "web-1"
    }
    const response = await handler(
      new Request(`http://service${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
    )
    const text = await response.text()
    return { status: response.status, json: text.startsWith("{") ? JSON.parse(text) : undefined }
  }
  const { json } = await ask("POST /v1/orders", order)
  const orderKey = new URL(json.menuUrl).searchParams.get("payment_cluster_key") ?? ""
  await simulator.act({ do: "pay", orderKey, method: "IDEAL" })
  await expect.poll(() => Effect.runPromise(backlog), { timeout: 30_000, interval: 20 }).toBe(0)
  const before = messages
  const sql = recordedStatements()

  expect((await ask(`GET /docdata/notifications?order_id=${json.orderReference}`)).status).toBe(200)
  await expect.poll(() => sql.filter(isCommit).length, { timeout: 30_000, interval: 5 }).toBe(1)
  // The relay notes a delivery after the receiver answered; what is open is asked last, and its statements left out.
  await expect.poll(() => Effect.runPromise(backlog), { timeout: 30_000, interval: 20 }).toBe(0)
  const deliveries = messages - before
  const counted = sql.filter((text) => !text.includes("COUNT(*) AS open"))
  const transactions = writeTransactions(counted)
  // Of one payment: the notification, the payment, status and goods of the order, and both of the shop's order.
  expect(deliveries).toBe(6 * endpointCount)
  expect(orderReads(counted.slice(0, counted.findIndex(isCommit)))).toBeLessThanOrEqual(2)
  expect(transactions.length).toBeLessThanOrEqual(4 + deliveries)
  expect(counted.length).toBeLessThanOrEqual(statementsMax)
}, 60_000)
