/**
 * What the service says of a decision after the policy changed: two services, one after the other, on one database.
 */
import { hashApiKey, makeApiKey } from "@docdata/http"
import { startSimulator } from "@docdata/simulator"
import * as Redacted from "effect/Redacted"
import { dirname, join } from "node:path"
import { afterEach, expect, it } from "vitest"
import { open, type Opened } from "../src/index.ts"
import { fileWith, neededSettings } from "./support/settings.ts"

const key = makeApiKey()
const ends: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

interface Answer {
  readonly id: string
  readonly menuUrl: string
  readonly alternatives: ReadonlyArray<unknown>
}

const ask = async ({ handler }: Opened, line: string, body?: unknown): Promise<Answer> => {
  const [method = "GET", path = "/"] = line.split(" ")
  const headers = {
    authorization: `Bearer ${Redacted.value(key)}`,
    "content-type": "application/json",
    "idempotency-key": "web-1"
  }
  const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  return (await (await handler(new Request(`http://service${path}`, request))).json()) as Answer
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

it("after a change of policy the explanation still says pending, with the policy that decided so", async () => {
  const simulator = await startSimulator({
    clock: "wall",
    merchants: [{ name: "shop_login", password: "very-hush-hush" }]
  })
  ends.push(() => simulator.close())
  const sqliteFile = join(dirname(fileWith("")), "orders.sqlite")
  const openedWith = async (paidWhen: string): Promise<Opened> => {
    const service = await open({
      ...neededSettings,
      sqliteFile,
      merchants: { shop: { ...neededSettings.merchants.shop, paidWhen } },
      apiKeys: { shop: { hash: hashApiKey(key), scope: "admin", merchants: ["shop"] } },
      testEndpoint: simulator.url,
      testMenu: simulator.menuUrl
    })
    ends.push(service.close)
    return service
  }
  const before = await openedWith("captured")
  const { id, menuUrl } = await ask(before, "POST /v1/orders", order)
  const orderKey = new URL(menuUrl).searchParams.get("payment_cluster_key") ?? ""
  await simulator.act({ do: "pay", orderKey, method: "VISA" })
  await ask(before, `POST /v1/orders/${id}/refresh`)
  const explained = await ask(before, `GET /v1/orders/${id}/explanation`)
  expect(explained).toMatchObject({ status: "pending", policy: { rules: "strict", paidWhen: { default: "captured" } } })
  expect(explained.alternatives).toContainEqual(
    expect.objectContaining({
      rule: "paid-in-full",
      outcome: "paid",
      missing: [expect.objectContaining({ by: { minor: 4990, currency: "EUR" } })]
    })
  )
  await before.close()

  const after = await openedWith("approved")
  expect(await ask(after, `GET /v1/orders/${id}/explanation`)).toEqual(explained)
  expect(await ask(after, `GET /v1/orders/${id}/replay`)).toMatchObject({
    before: { status: "pending" },
    after: { status: "paid" }
  })
}, 60_000)
