/**
 * What Docdata and shoppers call: with good and bad inputs, once and again.
 */
import { Inbox } from "@docdata/application"
import { FakeProvider } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { notificationsOfUnknownOrders, notificationsPerOrder } from "../src/access/RateLimits.ts"
import { callbackOf, callbacks, outcomeFor } from "../src/callbacks/outcomeFor.ts"
import { act, ask, created, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const backlog = (): Promise<number> => service.run(Effect.flatMap(Inbox, (inbox) => inbox.backlog()))
const long = "x".repeat(300)

describe("notifications", () => {
  const notify = (query: string, source?: string) =>
    ask(service, `GET /docdata/notifications${query}`, source === undefined ? {} : { source })

  it("a notification is written down and then answered; a second one joins it while it waits", async () => {
    const { orderReference } = await created(service)
    const before = await backlog()
    const first = await notify(`?order_id=${orderReference}`)
    expect([first.status, first.text]).toEqual([200, "ok\n"])
    expect((await notify(`?merchant=shop&order_id=${orderReference}`)).status).toBe(200)
    expect(await backlog()).toBe(before + 1)
  })

  it("by HEAD are refused, and nothing is written down", async () => {
    const { orderReference } = await created(service)
    const before = await backlog()
    const answer = await ask(service, `HEAD /docdata/notifications?order_id=${orderReference}`)
    expect([answer.status, answer.headers.get("allow"), answer.text]).toEqual([405, "GET", ""])
    expect(await backlog()).toBe(before)
  })

  it.each([
    ["nothing", "", 400],
    ["another parameter", "?id=1", 400],
    ["an empty reference", "?order_id=", 400],
    ["a reference too long", `?order_id=${long}`, 400],
    ["two references", "?order_id=1&order_id=2", 400],
    ["a line feed", "?order_id=a%0Ab", 400],
    ["a zero byte", "?order_id=%00", 400],
    ["a broken escape", "?order_id=%E0%A4%A", 404],
    ["an unknown reference", "?order_id=nobody", 404],
    ["a quote", "?order_id='%20or%20'1'%3D'1", 404],
    ["an unknown merchant", "?merchant=nobody&order_id=nobody", 404],
    ["a merchant without order", "?merchant=shop", 400],
    ["an empty merchant", "?merchant=&order_id=nobody", 400],
    ["two merchants", "?merchant=shop&merchant=other&order_id=nobody", 400],
    ["a merchant too long", `?merchant=${long}&order_id=nobody`, 400]
  ])("%s", async (_what, query, status) => {
    expect((await notify(query)).status).toBe(status)
  })

  it("an order of another merchant is unknown", async () => {
    const { orderReference } = await created(service)
    expect((await notify(`?merchant=other&order_id=${orderReference}`)).status).toBe(404)
  })

  it("other methods are refused, with the one that is taken", async () => {
    const { headers, status } = await ask(service, "POST /docdata/notifications?order_id=1")
    expect([status, headers.get("allow")]).toEqual([405, "GET"])
  })

  it("a store that cannot write is 503 with a time to come back, and nothing is confirmed", async () => {
    const { orderReference } = await created(service)
    service.health.isBroken = true
    const answer = await notify(`?order_id=${orderReference}`)
    const ready = await ask(service, "GET /readyz")
    service.health.isBroken = false
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"])
    expect(answer.text).not.toContain("SQLITE")
    expect(ready.status).toBe(503)
    expect((await notify(`?order_id=${orderReference}`)).status).toBe(200)
  })

  it("too many of one order are told to come back, without touching others", async () => {
    const [one, other] = [await created(service), await created(service)]
    const statuses: Array<number> = []
    for (let count = 0; count < notificationsPerOrder.burst + 3; count++) {
      statuses.push((await notify(`?order_id=${one.orderReference}`)).status)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(notificationsPerOrder.burst)
    expect(statuses.slice(-3)).toEqual([429, 429, 429])
    expect(Number((await notify(`?order_id=${one.orderReference}`)).headers.get("retry-after"))).toBeGreaterThan(0)
    expect((await notify(`?order_id=${other.orderReference}`)).status).toBe(200)
  })

  it("too many notifications of unknown orders from one source are answered with 429 and touch no other source", async () => {
    const forged = await Promise.all(
      Array.from(
        { length: notificationsOfUnknownOrders.burst * 2 },
        (_, index) => notify(`?order_id=x${index}`, "203.0.113.5")
      )
    )
    expect(forged.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
    expect(forged.every(({ status }) => status === 429 || status === 404)).toBe(true)
    const { orderReference } = await created(service)
    expect((await notify(`?order_id=${orderReference}`, "203.0.113.6")).status).toBe(200)
  })
})

describe("shoppers who come back", () => {
  const back = async (orderKey: string, callback: string) => {
    const answer = await ask(service, `GET /docdata/return?callback=${callback}&order_id=${orderKey}`)
    return { status: answer.status, to: answer.headers.get("location") }
  }

  it("a paid order is a success, whatever the address claims, and after a reload too", async () => {
    const { orderKey } = await created(service)
    await act(service, { do: "pay", orderKey })
    for (const callback of ["success", "cancelled", "error", "nonsense", "", "success", "pending", "error"]) {
      const { status, to } = await back(orderKey, callback)
      expect([status, to]).toEqual([303, expect.stringMatching(/^https:\/\/shop\.example\/nl\/thanks\?order=S\d+$/)])
    }
  })

  it.each([
    ["success", "pending"],
    ["pending", "pending"],
    ["", "pending"],
    ["cancelled", "cancelled"],
    ["CANCELLED", "cancelled"],
    ["error", "failed"],
    ["https://evil.example", "pending"],
    ["//evil.example", "pending"]
  ])("nothing was paid and the address claims %s", async (callback, page) => {
    const { orderKey } = await created(service)
    expect((await back(orderKey, encodeURIComponent(callback))).to).toMatch(
      new RegExp(`^https://shop\\.example/${page}`)
    )
  })

  it("money that waits at the bank is pending; a refused attempt has failed or was cancelled, as the address says", async () => {
    const { orderKey } = await created(service)
    const paymentId = await act(service, { do: "begin", orderKey })
    expect((await back(orderKey, "success")).to).toContain("/pending")
    await act(service, { do: "fail", paymentId })
    expect((await back(orderKey, "error")).to).toContain("/failed")
  })

  it("Docdata down is pending, never an error, and claims are not believed", async () => {
    const { orderKey } = await created(service)
    await service.run(Effect.flatMap(FakeProvider, (provider) =>
      provider.plan({
        times: 10,
        executed: false,
        reason: { _tag: "TransportFailure", obstacle: "connect-refused", sent: "not-sent", retryable: true }
      })))
    const answers = [await back(orderKey, "success"), await back(orderKey, "cancelled"), await back(orderKey, "error")]
    await service.run(Effect.flatMap(FakeProvider, ({ mend }) => mend))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(answers.every(({ to }) => to?.startsWith("https://shop.example/pending"))).toBe(true)
  })

  it("a Docdata that does not answer is pending before the shopper loses patience", async () => {
    const { orderKey } = await created(service)
    const reason = { _tag: "TransportFailure", obstacle: "deadline", sent: "unknown", retryable: true } as const
    await service.run(
      Effect.flatMap(FakeProvider, (provider) => provider.plan({ executed: false, afterMs: 60_000, reason }))
    )
    const startedMs = performance.now()
    expect((await back(orderKey, "success")).to).toContain("/pending")
    expect(performance.now() - startedMs).toBeLessThan(30_000)
  })

  it("reloading again and again asks Docdata no more than the limit says", async () => {
    const { orderKey } = await created(service)
    const calls = () => service.run(Effect.flatMap(FakeProvider, (provider) => provider.calls))
    const before = (await calls()).length
    for (let reload = 0; reload < 20; reload++) await back(orderKey, "success")
    expect((await calls()).length - before).toBeLessThanOrEqual(4)
  })

  it.each([
    ["nothing", "", 400],
    ["no key", "?callback=success", 400],
    ["an empty key", "?order_id=", 400],
    ["two keys", "?order_id=A&order_id=B", 400],
    ["a key too long", `?order_id=${long}`, 400],
    ["an unknown key", `?order_id=${"K".repeat(32)}`, 404],
    ["another merchant", `?merchant=other&order_id=${"K".repeat(32)}`, 404],
    ["two merchants", `?merchant=shop&merchant=other&order_id=${"K".repeat(32)}`, 400],
    ["an address to go to", "?order_id=K&redirect=https://evil.example&url=//evil.example", 404]
  ])("%s", async (_what, query, status) => {
    const answer = await ask(service, `GET /docdata/return${query}`)
    expect([answer.status, answer.headers.get("location")]).toEqual([status, null])
  })
})

describe("what a shopper is told", () => {
  const state = { key: "K", status: "new", fulfilment: "wait", createdAtMs: 0, currency: "EUR" } as const

  it("money that came after the order was closed is paid too late, whatever else is true", () => {
    for (const callback of callbacks) {
      const late = { ...state, status: "paid", hold: "paid-after-close" } as const
      expect(outcomeFor({ state: late }, callback)).toBe("paidTooLate")
    }
  })

  it("an approved card whose money is taken tomorrow is a success", () => {
    expect(outcomeFor({ state: { ...state, status: "pending", fulfilment: "ship" } }, "error")).toBe("success")
    expect(outcomeFor({ state: { ...state, status: "pending" } }, "success")).toBe("pending")
  })

  it("success is only ever said of what is paid or may be shipped", () => {
    for (
      const status of ["new", "in_progress", "cancelled", "expired", "refunded", "charged_back", "unknown"] as const
    ) {
      for (const callback of callbacks) {
        expect(outcomeFor({ state: { ...state, status } }, callback)).not.toBe("success")
      }
    }
  })

  it("a shopper who cancelled one payment and comes back from another one waits, unless the shop closed the order", () => {
    const pagesFor = (callback: (typeof callbacks)[number]) => [
      outcomeFor({ state: { ...state, status: "cancelled" } }, callback),
      outcomeFor({ state: { ...state, status: "cancelled", closedBy: "shop" } }, callback)
    ]
    expect(pagesFor("success")).toEqual(["pending", "cancelled"])
    expect(pagesFor("pending")).toEqual(["pending", "cancelled"])
    // A payment that was started without the menu has one address: it was this one that the shopper cancelled.
    expect(pagesFor("started")).toEqual(["cancelled", "cancelled"])
    expect(pagesFor("cancelled")).toEqual(["cancelled", "cancelled"])
    expect(pagesFor("none")).toEqual(["cancelled", "cancelled"])
    expect(pagesFor("error")).toEqual(["failed", "failed"])
  })

  it("a hint is one of six words", () => {
    expect(callbackOf("<script>")).toBe("none")
    expect(callbackOf(null)).toBe("none")
    expect(callbackOf("Success")).toBe("success")
  })
})
