/**
 * Floods at the notification address, over connections of their own, while Docdata notifies of orders that exist.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { notificationsOfUnknownOrders } from "../src/access/RateLimits.ts"
import { listen, type ListenOptions } from "../src/serve/listen.ts"
import { created, type Service, startService } from "./support/service.ts"

let service: Service
let scope = Scope.makeUnsafe()
beforeEach(async () => {
  scope = Scope.makeUnsafe()
  service = await startService()
})
afterEach(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await service.close()
})

const opened = (options: Omit<ListenOptions, "port"> = {}): Promise<string> =>
  Effect.runPromise(Effect.provideService(listen(service.handler, { ...options, port: 0 }), Scope.Scope, scope))

/** As many at once as a machine sends without running out of connections. */
const atOnce = 50

const statusesOf = async (count: number, ask: (index: number) => Promise<Response>): Promise<ReadonlyArray<number>> => {
  const statuses: Array<number> = []
  for (let first = 0; first < count; first += atOnce) {
    const answers = await Promise.all(
      Array.from({ length: Math.min(atOnce, count - first) }, (_, index) => ask(first + index))
    )
    for (const answer of answers) {
      await answer.arrayBuffer()
      statuses.push(answer.status)
    }
  }
  return statuses
}

const notify = (origin: string, reference: string, forwardedFor?: string): Promise<Response> =>
  fetch(`${origin}/docdata/notifications?order_id=${reference}`, {
    headers: forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor }
  })

const floodLength = notificationsOfUnknownOrders.burst * 3
const orderCount = 30
const countOf = (statuses: ReadonlyArray<number>, status: number): number =>
  statuses.filter((one) => one === status).length

const notifyOfOrders = async (origin: string, forwardedFor?: string): Promise<ReadonlyArray<number>> => {
  const orders = await Promise.all(Array.from({ length: orderCount }, () => created(service)))
  return statusesOf(orderCount, (index) => notify(origin, orders[index]!.orderReference, forwardedFor))
}

describe("a flood of notifications of unknown orders", () => {
  it("from the address that Docdata's notifications come from leaves every notification of a known order accepted", async () => {
    const origin = await opened()
    const flood = await statusesOf(floodLength, (index) => notify(origin, `forged-${index}`))
    expect(countOf(flood, 429)).toBeGreaterThan(0)
    expect(countOf(await notifyOfOrders(origin), 200)).toBe(orderCount)
  })

  it("through a trusted proxy is counted for the client that the proxy names", async () => {
    const origin = await opened({ trustedProxies: ["127.0.0.0/8", "10.1.2.3"] })
    const flood = await statusesOf(floodLength, (index) => notify(origin, `forged-${index}`, "203.0.113.5, 10.1.2.3"))
    expect(countOf(flood, 429)).toBeGreaterThan(0)
    const others = await statusesOf(orderCount, (index) => notify(origin, `unknown-${index}`, "203.0.113.6"))
    expect(countOf(others, 404)).toBe(orderCount)
  })

  it("that invents a forwarded address for each request is one source to a trusted proxy and without one", async () => {
    for (const options of [{}, { trustedProxies: ["127.0.0.1"] }]) {
      const origin = await opened(options)
      // A proxy appends the address that it saw to whatever a client sent.
      const flood = await statusesOf(
        floodLength,
        (index) => notify(origin, `forged-${index}`, `198.18.${index >> 8}.${index & 255}, 203.0.113.7`)
      )
      expect(countOf(flood, 429)).toBeGreaterThan(0)
    }
  })

  it("from many addresses of one IPv6 network of 64 bits is one source", async () => {
    const origin = await opened({ trustedProxies: ["127.0.0.1"] })
    const flood = await statusesOf(
      floodLength,
      (index) => notify(origin, `forged-${index}`, `2001:db8:1:2:${index.toString(16)}::${index.toString(16)}`)
    )
    expect(countOf(flood, 429)).toBeGreaterThan(0)
    expect((await notify(origin, "unknown", "2001:db8:1:3::1")).status).toBe(404)
  })
})
