/**
 * What the service says about itself: metrics of requests, and spans, without anything of the orders in them.
 */
import { spawnSync } from "node:child_process"
import * as Redacted from "effect/Redacted"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { act, ask, created, keys, type Service, startService } from "./support/service.ts"

let service: Service
const spans = () => service.spans

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const metrics = async (): Promise<string> => (await ask(service, "GET /metrics", { key: keys.all })).text

/** The value of the one series whose name and labels, in any order, are these. */
const valueOf = (text: string, name: string, labels: Readonly<Record<string, string>>): number | undefined => {
  const lines = text.split("\n").filter((line) =>
    line.startsWith(`${name}{`) && Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`))
  )
  expect(lines.length).toBeLessThanOrEqual(1)
  return lines[0] === undefined ? undefined : Number(lines[0].split(" ").at(-1))
}

describe("GET /metrics", () => {
  it("is for keys of all merchants only", async () => {
    const statuses = await Promise.all([
      ask(service, "GET /metrics"),
      ask(service, "GET /metrics", { headers: { authorization: "Basic x" } }),
      ask(service, "GET /metrics", { headers: { authorization: "Bearer nobody" } }),
      ask(service, "GET /metrics", { key: keys.operator }),
      ask(service, "GET /metrics", { key: keys.all })
    ])
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 403, 200])
    expect(statuses[0]?.headers.get("www-authenticate")).toBe("Bearer")
    expect(statuses[4]?.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8")
  })

  it("counts requests by method, route and status, and never by what they are about", async () => {
    const { id, orderKey, orderReference } = await created(service)
    const before = await metrics()
    const route = { "http_request_method": "GET", "http_route": "/v1/orders/:orderId" }
    const name = "http_server_request_duration_seconds_count"
    const known = { ...route, "http_response_status_code": "200" }
    const unknown = { ...route, "http_response_status_code": "404" }
    for (let turn = 0; turn < 3; turn++) await ask(service, `GET /v1/orders/${id}`, { key: keys.operator })
    await ask(service, `GET /v1/orders/ord_NOBODY`, { key: keys.operator })
    const after = await metrics()
    expect((valueOf(after, name, known) ?? 0) - (valueOf(before, name, known) ?? 0)).toBe(3)
    expect((valueOf(after, name, unknown) ?? 0) - (valueOf(before, name, unknown) ?? 0)).toBe(1)
    for (const secret of [id, orderKey, orderReference, "NOBODY", "Secretname"]) expect(after).not.toContain(secret)
  })

  it("counts notifications by what became of them, and no merchant that anybody invents", async () => {
    const { orderKey, orderReference } = await created(service)
    await act(service, { orderKey, do: "pay", method: "IDEAL" })
    const before = await metrics()
    const count = (text: string, labels: Readonly<Record<string, string>>): number =>
      valueOf(text, "docdata_notifications_total", labels) ?? 0
    for (
      const path of [`order_id=${orderReference}`, "order_id=nobody", `merchant=invented&order_id=${orderReference}`]
    ) {
      await ask(service, `GET /docdata/notifications?${path}`)
    }
    service.health.isBroken = true
    await ask(service, `GET /docdata/notifications?order_id=${orderReference}`)
    service.health.isBroken = false
    const after = await metrics()
    const received = { outcome: "received", merchant: "shop" }
    expect(count(after, received) - count(before, received)).toBe(1)
    expect(count(after, { outcome: "unknown-order" }) - count(before, { outcome: "unknown-order" })).toBe(2)
    expect(count(after, { outcome: "not-durable" }) - count(before, { outcome: "not-durable" })).toBe(1)
    expect(after).not.toContain("invented")
  })

  it("is taken by Prometheus' own tool", async () => {
    const { id } = await created(service)
    await ask(service, `GET /v1/orders/${id}`, { key: keys.operator })
    const { error, status, stderr, stdout } = spawnSync("promtool", ["check", "metrics"], { input: await metrics() })
    if (error !== undefined && process.env["CI"] !== "true") {
      console.warn("promtool is missing: Debian's package prometheus brings it")
      return
    }
    expect({ status, said: `${String(stdout)}${String(stderr)}` }).toEqual({ status: 0, said: "" })
  })
})

describe("the span of a request", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  it("is named after the route, and joins the trace of a caller of the REST API", async () => {
    const { id } = await created(service)
    await ask(service, `GET /v1/orders/${id}`, { key: keys.operator, headers: { traceparent } })
    const span = spans().findLast(({ name }) => name === "GET /v1/orders/:orderId")
    expect(span?.traceId).toBe("0af7651916cd43dd8448eb211c80319c")
    expect(Object.fromEntries(span?.attributes ?? [])).toEqual({
      "http.request.method": "GET",
      "http.route": "/v1/orders/:orderId",
      "http.response.status_code": "200"
    })
  })

  it.each([
    ["without a key", {}],
    ["with a key that nobody knows", { key: Redacted.make("dk_nobody") }]
  ])("joins nobody's trace %s", async (_what, asked) => {
    const traceId = "1".repeat(32)
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
    const answer = await ask(service, "GET /v1/orders/ord_NOBODY", { ...asked, headers })
    expect(answer.status).toBe(401)
    expect(spans().at(-1)?.name).toBe("GET /v1/orders/:orderId")
    expect(spans().map((span) => span.traceId)).not.toContain(traceId)
  })

  it("of an open route joins nobody's, and says nothing of the address", async () => {
    const { orderKey, orderReference } = await created(service)
    await ask(service, `GET /docdata/notifications?order_id=${orderReference}`, { headers: { traceparent } })
    await ask(service, `GET /docdata/return?order_id=${orderKey}&callback=success`, { headers: { traceparent } })
    for (const route of ["/docdata/notifications", "/docdata/return"]) {
      const span = spans().findLast(({ name }) => name === `GET ${route}`)
      expect(span?.attributes.get("http.route")).toBe(route)
      expect(span?.traceId).not.toBe("0af7651916cd43dd8448eb211c80319c")
    }
    const written = JSON.stringify(spans().map(({ attributes, name }) => [name, ...attributes]))
    for (const secret of [orderKey, orderReference, "Secretname", "hush-hush"]) expect(written).not.toContain(secret)
  })
})
