/**
 * Every endpoint of the REST API with good and bad inputs: a row per request, its status and its code.
 */
import { problemCatalogue } from "@docdata/contract"
import { bodyBytesMax } from "../src/serve/guard.ts"
import * as Redacted from "effect/Redacted"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { act, type Ask, ask, created, keys, request, type Service, startService } from "./support/service.ts"

let service: Service
let order: Awaited<ReturnType<typeof created>>
let paymentId: string

beforeAll(async () => {
  service = await startService()
  order = await created(service)
  paymentId = await act(service, { do: "pay", orderKey: order.orderKey })
  await ask(service, `POST /v1/orders/${order.id}/refresh`, { key: keys.operator })
})
afterAll(() => service.close())

type Row = readonly [what: string, line: string, asked: Ask, status: number, code?: string]

const idempotent = (key: string): Readonly<Record<string, string>> => ({ "idempotency-key": key })
const long = "x".repeat(1_000)
const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`
const without = (field: string) => {
  const body = request()
  const { [field as "order"]: _, ...rest } = body.order as unknown as Record<string, unknown>
  return { ...body, order: rest }
}

const check = async ([, line, asked, status, code]: Row): Promise<void> => {
  const at = line.replaceAll("{order}", order.id).replaceAll("{payment}", paymentId)
  const body = typeof asked.body === "object" && asked.body !== null
    ? JSON.parse(JSON.stringify(asked.body).replaceAll("{payment}", paymentId))
    : asked.body
  const answer = await ask(service, at, { ...asked, body })
  expect([answer.status, answer.json?.code]).toEqual([status, code])
  if (code === undefined) return
  expect(answer.headers.get("content-type")).toBe("application/problem+json")
  expect(answer.json).toMatchObject({
    type: "about:blank",
    status,
    title: problemCatalogue[code as keyof typeof problemCatalogue].title
  })
  // Neither values of the request, nor keys, nor names.
  expect(answer.text).not.toMatch(/Secretname|nobody@|dk_|hush|xxxxxxxxxx/)
}

describe("who may", () => {
  const lines = [
    "POST /v1/orders",
    "GET /v1/orders/{order}",
    "POST /v1/orders/{order}/refresh",
    "GET /v1/orders/{order}/timeline",
    "GET /v1/orders/{order}/explanation",
    "POST /v1/orders/{order}/captures",
    "POST /v1/orders/{order}/refunds",
    "POST /v1/orders/{order}/cancel"
  ]
  const refused = (line: string): ReadonlyArray<Row> => [
    ["no key", line, {}, 401, "unauthorized"],
    ["an unknown key", line, { key: Redacted.make("dk_nobody") }, 401, "unauthorized"],
    ["an empty key", line, { headers: { authorization: "Bearer " } }, 401, "unauthorized"],
    ["a key longer than any", line, { key: Redacted.make(long.repeat(5)) }, 401, "unauthorized"],
    [
      "another scheme",
      line,
      { headers: { authorization: `Basic ${Redacted.value(keys.operator)}` } },
      401,
      "unauthorized"
    ],
    ["the hash instead of the key", line, { key: Redacted.make("a".repeat(64)) }, 401, "unauthorized"]
  ]
  it.each<Row>(lines.flatMap(refused))("%s: %s", (...row: ReadonlyArray<unknown>) => check(row as unknown as Row))

  it.each<Row>([
    ["a reading key", "POST /v1/orders/{order}/refresh", { key: keys.reader }, 403, "forbidden"],
    ["a reading key", "POST /v1/orders/{order}/cancel", { key: keys.reader }, 403, "forbidden"],
    [
      "a reading key",
      "POST /v1/orders",
      { key: keys.reader, headers: idempotent("r"), body: request() },
      403,
      "forbidden"
    ],
    [
      "a reading key",
      "POST /v1/orders/{order}/refunds",
      { key: keys.reader, body: { paymentId: "1", refundReference: "R" } },
      403,
      "forbidden"
    ],
    [
      "a reading key",
      "POST /v1/orders/{order}/captures",
      { key: keys.reader, body: { paymentId: "1", captureReference: "C" } },
      403,
      "forbidden"
    ],
    ["a key of another merchant", "GET /v1/orders/{order}", { key: keys.other }, 404, "order-not-found"],
    ["a key of another merchant", "GET /v1/orders/{order}/timeline", { key: keys.other }, 404, "order-not-found"],
    ["a key of another merchant", "GET /v1/orders/{order}/explanation", { key: keys.other }, 404, "order-not-found"],
    ["a key of another merchant", "POST /v1/orders/{order}/refresh", { key: keys.other }, 404, "order-not-found"],
    ["a key of another merchant", "POST /v1/orders/{order}/cancel", { key: keys.other }, 404, "order-not-found"],
    [
      "a key of another merchant",
      "POST /v1/orders/{order}/refunds",
      { key: keys.other, body: { paymentId: "{payment}", refundReference: "R" } },
      404,
      "order-not-found"
    ],
    [
      "a key of another merchant",
      "POST /v1/orders",
      { key: keys.other, headers: idempotent("o"), body: request() },
      422,
      "unknown-merchant"
    ],
    ["a key for every merchant", "GET /v1/orders/{order}", { key: keys.all }, 200]
  ])("%s: %s", (...row: ReadonlyArray<unknown>) => check(row as unknown as Row))
})

describe("creating", () => {
  const line = "POST /v1/orders"
  const post = (body: unknown, headers = idempotent("c")): Ask => ({ key: keys.operator, headers, body })

  it.each<Row>([
    ["no idempotency key", line, post(request(), {}), 400, "bad-request"],
    ["an empty idempotency key", line, post(request(), idempotent("")), 400, "bad-request"],
    ["an idempotency key too long", line, post(request(), idempotent(long)), 400, "bad-request"],
    ["no body", line, { key: keys.operator, headers: idempotent("c") }, 400, "bad-request"],
    ["cut JSON", line, post("{\"merchant\":"), 400, "bad-request"],
    ["no JSON", line, post("hello"), 400, "bad-request"],
    ["a list", line, post([]), 400, "bad-request"],
    ["null", line, post("null"), 400, "bad-request"],
    ["a number", line, post("7"), 400, "bad-request"],
    ["a body nested deeply", line, post(deep), 400, "bad-request"],
    [
      "a body of another kind",
      line,
      post("a=b", { ...idempotent("c"), "content-type": "text/plain" }),
      415,
      "unsupported-media-type"
    ],
    ["a body too large", line, post({ ...request(), note: "x".repeat(bodyBytesMax) }), 413, "body-too-large"],
    [
      "a length that lies",
      line,
      post(request(), { ...idempotent("c"), "content-length": "999999999" }),
      413,
      "body-too-large"
    ],
    ["an unknown field", line, post(request({ surprise: 1 })), 400, "bad-request"],
    [
      "a card number",
      line,
      post({ ...request(), order: { ...request().order, cardNumber: "4111111111111111" } }),
      400,
      "bad-request"
    ],
    ["__proto__", line, post(`{"__proto__":{"merchant":"shop"},"shopReference":"S"}`), 400, "bad-request"],
    ["a reference that is a number", line, post(request({ shopReference: 1 })), 400, "bad-request"],
    ["an empty reference", line, post(request({ shopReference: "" })), 400, "bad-request"],
    ["a reference too long", line, post(request({ shopReference: long })), 400, "bad-request"],
    ["no order", line, post({ merchant: "shop", shopReference: "S" }), 400, "bad-request"],
    ["no buyer", line, post(without("buyer")), 400, "bad-request"],
    ["no total", line, post(without("total")), 400, "bad-request"],
    ["no address", line, post(without("billTo")), 400, "bad-request"],
    [
      "a fraction of a cent",
      line,
      post({ ...request(), order: { ...request().order, total: { minor: 1.5, currency: "EUR" } } }),
      400,
      "bad-request"
    ],
    [
      "a total as text",
      line,
      post({ ...request(), order: { ...request().order, total: { minor: "1", currency: "EUR" } } }),
      400,
      "bad-request"
    ],
    ["a total beyond all numbers", line, post(JSON.stringify(request()).replace("4990", "1e400")), 400, "bad-request"],
    [
      "a currency that is none",
      line,
      post({ ...request(), order: { ...request().order, total: { minor: 1, currency: "euro" } } }),
      400,
      "bad-request"
    ],
    [
      "a country in small letters",
      line,
      post(JSON.stringify(request()).replace("\"NL\"", "\"nl\"")),
      400,
      "bad-request"
    ],
    [
      "a language with a zero byte",
      line,
      post(JSON.stringify(request()).replace("\"nl\"", "\"n\\u0000\"")),
      400,
      "bad-request"
    ],
    [
      "an address of mail with a blank",
      line,
      post(JSON.stringify(request()).replace("nobody@", "nobody @")),
      400,
      "bad-request"
    ],
    ["a merchant that is none", line, post(request({ merchant: "nobody" })), 422, "unknown-merchant"],
    [
      "an inactive merchant",
      line,
      { ...post(request({ merchant: "closed" })), key: keys.all },
      422,
      "merchant-inactive"
    ],
    [
      "no merchant with a key for several, the service's first account not among them",
      line,
      { ...post(request({ merchant: undefined })), key: keys.pair },
      422,
      "unknown-merchant"
    ],
    ["no merchant with a key for one", line, post(request({ merchant: undefined }), idempotent("only")), 201],
    ["a good one", line, post(request(), idempotent("good")), 201]
  ])("%s", (...row: ReadonlyArray<unknown>) => check(row as unknown as Row))

  it("an order that names no merchant is the first account's when the key speaks for several", async () => {
    const { json, status } = await ask(service, line, {
      ...post(request({ merchant: undefined }), idempotent("first")),
      key: keys.all
    })
    expect([status, json.merchant]).toEqual([201, "shop"])
  })

  it.each([
    ["an unknown field", { ...request(), surprise: 1 }, { path: "surprise", message: "unknown field" }],
    ["a missing field", without("total"), { path: "order.total", message: "missing" }],
    ["a wrong amount", { ...request(), order: { ...request().order, total: { minor: "1", currency: "EUR" } } }, {
      path: "order.total.minor",
      message: expect.stringMatching(/^expected /)
    }],
    ["an unknown field deep inside", {
      ...request(),
      order: { ...request().order, total: { minor: 1, currency: "EUR", x: 1 } }
    }, {
      path: "order.total.x",
      message: "unknown field"
    }]
  ])("a refusal names %s in the words of the request", async (_what, body, error) => {
    const { json } = await ask(service, line, post(body, idempotent("words")))
    expect(json).toMatchObject({ code: "bad-request", retryable: false, errors: expect.arrayContaining([error]) })
  })

  it("a body of many wrong fields gets an answer that is smaller than itself", async () => {
    const surprises = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`surprise${index}`, 1]))
    const { json, status, text } = await ask(service, line, post({ ...surprises, ["x".repeat(10_000)]: 1 }))
    expect([status, json.errors.length]).toEqual([400, 50])
    expect(text.length).toBeLessThan(20_000)
  })

  it("the same key answers with the same order, and with another request it is refused", async () => {
    const body = request()
    const headers = idempotent("twice")
    const answers = await Promise.all([1, 2].map(() => ask(service, line, { key: keys.operator, headers, body })))
    const again = await ask(service, line, { key: keys.operator, headers, body })
    // Of two at once the second may find the first still under way; it never becomes a second order.
    expect(again.status).toBe(201)
    expect(again.headers.get("idempotency-replayed")).toBe("true")
    expect(answers.map((one) => one.headers.get("idempotency-replayed"))).toContain(null)
    expect(answers.filter(({ status }) => status === 201).map(({ json }) => json.id)).toContain(again.json.id)
    expect(answers.every(({ json, status }) => status === 201 || json.code === "create-unfinished")).toBe(true)
    const other = await ask(service, line, { key: keys.operator, headers, body: request() })
    expect([other.status, other.json.code]).toEqual([409, "idempotency-conflict"])
  })
})

describe("listing", () => {
  const get = { key: keys.reader }
  it.each<Row>([
    ["all", "GET /v1/orders", get, 200],
    ["two statuses", "GET /v1/orders?status=paid&status=new", get, 200],
    ["one status", "GET /v1/orders?status=paid", get, 200],
    ["a status that is none", "GET /v1/orders?status=done", get, 400, "bad-request"],
    ["a limit", "GET /v1/orders?limit=1", get, 200],
    ["no limit at all", "GET /v1/orders?limit=0", get, 400, "bad-request"],
    ["a limit too large", "GET /v1/orders?limit=201", get, 400, "bad-request"],
    ["a limit that is a word", "GET /v1/orders?limit=many", get, 400, "bad-request"],
    ["a limit of a half", "GET /v1/orders?limit=1.5", get, 400, "bad-request"],
    ["a time that is none", "GET /v1/orders?createdFrom=yesterday", get, 400, "bad-request"],
    ["a time before all times", "GET /v1/orders?createdFrom=-000001-01-01T00:00:00Z", get, 400, "bad-request"],
    ["a place that is none", "GET /v1/orders?after=nowhere", get, 400, "bad-request"],
    ["a place too long", `GET /v1/orders?after=${long}`, get, 400, "bad-request"],
    ["another merchant", "GET /v1/orders?merchant=other", get, 422, "unknown-merchant"],
    ["no key", "GET /v1/orders", {}, 401, "unauthorized"],
    ["payment methods", "GET /v1/orders/{order}/payment-methods", get, 200],
    ["payment methods of none", "GET /v1/orders/ord_NOBODY/payment-methods", get, 404, "order-not-found"],
    [
      "payment methods of another merchant",
      "GET /v1/orders/{order}/payment-methods",
      { key: keys.other },
      404,
      "order-not-found"
    ]
  ])("%s", (...row: ReadonlyArray<unknown>) => check(row as unknown as Row))

  it("pages show every order of the caller once, newest first, whatever is created meanwhile", async () => {
    const made: Array<string> = []
    for (let count = 0; count < 5; count++) made.push((await created(service)).id)
    const seen: Array<string> = []
    let next = ""
    for (let page = 0; page < 3; page++) {
      const { json } = await ask(service, `GET /v1/orders?limit=2${next}`, { key: keys.reader })
      seen.push(...json.orders.map(({ id }: { readonly id: string }) => id))
      next = `&after=${json.next}`
      await created(service)
    }
    // Orders of one millisecond are ordered by id.
    expect(seen.slice(0, 5).toSorted((a, b) => a < b ? -1 : 1)).toEqual(made.toSorted((a, b) => a < b ? -1 : 1))
    const others = await ask(service, "GET /v1/orders", { key: keys.other })
    expect(others.json).toEqual({ orders: [] })
  })
})

describe("an order", () => {
  const get = { key: keys.reader }
  const operate = { key: keys.operator }
  const money = (over: object): Ask => ({
    key: keys.operator,
    body: { paymentId: "{payment}", refundReference: "M", ...over }
  })
  const captured = (over: object): Ask => ({
    key: keys.operator,
    body: { paymentId: "{payment}", captureReference: "c", ...over }
  })
  const eur = (minor: unknown) => ({ amount: { minor, currency: "EUR" } })

  it.each<Row>([
    ["reading", "GET /v1/orders/{order}", get, 200],
    ["reading one that is none", "GET /v1/orders/ord_NOBODY", get, 404, "order-not-found"],
    ["reading a name too long", `GET /v1/orders/${long}`, get, 400, "bad-request"],
    ["reading with a quote", "GET /v1/orders/'%20or%20'1'='1", get, 404, "order-not-found"],
    ["reading an encoded slash", "GET /v1/orders/..%2f..%2fetc", get, 404, "order-not-found"],
    ["reading a zero byte", "GET /v1/orders/%00", get, 400, "bad-request"],
    ["reading a broken escape", "GET /v1/orders/%E0%A4%A", get, 404, "not-found"],
    ["a method that is none", "DELETE /v1/orders/{order}", operate, 405, "method-not-allowed"],
    ["an address that is none", "GET /v1/orders/{order}/nothing", get, 404, "not-found"],
    ["the timeline", "GET /v1/orders/{order}/timeline", get, 200],
    ["the timeline of none", "GET /v1/orders/ord_NOBODY/timeline", get, 404, "order-not-found"],
    ["the explanation", "GET /v1/orders/{order}/explanation", get, 200],
    ["the explanation of none", "GET /v1/orders/ord_NOBODY/explanation", get, 404, "order-not-found"],
    ["the refreshes", "GET /v1/orders/{order}/observations?limit=1", get, 200],
    ["the refreshes before a revision", "GET /v1/orders/{order}/observations?before=2", get, 200],
    ["the refreshes before nothing", "GET /v1/orders/{order}/observations?before=0", get, 400, "bad-request"],
    ["the refreshes before a word", "GET /v1/orders/{order}/observations?before=x", get, 400, "bad-request"],
    ["too many refreshes", "GET /v1/orders/{order}/observations?limit=999", get, 400, "bad-request"],
    ["the looks at none", "GET /v1/orders/ord_NOBODY/observations", get, 404, "order-not-found"],
    [
      "the refreshes of another merchant",
      "GET /v1/orders/{order}/observations",
      { key: keys.other },
      404,
      "order-not-found"
    ],
    ["the refreshes without key", "GET /v1/orders/{order}/observations", {}, 401, "unauthorized"],
    ["refreshing", "POST /v1/orders/{order}/refresh", operate, 200],
    ["refreshing none", "POST /v1/orders/ord_NOBODY/refresh", operate, 404, "order-not-found"],
    ["cancelling none", "POST /v1/orders/ord_NOBODY/cancel", operate, 404, "order-not-found"],
    ["a refund of no body", "POST /v1/orders/{order}/refunds", operate, 400, "bad-request"],
    [
      "a refund without payment",
      "POST /v1/orders/{order}/refunds",
      { ...operate, body: { refundReference: "M" } },
      400,
      "bad-request"
    ],
    [
      "a refund without reference",
      "POST /v1/orders/{order}/refunds",
      { ...operate, body: { paymentId: "1" } },
      400,
      "bad-request"
    ],
    ["a refund of nothing", "POST /v1/orders/{order}/refunds", money(eur(0)), 400, "bad-request"],
    ["a refund below zero", "POST /v1/orders/{order}/refunds", money(eur(-1)), 400, "bad-request"],
    ["a refund of a fraction", "POST /v1/orders/{order}/refunds", money(eur(0.5)), 400, "bad-request"],
    ["a refund of text", "POST /v1/orders/{order}/refunds", money(eur("100")), 400, "bad-request"],
    [
      "a refund too large for Docdata",
      "POST /v1/orders/{order}/refunds",
      money(eur(2 ** 31)),
      400,
      "bad-request"
    ],
    [
      "a refund with a reference too long",
      "POST /v1/orders/{order}/refunds",
      money({ refundReference: long }),
      400,
      "bad-request"
    ],
    ["a refund with a surprise", "POST /v1/orders/{order}/refunds", money({ iban: "x" }), 400, "bad-request"],
    [
      "a refund of another payment",
      "POST /v1/orders/{order}/refunds",
      money({ paymentId: "999" }),
      404,
      "payment-not-found"
    ],
    ["a refund of an order that is none", "POST /v1/orders/ord_NOBODY/refunds", money({}), 404, "order-not-found"],
    [
      "a refund of more than there is",
      "POST /v1/orders/{order}/refunds",
      money(eur(4991)),
      422,
      "amount-too-large"
    ],
    ["a refund of a part", "POST /v1/orders/{order}/refunds", money({ ...eur(990), refundReference: "part" }), 202],
    ["the same refund again", "POST /v1/orders/{order}/refunds", money({ ...eur(990), refundReference: "part" }), 202],
    ["a refund of what is left", "POST /v1/orders/{order}/refunds", money({ refundReference: "rest" }), 202],
    [
      "a refund of what is no more",
      "POST /v1/orders/{order}/refunds",
      money({ refundReference: "more" }),
      409,
      "wrong-state"
    ],
    [
      "a capture of what is captured",
      "POST /v1/orders/{order}/captures",
      captured({}),
      409,
      "wrong-state"
    ],
    ["a capture of text", "POST /v1/orders/{order}/captures", captured(eur("1")), 400, "bad-request"],
    [
      "a capture of another payment",
      "POST /v1/orders/{order}/captures",
      captured({ paymentId: "999" }),
      404,
      "payment-not-found"
    ]
  ])("%s: %s", (...row: ReadonlyArray<unknown>) => check(row as unknown as Row))
})

describe("a capture or refund that breaks a rule", () => {
  it.each([
    ["a description too long", { description: "x".repeat(251) }, "description"],
    ["a day that does not exist", { notBefore: "2026-02-31" }, "notBefore"],
    ["a day with a time", { notBefore: "2026-02-01T00:00:00Z" }, "notBefore"],
    ["a character that XML cannot carry", { description: "a\uFFFE" }, "description"],
    ["half of a character", { description: "a\ud800" }, "description"],
    ["an account without IBAN", { account: { holderName: "N", holderCity: "C", holderCountry: "NL" } }, "account.iban"],
    ["an amount without currency", { amount: { minor: 1 } }, "amount.currency"]
  ])("is refused for %s before its reference is used", async (_what, over, path) => {
    const own = await created(service)
    const payment = await act(service, { do: "pay", orderKey: own.orderKey })
    await ask(service, `POST /v1/orders/${own.id}/refresh`, { key: keys.operator })
    const refund = (body: object) =>
      ask(service, `POST /v1/orders/${own.id}/refunds`, {
        key: keys.operator,
        body: { paymentId: payment, refundReference: "R1", ...body }
      })
    const refused = await refund(over)
    expect([refused.status, refused.json.code, refused.json.errors[0].path]).toEqual([400, "bad-request", path])
    const listed = await ask(service, `GET /v1/orders/${own.id}/refunds`, { key: keys.reader })
    expect(listed.json).toEqual({ refunds: [] })
    expect((await refund({})).status).toBe(202)
  })

  it.each([["refunds", "refundReference"], ["captures", "captureReference"]])(
    "of %s is refused for a reference of blanks",
    async (resource, name) => {
      const { json, status } = await ask(service, `POST /v1/orders/${order.id}/${resource}`, {
        key: keys.operator,
        body: { paymentId, [name]: "   " }
      })
      expect([status, json.errors]).toEqual([400, [{ path: name, message: expect.stringMatching(/not blank/) }]])
    }
  )

  it("is refused for another currency than the payment's", async () => {
    const { json, status } = await ask(service, `POST /v1/orders/${order.id}/refunds`, {
      key: keys.operator,
      body: { paymentId, refundReference: "usd", amount: { minor: 1, currency: "USD" } }
    })
    expect([status, json.code, json.errors]).toEqual([422, "request-refused", [
      { path: "amount.currency", message: "the payment is in EUR" }
    ]])
  })

  it("a refund takes a bank account and a first day, a capture a first day", async () => {
    const own = await created(service)
    const payment = await act(service, { do: "authorize", orderKey: own.orderKey, method: "VISA" })
    await ask(service, `POST /v1/orders/${own.id}/refresh`, { key: keys.operator })
    const capture = await ask(service, `POST /v1/orders/${own.id}/captures`, {
      key: keys.operator,
      body: { paymentId: payment, captureReference: "C", notBefore: "2026-12-01" }
    })
    expect([capture.status, capture.json]).toMatchObject([202, {
      kind: "capture",
      captureReference: "C",
      amount: { minor: 4990, currency: "EUR" }
    }])
    const account = { holderName: "Test Buyer", holderCity: "Zwolle", holderCountry: "NL", iban: "NL02INGB0000000000" }
    const refund = await ask(service, `POST /v1/orders/${order.id}/refunds`, {
      key: keys.operator,
      body: { paymentId: "999", refundReference: "A", notBefore: "2026-12-01", account }
    })
    // As far as to the payment, which is not there: the request itself is right.
    expect([refund.status, refund.json.code]).toEqual([404, "payment-not-found"])
    expect(refund.text).not.toContain("INGB")
  })
})

describe("an order by Docdata's names", () => {
  it.each([["orderReference"], ["orderKey"]] as const)(
    "is found by its %s, and by its merchant's keys only",
    async (name) => {
      const query = `${name}=${order[name]}`
      const { json } = await ask(service, `GET /v1/orders?${query}`, { key: keys.reader })
      expect(json.orders).toMatchObject([{ id: order.id, [name]: order[name] }])
      expect((await ask(service, `GET /v1/orders?${query}`, { key: keys.other })).json).toEqual({ orders: [] })
      const beside = await ask(service, `GET /v1/orders?${query}&limit=1`, { key: keys.reader })
      expect([beside.status, beside.json.code]).toEqual([400, "bad-request"])
    }
  )
})

describe("another method", () => {
  it.each([
    ["DELETE /v1/orders", "GET, POST"],
    ["PUT /v1/orders/{order}", "GET"],
    ["PUT /v1/orders/{order}/refunds", "GET, POST"],
    ["PATCH /v1/orders/{order}/cancel/", "POST"],
    ["DELETE /healthz", "GET"],
    ["POST /openapi.json", "GET"]
  ])("%s: 405, and %s is allowed", async (line, allow) => {
    const { headers, json, status } = await ask(service, line.replace("{order}", order.id), { key: keys.operator })
    expect([status, json.code, headers.get("allow")]).toEqual([405, "method-not-allowed", allow])
  })
})

describe("an address with nothing", () => {
  it.each([["GET /"], ["GET /v1/nothing"]])("%s: 404 names where the reference is", async (line) => {
    const { json, status } = await ask(service, line, { key: keys.operator })
    expect([status, json.code]).toEqual([404, "not-found"])
    expect(json.detail).toMatch(/\/docs.*\/openapi\.json/)
  })
})

describe("looks", () => {
  it("come in pages, newest first, with the decision and without texts of the report", async () => {
    const own = await created(service)
    const read = async (query: string) =>
      (await ask(service, `GET /v1/orders/${own.id}/observations${query}`, { key: keys.reader })).json
    for (let refresh = 0; refresh < 3; refresh++) {
      await ask(service, `POST /v1/orders/${own.id}/refresh`, { key: keys.operator })
    }
    const first = await read("?limit=2")
    const second = await read(`?limit=2&before=${first.next}`)
    const revisions = [...first.observations, ...second.observations].map(({ revision }) => revision)
    expect(revisions).toEqual(revisions.toSorted((a, b) => b - a))
    expect(revisions).toHaveLength(3)
    expect(first.observations[0]).toMatchObject({
      observedBy: "operator",
      rules: "strict",
      decision: { status: "new", rule: "no-attempt-new" }
    })
    expect(Object.keys(first.observations[0])).not.toContain("report")
  })
})
