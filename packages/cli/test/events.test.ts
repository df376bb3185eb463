import { Anomalies, Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openOrdersShop, type OrdersShop } from "./support/ordersShop.ts"

let shop: OrdersShop

beforeEach(async () => {
  shop = await openOrdersShop()
})
afterEach(() => shop.close())

interface Line {
  readonly feedPosition: number
  readonly id: string
  readonly type: string
  readonly orderId: string
}

const tail = (...flags: ReadonlyArray<string>) => shop.json<Line>("events-tail", ["events", "tail", "--once", ...flags])

describe("docdata events tail", () => {
  it("prints everything once, and goes on where it ended", async () => {
    const first = await shop.create("web-1")
    const second = await shop.create("web-2", 100, { merchant: "outlet" })
    const all = await tail("--after", "0")
    expect(all.map(({ orderId, type }) => [orderId, type])).toEqual([
      [first.id, "order.created"],
      [second.id, "order.created"]
    ])
    await shop.pay(first)
    await shop.run(["orders", "refresh", first.id])
    const next = await tail("--after", String(all.at(-1)?.feedPosition))
    expect(next.map(({ type }) => type)).toContain("order.status_changed")
    expect(new Set([...all, ...next].map(({ id }) => id)).size).toBe(all.length + next.length)
    expect(await tail("--after", "0", "--merchant", "outlet")).toEqual([all[1]])
    expect(await tail("--after", "0", "--order", first.orderReference, "--type", "order.created")).toEqual([all[0]])
    const { stderr, stdout } = await shop.run(["events", "tail", "--once", "--after", "0", "--type", "order.created"])
    expect(stdout).toMatch(
      new RegExp(`^ +${all[0]?.feedPosition}  \\S+Z  ${first.id}  the payment provider knows the order$`, "m")
    )
    expect(stderr).toMatch(/go on with --after \d+\n$/)
  })

  it("begins now, and tells what happens until somebody ends it", async () => {
    await shop.create("web-1")
    let received = ""
    let waiting = ""
    const two = () => received.split("\n").length > 1
    const watched = shop.run(["events", "tail"], "", {
      write: (text) => {
        received += text
        return Promise.resolve()
      },
      progress: (text) => {
        waiting = text
      },
      interrupted: () => expect.poll(two, { timeout: 30_000 }).toBe(true)
    })
    await expect.poll(() => waiting, { timeout: 30_000 }).toMatch(/^waiting after 1;/)
    const order = await shop.create("web-2")
    expect((await watched).exit).toBe(0)
    expect(received).toMatch(new RegExp(`^ +2  \\S+Z  ${order.id}  the payment provider knows the order\n$`))
  })

  it.each<readonly [flags: ReadonlyArray<string>, exit: number, stderr: RegExp]>([
    [["--after", "x"], 2, /--after is the place of an event, or 0/],
    [["--type", "order.gone"], 2, /--type is order\.created, .*; not order\.gone/],
    [["--order", "nobody"], 4, /no order has nobody/]
  ])("%j is refused", async (flags, exit, stderr) => {
    const ended = await shop.run(["events", "tail", "--once", ...flags])
    expect(ended.stderr).toMatch(stderr)
    expect(ended.exit).toBe(exit)
  })
})

describe("docdata events replay", () => {
  const hearing = (): OrdersShop["environment"] => ({
    ...shop.environment,
    DOCDATA_WEBHOOK_URL: "https://shop.example/hooks",
    DOCDATA_WEBHOOK_SECRETS: `whsec_${"A".repeat(40)}`
  })

  const open = (): Promise<number> => shop.inStores(Outbox.use((outbox) => outbox.backlog("shop")))

  it("opens deliveries again, those that are meant and no other", async () => {
    for (const number of [1, 2, 3]) await shop.create(`web-${number}`)
    expect(await open()).toBe(0)
    const replay = (...flags: ReadonlyArray<string>) =>
      shop.run(["events", "replay", "--subscriber", "shop", ...flags], "", { environment: hearing() })
    const some = await replay("--after", "1", "--until", "2")
    expect(some).toEqual({ exit: 0, stderr: "", stdout: "1 event is delivered to shop again\n" })
    expect(await open()).toBe(1)
    expect((await replay("--after", "0")).stdout).toBe("3 events are delivered to shop again\n")
    expect(await open()).toBe(3)
    expect((await replay("--after", "0", "--type", "payment.added")).stdout).toBe(
      "0 events are delivered to shop again\n"
    )
  })

  it("refuses what it cannot mean", async () => {
    const run = (...flags: ReadonlyArray<string>) =>
      shop.run(["events", "replay", ...flags], "", { environment: hearing() })
    const nobody = await run("--after", "0")
    expect(nobody.stderr).toMatch(/--subscriber is missing/)
    const everything = await run("--subscriber", "shop")
    expect(everything.stderr).toMatch(/say which events: --after PLACE, --order ORDER or both/)
    const unknown = await run("--subscriber", "books", "--after", "0")
    expect(unknown.stderr).toMatch(/no subscriber has this name: there are shop/)
    expect([nobody.exit, everything.exit, unknown.exit]).toEqual([2, 2, 4])
  })
})

describe("docdata anomalies", () => {
  const list = (...flags: ReadonlyArray<string>) =>
    shop.json<{ id: string; kind: string; acknowledged?: object }>("anomalies-list", ["anomalies", "list", ...flags])

  it("lists what stands, and keeps the first acknowledgement", async () => {
    expect((await shop.run(["anomalies", "list"])).stdout).toBe("none\n")
    await shop.inStores(Anomalies.use((anomalies) =>
      Effect.forEach(["shop", "outlet"], (merchant) =>
        anomalies.raise({
          id: `ano_${merchant}`,
          merchant,
          kind: "notification-dead-lettered",
          subject: `${merchant}-1`,
          level: "error",
          data: { reason: "unknown merchant" },
          raisedAtMs: Date.now() - (merchant === "shop" ? 60_000 : 0)
        }))
    ))
    expect((await list()).map(({ id }) => id)).toEqual(["ano_outlet", "ano_shop"])
    expect((await list("--merchant", "shop")).map(({ id }) => id)).toEqual(["ano_shop"])
    expect(await list("--level", "warning")).toEqual([])
    const { stdout } = await shop.run(["anomalies", "list", "--limit", "1"])
    expect(stdout).toMatch(
      /^error {4}notification-dead-lettered {2}ano_outlet {2}open\n {9}outlet, outlet-1, raised \S+Z, /
    )
    expect(stdout).toMatch(/^ {9}do: /m)

    const ack = ["anomalies", "ack", "ano_shop", "--by", "night desk", "--note", "asked the provider"]
    const [known] = await shop.json<object>("anomalies-ack", ack)
    expect(known).toMatchObject({
      state: "acknowledged",
      acknowledged: { by: "night desk", note: "asked the provider" }
    })
    const [again] = await shop.json<object>("anomalies-ack", ["anomalies", "ack", "ano_shop", "--by", "somebody else"])
    expect(again).toEqual(known)
    expect((await list()).map(({ id }) => id)).toEqual(["ano_outlet"])
    expect((await list("--state", "acknowledged")).map(({ id }) => id)).toEqual(["ano_shop"])
  })

  it("names the order of one that a refresh raised", async () => {
    const order = await shop.create("web-1")
    const paymentId = await shop.pay(order)
    await shop.run(["orders", "refresh", order.id])
    expect(await list("--order", order.id)).toEqual([])
    await shop.simulator.act({ do: "chargeback", paymentId, amountMinor: 100 })
    await shop.run(["orders", "refresh", order.id])
    const raised = await list("--order", order.orderReference)
    expect(raised).toMatchObject([{ kind: "partial-chargeback", orderId: order.id, merchant: "shop", state: "open" }])
    const { stdout } = await shop.run(["anomalies", "list"])
    expect(stdout).toMatch(new RegExp(`partial-chargeback[^]*shop, ${order.id}, `))
  })

  it.each<readonly [args: ReadonlyArray<string>, exit: number, stderr: RegExp]>([
    [["ack", "ano_nobody", "--by", "me"], 4, /there is no anomaly ano_nobody/],
    [["ack", "ano_nobody"], 2, /--by is missing: who knows of it/],
    [["ack", "x", "--by", "me", "--note", "n".repeat(501)], 2, /--note has at most 500 characters/],
    [["list", "--state", "gone"], 2, /--state is open, acknowledged, resolved; not gone/],
    [["list", "--limit", "x"], 2, /--limit is a number/]
  ])("%j is refused", async (args, exit, stderr) => {
    const ended = await shop.run(["anomalies", ...args])
    expect(ended.stderr).toMatch(stderr)
    expect(ended.exit).toBe(exit)
  })
})
