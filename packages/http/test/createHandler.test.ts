/**
 * The service for programs without Effect: one promise opens it, one closes it, and it works by itself in between.
 */
import { StoreFailure } from "@docdata/application"
import { FakeProvider, layerFakeGateway, layerMemory, layerMerchants, layerProcessWork } from "@docdata/memory"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect, it } from "vitest"
import { type ApiKey, hashApiKey } from "../src/access/ApiKeys.ts"
import { createHandler, type Mounted, type MountOptions } from "../src/serve/createHandler.ts"
import { nodeListener } from "../src/serve/nodeListener.ts"
import { layerWebhooks } from "../src/webhooks/layerWebhooks.ts"
import { account, ask, keys, request, settings } from "./support/service.ts"

const life = { opened: 0, closed: 0 }
const layerLife = Layer.effectDiscard(
  Effect.acquireRelease(
    Effect.sync(() => life.opened++),
    () => Effect.sync(() => life.closed++)
  )
)

/** The ports with a way to the provider that stands behind them. */
const shopPorts = () => {
  let provider: FakeProvider["Service"] | undefined
  const layerPeek = Layer.effectDiscard(Effect.map(FakeProvider, (found) => {
    provider = found
  }))
  const ports = Layer.mergeAll(
    Layer.provideMerge(layerWebhooks({ endpoints: [] }), layerMemory),
    layerMerchants([account("shop")]),
    Layer.provideMerge(layerPeek, layerFakeGateway()),
    layerProcessWork,
    layerLife
  )
  return { ports, act: (orderKey: string) => Effect.runPromise(provider!.act({ do: "pay", orderKey })) }
}

const options = (ports: MountOptions["ports"]): MountOptions => ({
  settings,
  keys: [{ id: "operator", hash: hashApiKey(keys.operator), merchants: ["shop"], scope: "operate" }],
  ports
})

let mounted: Mounted | undefined
afterEach(async () => {
  await mounted?.close()
  mounted = undefined
})

it("a notification is worked on without anybody else's doing", async () => {
  const { act, ports } = shopPorts()
  mounted = await createHandler(options(ports))
  const service = { handler: mounted.handler }
  const { json } = await ask(service, "POST /v1/orders", {
    key: keys.operator,
    headers: { "idempotency-key": "mounted" },
    body: request()
  })
  await act(new URL(json.menuUrl).searchParams.get("payment_cluster_key") ?? "")
  expect((await ask(service, `GET /docdata/notifications?order_id=${json.orderReference}`)).status).toBe(200)
  const status = async () => (await ask(service, `GET /v1/orders/${json.id}`, { key: keys.operator })).json.status
  await expect.poll(status, { timeout: 30_000, interval: 10 }).toBe("paid")
})

it("a key that is taken out of the list, or put into it, in place counts at once", async () => {
  const { ports } = shopPorts()
  const [operator] = options(ports).keys as ReadonlyArray<ApiKey>
  const list = [operator!]
  mounted = await createHandler({ ...options(ports), keys: () => list })
  const service = { handler: mounted.handler }
  const status = async () => (await ask(service, "GET /v1/orders", { key: keys.operator })).status
  expect(await status()).toBe(200)
  list.pop()
  expect(await status()).toBe(401)
  list.push(operator!)
  expect(await status()).toBe(200)
})

it("closing closes what was opened, and a second time does nothing", async () => {
  const before = life.closed
  const { close } = await createHandler(options(shopPorts().ports))
  expect(life.closed).toBe(before)
  await close()
  await close()
  expect(life.closed).toBe(before + 1)
})

it("settings that cannot be are refused all at once, and nothing stays open", async () => {
  const bad = { ...settings, publicOrigin: "shop", destinations: { ...settings.destinations, failed: "/failed" } }
  await expect(createHandler({ ...options(shopPorts().ports), settings: bad })).rejects.toThrow(
    "publicOrigin is not scheme, host and port of a web address; the destination failed is no absolute web address"
  )
  expect(life.closed).toBe(life.opened)
})

it("ports that do not open are told as they fail, and what had opened closes", async () => {
  const broken = Layer.effectDiscard(
    Effect.fail(new StoreFailure({ operation: "open", retryable: false, code: "EACCES" }))
  )
  await expect(createHandler(options(Layer.merge(shopPorts().ports, broken)))).rejects.toThrow("open")
  expect(life.closed).toBe(life.opened)
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
