/**
 * Floods and nonsense: many requests of one kind, and requests that nobody would write.
 */
import { OrderStore, WorkCapacity, workInbox } from "@docdata/application"
import { FakeProvider } from "@docdata/memory"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ask, created, keys, manyKeys, request, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const statusCalls = async (): Promise<number> => {
  const calls = await service.run(Effect.flatMap(FakeProvider, (provider) => provider.calls))
  return calls.filter(({ operation }) => operation === "status").length
}

describe("ten thousand notifications of one order", () => {
  it("cause at most two status calls", async () => {
    const { orderReference } = await created(service)
    const before = await statusCalls()
    const startedMs = performance.now()
    const round = () => service.run(Effect.provide(workInbox(), WorkCapacity.layer))
    const statuses = new Map<number, number>()
    for (let batch = 0; batch < 20; batch++) {
      const answers = await Promise.all(
        Array.from({ length: 500 }, () => ask(service, `GET /docdata/notifications?order_id=${orderReference}`))
      )
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
      await round()
    }
    expect([...statuses.keys()].every((status) => status === 200 || status === 429)).toBe(true)
    // One refresh at once, and one more for what came meanwhile with each second that this machine took.
    const seconds = Math.ceil((performance.now() - startedMs) / 1_000)
    expect(await statusCalls() - before).toBeLessThanOrEqual(1 + seconds)
  })
})

describe("nonsense", () => {
  const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")
  const segment = fc.oneof(
    fc.constantFrom("v1", "orders", "docdata", "notifications", "return", "refunds", "cancel", "..", "", "%00", "%2f"),
    fc.string({ maxLength: 20 }).map(encodeURIComponent),
    fc.constantFrom("{order}")
  )
  const query = fc.array(
    fc.tuple(fc.constantFrom("order_id", "merchant", "callback", "x"), fc.string({ maxLength: 30 })),
    { maxLength: 3 }
  ).map((pairs) => new URLSearchParams(pairs).toString())
  const known = fc.constantFrom(
    "POST /v1/orders",
    "GET /v1/orders/{order}",
    "POST /v1/orders/{order}/refunds",
    "POST /v1/orders/{order}/captures",
    "POST /v1/orders/{order}/cancel",
    "POST /v1/orders/{order}/refresh",
    "GET /docdata/notifications?order_id=",
    "GET /docdata/return?order_id="
  )
  const random = fc.tuple(method, fc.array(segment, { maxLength: 6 }), query)
    .map(([verb, segments, text]) => `${verb} /${segments.join("/")}?${text}`)
  const body = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ maxLength: 200 }),
    fc.constant(undefined),
    mutatedRequest()
  )
  const headers = fc.record({
    "content-type": fc.constantFrom(
      "application/json",
      "text/plain",
      "application/x-www-form-urlencoded",
      "nonsense",
      ""
    ),
    "idempotency-key": fc.string({ maxLength: 300 }).map(encodeURIComponent)
  }, { requiredKeys: [] })

  it("1,000 requests that nobody would write never end in a fault of ours", async () => {
    const order = await created(service)
    let count = 0
    const run = async (line: string, sent: string | undefined, more: Readonly<Record<string, string>>) => {
      const at = line.replaceAll("{order}", order.id)
      const takesBody = !/^(GET|HEAD) /.test(at)
      const answer = await ask(service, at, {
        key: manyKeys[count++ % manyKeys.length]!,
        headers: more,
        ...(takesBody && sent !== undefined ? { body: sent } : {})
      })
      expect(answer.status, `${at} ${sent}`).toBeLessThan(500)
      if (at.includes("/v1/")) expect(answer.status).not.toBe(429)
      if (at.includes(" /v1/") && answer.status >= 400) expect(answer.json, at).toHaveProperty("code")
    }
    await fc.assert(
      fc.asyncProperty(fc.oneof(known, random), body, headers, (line, sent, more) => run(line, sent, more)),
      { numRuns: 1_000, seed: 20_260_105 }
    )
  })

  it("a fault of ours is a problem without details, and is told to the log", async () => {
    const broken = await startService({
      order: OrderStore.of({
        ...await service.run(Effect.map(OrderStore, (store) => store)),
        read: () => Effect.die(new Error("secret detail"))
      })
    })
    const answer = await ask(broken, "GET /v1/orders/ord_X", { key: keys.all })
    const notified = await ask(broken, "GET /docdata/notifications?order_id=X")
    await broken.close()
    expect([answer.status, answer.json.code]).toEqual([500, "internal"])
    expect(notified.status).toBe(500)
    expect(`${answer.text}${notified.text}`).not.toContain("secret detail")
    expect(broken.logged.join("\n")).toContain("secret detail")
  })
})

/** What a shop would send, with one part replaced by anything. */
function mutatedRequest(): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom("merchant", "shopReference", "order"), fc.jsonValue({ maxDepth: 2 }))
    .map(([field, value]) => JSON.stringify({ ...request(), [field]: value }))
}
