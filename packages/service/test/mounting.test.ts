/**
 * The recipes of the page about mounting, as they stand there: each in its framework, all on one service that talks to
 * an offline Docdata.
 */
import { hashApiKey, makeApiKey, nodeListener } from "@docdata/http"
import { startSimulator } from "@docdata/simulator"
import express from "express"
import * as Redacted from "effect/Redacted"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"

const provider = { name: "lantern_shop", password: "not-so-secret" }
const key = makeApiKey()
const folder = mkdtempSync(join(tmpdir(), "docdata-mounting-"))
const simulator = await startSimulator({ clock: "wall", merchants: [provider] })
Object.assign(process.env, {
  API_KEY_HASH: hashApiKey(key),
  DOCDATA_LOGIN: provider.name,
  DOCDATA_PASSWORD: provider.password,
  DOCDATA_URL: simulator.url,
  ORDERS_FILE: join(folder, "orders.sqlite")
})

const { docdata } = await import("../examples/docdata.ts")
const servers: Array<Server> = []

const opened = async (server: Server): Promise<string> => {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const behind = (listener: RequestListener): Promise<string> => opened(createServer(listener))

afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await docdata.close()
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

type Call = (path: string, init?: RequestInit) => Promise<Response>

const over = (origin: string): Call => (path, init) => fetch(`${origin}${path}`, { redirect: "manual", ...init })

const mounts: ReadonlyArray<readonly [name: string, file: string, open: () => Promise<Call>]> = [
  ["node:http", "mountNode", async () => over(await opened((await import("../examples/mountNode.ts")).server))],
  ["Express", "mountExpress", async () => {
    const { app } = await import("../examples/mountExpress.ts")
    app.use(express.json())
    app.get("/own", (_request, response) => {
      response.send("ours")
    })
    return over(await behind(app))
  }],
  ["Fastify", "mountFastify", async () => {
    const { app } = await import("../examples/mountFastify.ts")
    app.get("/own", async () => "ours")
    await app.ready()
    servers.push(app.server)
    return over(await app.listen({ port: 0, host: "127.0.0.1" }))
  }],
  ["Hono", "mountHono", async () => {
    const { app } = await import("../examples/mountHono.ts")
    app.get("/own", ({ text }) => text("ours"))
    return over(await behind(nodeListener(async (request) => app.fetch(request))))
  }],
  ["Next", "mountNext", async () => {
    const route = await import("../examples/mountNext.ts")
    return async (path, init) => {
      const request = new Request(`https://shop.example${path}`, init)
      const method = request.method as keyof typeof route
      return route[method](request)
    }
  }]
]

const page = readFileSync(new URL("../../../docs/reference/mounting.md", import.meta.url), "utf8")
const blocks = [...page.matchAll(/(?<=```ts\n)[\s\S]*?(?=```)/g)].map(([block]) => block)
const codeOf = (file: string): string =>
  readFileSync(new URL(`../examples/${file}.ts`, import.meta.url), "utf8").replace(/^\/\*\*[\s\S]*?\*\/\n/, "")

const description = {
  buyer: {
    _tag: "Shopper",
    id: "c-1",
    name: { first: "Nobody", last: "Ångström-漢字" },
    email: "nobody@shop.example",
    language: "nl",
    gender: "undefined"
  },
  total: { minor: 4990, currency: "EUR" },
  billTo: {
    name: { first: "Nobody", last: "Ångström" },
    address: { street: "Kade", city: "Zwolle", country: "NL", houseNumber: "1", postalCode: "8011AA" }
  }
}

const create = (call: Call, shopReference: string, body: string): Promise<Response> =>
  call("/v1/orders", {
    method: "POST",
    headers: {
      authorization: `Bearer ${Redacted.value(key)}`,
      "content-type": "application/json",
      "idempotency-key": shopReference
    },
    body
  })

it("the page shows the file that puts the service together", () => {
  expect(blocks).toContain(codeOf("docdata"))
})

describe.each(mounts)("in %s", (name, file, open) => {
  it("the page shows the recipe that runs here, at most five lines beside its imports", () => {
    expect(blocks).toContain(codeOf(file))
    const lines = codeOf(file).split("\n").filter((line) => line !== "" && !line.startsWith("import "))
    expect(lines.length).toBeLessThanOrEqual(5)
  })

  it("bodies arrive as they were sent, and every answer is the service's own", async () => {
    const call = await open()
    const made = await create(call, `web-${name}`, JSON.stringify({ shopReference: `web-${name}`, order: description }))
    const order = await made.json() as { readonly id: string; readonly menuUrl: string }
    expect([made.status, order]).toEqual([
      201,
      expect.objectContaining({ shopReference: `web-${name}`, status: "new" })
    ])
    expect(made.headers.get("x-content-type-options")).toBe("nosniff")

    const broken = await create(call, "broken", "{\"shopReference\":")
    expect([broken.status, broken.headers.get("content-type")]).toEqual([400, "application/problem+json"])
    const large = await create(call, "large", JSON.stringify({ note: "x".repeat(600_000) }))
    expect([large.status, (await large.json() as { readonly code: string }).code]).toEqual([413, "body-too-large"])

    const notified = await call("/docdata/notifications?order_id=nobody")
    expect([notified.status, await notified.text()]).toEqual([404, "no such order\n"])
    const orderKey = new URL(order.menuUrl).searchParams.get("payment_cluster_key")
    const back = await call(`/docdata/return?callback=cancelled&order_id=${orderKey}`)
    expect([back.status, back.headers.get("location")]).toEqual([
      303,
      `https://shop.example/cancelled?order=web-${encodeURIComponent(name)}`
    ])

    // What a framework has of its own goes on as before.
    const frameworks = ["Express", "Fastify", "Hono"]
    if (frameworks.includes(name)) expect(await (await call("/own")).text()).toBe("ours")
  })
})

it("a parser of bodies before the mount is told at once, not waited for", async () => {
  const app = express()
  app.use(express.json())
  app.all(/^\/v1\//, nodeListener(docdata.handler))
  app.use((error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    response.status(500).send(error.message)
  })
  const answer = await create(over(await behind(app)), "parsed", JSON.stringify({ shopReference: "parsed" }))
  expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining("before any parser of bodies")])
})
