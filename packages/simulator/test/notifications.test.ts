import { describe, expect, it } from "vitest"
import { notificationAttemptsMax } from "../src/limits.ts"
import type { NotificationFault } from "../src/notifications/Notification.ts"
import type { Simulator } from "../src/Simulator.ts"
import type { Shop } from "./stage/withSimulator.ts"
import { createdOrder, days, hours, paid, withShop, withSimulator } from "./stage/withSimulator.ts"

const withBoth = (use: (simulator: Simulator, shop: Shop) => Promise<void>): Promise<void> =>
  withShop((shop) =>
    withSimulator((simulator) => use(simulator, shop), {
      merchants: [{ name: "demo_shop", password: "demo-password", updateUrl: shop.updateUrl }]
    })
  )

const second = 1_000

describe("notifications", () => {
  it("tell the reference of the order after every change of a payment, and nothing else", () =>
    withBoth(async (simulator, shop) => {
      const key = await createdOrder(simulator, { reference: "A 1/&amp;" })
      await simulator.advance(hours(1))
      expect(shop.received).toEqual([])
      const id = await paid(simulator, key, "VISA")
      await simulator.advance(days(2))
      await simulator.act({ do: "file-refund", paymentId: id })
      await simulator.advance(days(2))
      // Redirected, authorised, capture started, captured; refund filed, started, done.
      expect(shop.received).toEqual(Array.from({ length: 7 }, () => "A 1/&"))
    }))

  it("wait for the clock", () =>
    withBoth(async (simulator, shop) => {
      await paid(simulator, await createdOrder(simulator), "IDEAL")
      await simulator.advance(second)
      expect(shop.received.length).toBe(0)
      await simulator.advance(2 * second)
      expect(shop.received.length).toBe(2)
    }))

  it.each(["drop", 404, 500, 302, 204] as const)(
    "are repeated until the answer is 200: %s",
    (answer) =>
      withBoth(async (simulator, shop) => {
        const key = await createdOrder(simulator)
        await simulator.act({ do: "notify", orderKey: key })
        shop.answers.push(answer, answer)
        await simulator.advance(days(2))
        expect(
          simulator.notifications().map((
            { attempt, outcome }
          ) => [attempt, outcome.kind === "answered" ? outcome.status : outcome.kind])
        ).toEqual([
          [1, answer === "drop" ? "undelivered" : answer],
          [2, answer === "drop" ? "undelivered" : answer],
          [3, 200]
        ])
      })
  )

  it("are given up after ten attempts", () =>
    withBoth(async (simulator, shop) => {
      const key = await createdOrder(simulator)
      await simulator.act({ do: "notify", orderKey: key })
      shop.answers.push(...Array.from({ length: 20 }, () => 500 as const))
      await simulator.advance(days(10))
      expect(shop.received.length).toBe(notificationAttemptsMax)
      expect(simulator.history(key).at(-1)?.what).toBe("notification 1 given up after 10 attempts")
      expect(simulator.waiting()).toEqual([])
    }))

  it("are repeated when nobody listens", () =>
    withSimulator(async (simulator) => {
      await simulator.act({ do: "notify", orderKey: await createdOrder(simulator) })
      await simulator.advance(days(10))
      expect(simulator.notifications().map(({ outcome }) => outcome.kind)).toEqual(
        Array.from({ length: 10 }, () => "undelivered")
      )
    }, { merchants: [{ name: "demo_shop", password: "demo-password", updateUrl: "http://127.0.0.1:9/?id=" }] }))

  it("do not hold up a close", () =>
    withShop(async (shop) => {
      const merchants = [{ name: "demo_shop", password: "demo-password", updateUrl: shop.updateUrl }]
      shop.answers.push("hang")
      const advancing: Array<Promise<void>> = []
      await withSimulator(async (simulator) => {
        await simulator.act({ do: "notify", orderKey: await createdOrder(simulator) })
        advancing.push(simulator.advance(hours(1)))
        await expect.poll(() => shop.received.length).toBe(1)
      }, { merchants })
      await Promise.all(advancing)
    }))

  const faultTable: ReadonlyArray<readonly [NotificationFault, received: string, seconds: string]> = [
    [{ kind: "lost" }, "b", "2"],
    [{ kind: "duplicate", copies: 3, gapMs: 10 * second }, "a b a a", "2 2 12 22"],
    [{ kind: "concurrent", copies: 4 }, "a a a a b", "2 2 2 2 4"],
    [{ kind: "delayed", byMs: 60 * second }, "b a", "2 62"],
    [{ kind: "reordered" }, "b a", "2 2.001"]
  ]

  it.each(faultTable)("meet a fault: %j", (fault, received, seconds) =>
    withBoth(async (simulator, shop) => {
      const first = await createdOrder(simulator, { reference: "a" })
      const next = await createdOrder(simulator, { reference: "b" })
      const startMs = simulator.nowMs()
      simulator.planNotificationFaults([fault])
      await simulator.act({ do: "notify", orderKey: first })
      if (fault.kind === "concurrent") {
        shop.together = 4
        await simulator.advance(2 * second)
        shop.together = 1
        expect(shop.received.length).toBe(4)
      }
      await simulator.act({ do: "notify", orderKey: next })
      await simulator.advance(hours(2))
      expect(shop.received.join(" ")).toBe(received)
      const sent = simulator.notifications().filter(({ outcome }) => outcome.kind !== "lost")
      expect(sent.map(({ atMs }) => (atMs - startMs) / second).join(" ")).toBe(seconds)
      if (fault.kind === "lost") {
        expect(simulator.notifications()[0]).toMatchObject({ reference: "a", outcome: { kind: "lost" } })
      }
    }))

  it("held back come after an hour if nothing follows", () =>
    withBoth(async (simulator, shop) => {
      simulator.planNotificationFaults([{ kind: "reordered" }])
      await simulator.act({ do: "notify", orderKey: await createdOrder(simulator) })
      await simulator.advance(hours(0.9))
      expect(shop.received.length).toBe(0)
      await simulator.advance(hours(0.2))
      expect(shop.received.length).toBe(1)
    }))

  it("meet as many faults as planned, and none after clearing", () =>
    withBoth(async (simulator, shop) => {
      const key = await createdOrder(simulator)
      simulator.planNotificationFaults([{ kind: "lost", times: 2 }, { kind: "lost", times: 9 }])
      for (let count = 0; count < 3; count += 1) await simulator.act({ do: "notify", orderKey: key })
      simulator.clearFaults()
      await simulator.act({ do: "notify", orderKey: key })
      await simulator.advance(hours(1))
      expect(shop.received.length).toBe(1)
    }))

  it.each([
    ["https://shop.example/?id=", "only calls http addresses of this machine"],
    ["http://192.0.2.1/?id=", "only calls http addresses of this machine"],
    ["http://127.0.0.1.shop.example/?id=", "only calls http addresses of this machine"],
    ["file:///etc/passwd?id=", "only calls http addresses of this machine"],
    ["http://127.0.0.1/notify", `must end in "="`]
  ])("never go to %s", (updateUrl, problem) =>
    withSimulator(async (simulator) => {
      expect(() => simulator.setMerchant({ name: "m", password: "p", updateUrl })).toThrow(problem)
    }))

  it.each(["http://localhost:8080/?id=", "http://127.1.2.3/?id=", "http://[::1]:80/?id="])(
    "may go to %s",
    (updateUrl) =>
      withSimulator(async (simulator) => {
        expect(() => simulator.setMerchant({ name: "m", password: "p", updateUrl })).not.toThrow()
      })
  )
})

describe("a wall clock", () => {
  it("delivers by itself", () =>
    withShop(async (shop) => {
      const merchants = [{ name: "demo_shop", password: "demo-password", updateUrl: shop.updateUrl }]
      await withSimulator(async (simulator) => {
        await simulator.act({ do: "notify", orderKey: await createdOrder(simulator) })
        // Nearly there by hand; the last moment passes by itself.
        await simulator.advance(1_900)
        expect(shop.received.length).toBe(0)
        await expect.poll(() => shop.received.length, { timeout: 5_000 }).toBe(1)
      }, { merchants, clock: "wall" })
    }))

  it("can be moved ahead", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await paid(simulator, key, "VISA")
      await simulator.advance(days(2))
      expect(simulator.order(key)?.report.totals.captured).toBe(2420)
      expect(simulator.nowMs()).toBeGreaterThan(Date.now() + days(1.9))
    }, { clock: "wall" }))

  it("never goes back", () =>
    withSimulator(async (simulator) => {
      await expect(simulator.advance(-1)).rejects.toThrow("only moves forward")
    }))
})
