/**
 * What a new order takes: the table of its texts in docs/reference/http.md, row by row, and what is refused with its place.
 */
import { orderTexts } from "@docdata/contract"
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ask, keys, request, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const page = readFileSync(new URL("../../../docs/reference/http.md", import.meta.url), "utf8")
const [, section = ""] = page.split("### Texts of an order\n")
const [table = ""] = section.split("\n### ")

const price = { net: 4990, vat: 0, gross: 4990 }
const line = { name: "Lamp", code: "LAMP", quantity: 1, vatRate: "0", piece: price, line: price }
const person = { first: "Nobody", last: "Real" }
const place = { name: person, address: { street: "Kade", city: "Zwolle", country: "NL" } }
const shopper = { ...request().order.buyer, name: person }
const company = { _tag: "Company", id: "c-2", name: "Lantern", email: "nobody@shop.example", language: "nl" }
const full = {
  buyer: shopper,
  billTo: place,
  total: { minor: 4990, currency: "EUR" },
  reminders: { first: { days: 7 }, second: { days: 9 } },
  salesPerson: person,
  invoice: { lines: [line], shipTo: place }
}

type Fields = Record<string, unknown>

/** The order with a value at a path; `[]` is the first of a list. */
const withAt = (path: string, value: unknown): Fields => {
  const order = JSON.parse(JSON.stringify(path === "buyer.name" ? { ...full, buyer: company } : full)) as Fields
  const steps = path.replaceAll("[]", ".0").split(".")
  const last = steps.pop()!
  const parent = steps.reduce((part, step) => part[step] as Fields, order)
  parent[last] = value
  return order
}

let number = 0
const create = async (order: unknown) => {
  const body = { merchant: "shop", shopReference: `T${++number}`, order }
  return await ask(service, "POST /v1/orders", {
    key: keys.operator,
    headers: { "idempotency-key": `t-${number}` },
    body
  })
}

const valueFor = (path: string, length: number): string => {
  if (path === "buyer.ipAddress") return "2001:0db8:85a3:1111:2222:8a2e:0370:7334"
  return path.endsWith("imageUrl") ? `https://shop.example/${"a".repeat(length - 21)}` : "é".repeat(length)
}

it("the table of the texts of an order is that of the contract", () => {
  const rows = [...table.matchAll(/^\| `([^`]+)` +\| (\d+) +\| ([a-z ]+?) +\| (yes|no) +\|$/gm)].map((
    [, path, limit, overlong, isOptional]
  ) => ({ path, limit: Number(limit), overlong: overlong!.replace(" ", "-"), isOptional: isOptional === "yes" }))
  expect(rows).toEqual(orderTexts)
})

describe("a text that is one character too long", () => {
  it.each(orderTexts)("is $overlong: $path", async ({ limit, overlong, path }) => {
    const from = valueFor(path, limit + 1)
    const { json, status } = await create(withAt(path, from))
    const at = `order.${path.replace("[]", "[0]")}`
    if (overlong === "refused") {
      expect([status, json.code, json.errors.at(-1).path]).toEqual([400, "bad-request", at.replace("[0]", ".0")])
      return
    }
    const to = from.slice(0, limit)
    expect([status, json.adjusted]).toEqual([201, [
      overlong === "shortened" ? { path: at, from, to } : { path: at, from }
    ]])
  })
})

describe("an empty text", () => {
  it.each(orderTexts.filter(({ isOptional }) => isOptional))(
    "of an optional field is absent: $path",
    async ({ path }) => {
      const { json, status } = await create(withAt(path, ""))
      expect([status, json.adjusted]).toEqual([201, undefined])
    }
  )

  it.each(orderTexts.filter(({ isOptional }) => !isOptional))(
    "of a field that is needed is refused: $path",
    async ({ path }) => {
      const { json, status } = await create(withAt(path, ""))
      expect([status, json.code]).toEqual([400, "bad-request"])
    }
  )
})

it("a surrogate pair is not cut in two", async () => {
  const { json } = await create(withAt("billTo.address.city", `${"a".repeat(34)}🧾`))
  expect(json.adjusted[0].to).toBe("a".repeat(34))
})

it("the timeline says where and how much was changed, and holds no word of it", async () => {
  const city = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
  const { json } = await create(withAt("billTo.address.city", city))
  const timeline = await ask(service, `GET /v1/orders/${json.id}/timeline`, { key: keys.operator })
  expect(timeline.text).toContain("billTo.address.city shortened from 58 characters to 35")
  expect(timeline.text).not.toContain("Llanfair")
})

it("a repetition is answered with the same order and the same changes", async () => {
  const order = withAt("billTo.name.last", "Wolfeschlegelsteinhausenbergerdorff-Meier")
  const first = await create(order)
  number--
  const again = await create(order)
  expect([again.json.id, again.json.adjusted]).toEqual([first.json.id, first.json.adjusted])
})

describe("an order is refused with the place", () => {
  it.each<readonly [what: string, path: string, value: unknown]>([
    ["in bitcoins", "total.currency", "BTC"],
    ["in no currency", "total.currency", "XXX"],
    ["to the country UK", "billTo.address.country", "UK"],
    ["shipped to a country that there is not", "invoice.shipTo.address.country", "ZZ"],
    ["of nothing that begins no series", "total.minor", 0],
    ["with three IP addresses", "buyer.ipAddress", "192.0.2.1, 192.0.2.2"],
    ["with a name for an IP address", "buyer.ipAddress", "shop.example"]
  ])("%s", async (_what, path, value) => {
    const { json, status } = await create(withAt(path, value))
    expect([status, json.code]).toEqual([422, "request-refused"])
    expect(json.errors.map((error: { readonly path: string }) => error.path)).toContain(`order.${path}`)
  })

  it("of less than nothing", async () => {
    const { json, status } = await create(withAt("total.minor", -100))
    expect([status, json.code, json.errors[0].path]).toEqual([400, "bad-request", "order.total.minor"])
  })
})

describe("an order is taken", () => {
  it("of nothing that begins a series", async () => {
    const { invoice: _, ...order } = withAt("total.minor", 0)
    expect((await create({ ...order, total: { minor: 0, currency: "EUR" }, recurringReference: "S0" })).status).toBe(
      201
    )
  })

  it("whose net prices add up by the line, with the same article on two lines", async () => {
    const piece = { net: 999, vat: 210, gross: 1209 }
    const lamp = { ...line, quantity: 3, vatRate: "21", piece, line: { net: 2997, vat: 629, gross: 3626 } }
    const order = { ...full, total: { minor: 7252, currency: "EUR" }, invoice: { lines: [lamp, lamp] } }
    expect((await create(order)).status).toBe(201)
  })

  it.each(["192.0.2.7", "2001:db8::1", "::", "::ffff:192.0.2.128", "fe80::1:2:3"])("from %s", async (address) => {
    const { json, status } = await create(withAt("buyer.ipAddress", address))
    expect([status, json.adjusted]).toEqual([201, undefined])
  })
})
