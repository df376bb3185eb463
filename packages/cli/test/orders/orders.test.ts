import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { description, openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"

let shop: OrdersShop

beforeEach(async () => {
  shop = await openOrdersShop()
})
afterEach(() => shop.close())

interface Line {
  readonly id: string
  readonly merchant: string
  readonly status: string
  readonly shopReference: string
  readonly amount: { readonly minor: number; readonly currency: string }
}

const list = (...flags: ReadonlyArray<string>) => shop.json<Line>("orders-list", ["orders", "list", ...flags])
const shopReferences = async (...flags: ReadonlyArray<string>): Promise<ReadonlyArray<string>> =>
  (await list(...flags)).map(({ shopReference }) => shopReference)

describe("docdata orders create", () => {
  it("creates once for one key, and says where the shopper pays", async () => {
    const first = await shop.create("web-1")
    expect(await shop.create("web-1")).toEqual(first)
    expect(shop.simulator.orders()).toHaveLength(1)
    expect(first.key).toBe(shop.simulator.orders()[0]!.order.key)
    const [shown] = await shop.json<object>("orders-show", ["orders", "show", first.id])
    expect(shown).toMatchObject({ menuUrl: expect.stringContaining(first.key) })
  })

  it.each<readonly [what: string, args: ReadonlyArray<string>, input: string, stderr: RegExp]>([
    [
      "no account where there are two",
      ["--shop-reference", "a", "--idempotency-key", "b"],
      "{}",
      /--merchant is missing/
    ],
    ["no number of the shop", ["--idempotency-key", "b"], "{}", /--shop-reference: it is missing/],
    [
      "no JSON",
      ["--merchant", "shop", "--shop-reference", "a", "--idempotency-key", "b"],
      "{",
      /\(stdin\):1:2: this is not JSON/
    ],
    [
      "a field nobody knows",
      ["--merchant", "shop", "--shop-reference", "a", "--idempotency-key", "b"],
      "{\"card\": \"4111\"}",
      /card: there is no such field|is missing/
    ]
  ])("refuses %s before any call", async (_what, args, input, stderr) => {
    const ended = await shop.run(["orders", "create", "-", ...args], input)
    expect(ended.stderr).toMatch(stderr)
    expect(ended.stderr).not.toContain("4111")
    expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit: 2, stdout: "" })
    expect(shop.simulator.requests()).toEqual([])
  })

  it("an account that is not there ends with 4, a key used for something else as well", async () => {
    await shop.create("web-1")
    const args = ["orders", "create", "-", "--shop-reference", "web-2", "--idempotency-key", "shop web-1", "--merchant"]
    const unknown = await shop.run([...args, "nobody"], JSON.stringify(description(100)))
    expect(unknown.stderr).toMatch(/unknown-merchant|merchant-not-found/)
    const conflict = await shop.run([...args, "shop"], JSON.stringify(description(100)))
    expect(conflict.stderr).toMatch(/idempotency-conflict/)
    expect([unknown.exit, conflict.exit]).toEqual([4, 4])
  })
})

describe("docdata orders list", () => {
  it("lists newest first, in pages that go on where the last one ended", async () => {
    for (const number of [1, 2, 3, 4, 5]) await shop.create(`web-${number}`)
    expect(await shopReferences()).toEqual(["web-5", "web-4", "web-3", "web-2", "web-1"])
    const first = await shop.run(["orders", "list", "--limit", "2"])
    const after = /--after (\S+)/.exec(first.stderr)?.[1] ?? ""
    expect(await shopReferences("--limit", "2", "--after", after)).toEqual(["web-3", "web-2"])
    const { stderr } = await shop.run(["orders", "list", "--limit", "4", "--json"])
    expect(await shopReferences("--after", /--after (\S+)/.exec(stderr)?.[1] ?? "")).toEqual(["web-1"])
  })

  it("is narrowed by account, status, number of the shop and time", async () => {
    const paid = await shop.create("web-1")
    await shop.create("web-2", 100, { merchant: "outlet" })
    await shop.pay(paid)
    await shop.run(["orders", "refresh", paid.id])
    expect(await shopReferences("--merchant", "outlet")).toEqual(["web-2"])
    expect(await shopReferences("--status", "paid")).toEqual(["web-1"])
    expect(await shopReferences("--shop-reference", "web-2")).toEqual(["web-2"])
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    expect(await shopReferences("--from", tomorrow)).toEqual([])
    expect(await shopReferences("--to", tomorrow)).toEqual(["web-2", "web-1"])
    expect(await shopReferences("--from", "2026-01-01T00:00:00Z")).toHaveLength(2)
  })

  it("is an aligned table with exact times, and money in its currency", async () => {
    await shop.create("web-1", 4_990)
    await shop.create("web-2", 3_310, { currency: "JPY", merchant: "outlet" })
    const { exit, stderr, stdout } = await shop.run(["orders", "list"], "", { columns: 100 })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    const [header = "", ...lines] = stdout.trimEnd().split("\n")
    expect(lines).toHaveLength(2)
    const columns = ["created", "status", "goods", "merchant", "number"].map((title) => header.indexOf(title))
    for (const line of lines) {
      for (const column of columns) expect(line.slice(column - 2, column)).toBe("  ")
      expect(line).toMatch(/^ord_\w{20} {2}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}(now|\d+ s ago) /)
    }
    expect(lines[0]).toContain(" 3310 JPY  outlet    web-2")
    expect(lines[1]).toContain("49.90 EUR  shop      web-1")
  })

  it.each<readonly [columns: number, first: ReadonlyArray<RegExp>]>([
    [100, [/^id +created +status +goods +amount +number$/, /^ord_\S+ {2}\S+Z {2}\d+ days ago {2}paid_refunded /]],
    [80, [/^id +created +status +goods +amount +number$/, /^ord_\S+ {2}\d+ days ago {2}paid_refunded .* web-2$/]],
    [60, [/^status +goods +amount +number$/, /^ {2}id +created$/, /^paid_refunded .* web-2$/, /^ {2}ord_\S+ +\S+Z$/]]
  ])("fits %i columns", async (columns, first) => {
    const createdAtMs = Date.now() - 20 * 86_400_000
    await shop.store([
      { shopReference: "web-1", createdAtMs },
      { shopReference: "web-2", createdAtMs: createdAtMs + 1, status: "paid_refunded", grossMinor: 129_900 }
    ])
    const { stdout } = await shop.run(["orders", "list", "--merchant", "shop"], "", { columns })
    const lines = stdout.trimEnd().split("\n")
    expect(lines.filter(({ length }) => length > columns)).toEqual([])
    first.forEach((expected, index) => expect(lines[index]).toMatch(expected))
  })

  it.each<readonly [flags: ReadonlyArray<string>, exit: number, stderr: RegExp]>([
    [["--status", "payed"], 2, /--status is new, in_progress, .*; not payed/],
    [["--limit", "0"], 2, /--limit is a number from 1 to 1000000/],
    [["--limit", "many"], 2, /--limit is a number from 1/],
    [["--from", "2026-02-02", "--to", "2026-02-02"], 2, /no moment is from 2026-02-02\S+ on and before 2026-02-02/],
    [["--from", "yesterday"], 2, /--from is an instant such as .* or a day/],
    [["--to", "2026-02-31"], 2, /--to is an instant/],
    [["--merchant", "nobody"], 4, /merchant-not-found: /],
    [["--after", "nobody"], 2, /bad-request: after is the next of an earlier page/]
  ])("%j is refused", async (flags, exit, stderr) => {
    const ended = await shop.run(["orders", "list", ...flags])
    expect(ended.stderr).toMatch(stderr)
    expect(ended.exit).toBe(exit)
  })
})

describe("docdata orders show", () => {
  it("finds an order by id, key and reference, and within an account only", async () => {
    const order = await shop.create("web-1")
    for (const name of [order.id, order.key, order.orderReference]) {
      const [shown] = await shop.json<Line>("orders-show", ["orders", "show", name])
      expect(shown?.id).toBe(order.id)
    }
    const ended = await shop.run(["orders", "show", order.orderReference, "--merchant", "outlet"])
    expect(ended.stderr).toMatch(
      /no order has web-1-\S+ as its id, key, reference or shop's number; docdata orders list finds it/
    )
    expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit: 4, stdout: "" })
  })

  it("shows payments, figures, captures and the next refresh", async () => {
    const order = await shop.create("web-1")
    const paymentId = await shop.pay(order, "KLARNA_INVOICE")
    await shop.run(["orders", "refresh", order.id])
    const capture = ["orders", "capture", order.id, "--amount", "12.30", "--reference", "c-1", "--yes"]
    expect((await shop.run(capture)).exit).toBe(0)
    const { stdout } = await shop.run(["orders", "show", order.id])
    expect(stdout).toMatch(/^ {2}status +pending$/m)
    expect(stdout).toMatch(/^ {2}amount +49\.90 EUR$/m)
    expect(stdout).toMatch(/^ {2}approved +49\.90$/m)
    expect(stdout).toMatch(new RegExp(`^ {2}${paymentId} +KLARNA_INVOICE +AUTHORIZED +49\\.90 EUR`, "m"))
    expect(stdout).toMatch(/^ {2}capture +c-1 +filed +12\.30 EUR/m)
    expect(stdout).toMatch(/^ {2}next refresh +\S+Z, in \d+ s$/m)
    const [shown] = await shop.json<{ payments: ReadonlyArray<object> }>("orders-show", ["orders", "show", order.id])
    expect(shown?.payments).toMatchObject([{ id: paymentId, allocated: { minor: 4_990, currency: "EUR" } }])
  })
})

describe("settings", () => {
  it("those of the server are not needed; mistakes in the others are told at once, without values", async () => {
    const environment = { ...shop.environment, DOCDATA_SHOP_PASSWORD: "", DOCDATA_OUTLET_DAYS_TO_PAY: "many" }
    const { exit, stderr, stdout } = await shop.run(["orders", "list"], "", { environment })
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" })
    expect(stderr).toMatch(
      /^docdata orders list: DOCDATA_SHOP_PASSWORD is .*\ndocdata orders list: DOCDATA_OUTLET_DAYS_TO_PAY is not/
    )
    expect(stderr).not.toContain("many")
  })

  it("a store that cannot be opened ends with 1", async () => {
    const environment = { ...shop.environment, DOCDATA_SQLITE_FILE: "/proc" }
    const { exit, stderr } = await shop.run(["orders", "list"], "", { environment })
    expect(stderr).toMatch(/^docdata orders list: .* failed \(.*\)/)
    expect(exit).toBe(1)
  })
})
