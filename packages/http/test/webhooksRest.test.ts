/**
 * Webhook endpoints and deliveries over the REST API.
 */
import { OrderStore, Outbox, relayAttemptsMax, relayEvents, WebhookEndpoints, WorkCapacity } from "@docdata/application"
import { claimFor, deadLetter } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Webhook } from "standardwebhooks"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type Manner, startReceiver } from "./support/receiver.ts"
import { type Ask, ask, keys, type Service, startService } from "./support/service.ts"
import { storedOrder } from "./support/orders.ts"

let service: Service
const ends: Array<() => Promise<void>> = []

beforeAll(async () => {
  service = await startService()
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  for (const { id } of await service.run(WebhookEndpoints.use((endpoints) => endpoints.all()))) {
    await service.run(WebhookEndpoints.use((endpoints) => endpoints.remove(id)))
  }
})
afterAll(() => service.close())

const at = "/v1/webhook-endpoints"

const call = async (line: string, asked: Ask = {}, status = 200) => {
  const answer = await ask(service, line, { key: keys.admin, ...asked })
  expect([answer.status, answer.json?.code]).toEqual([status, undefined])
  return answer.json
}

const refused = async (line: string, asked: Ask) => {
  const { headers, json, status, text } = await ask(service, line, { key: keys.admin, ...asked })
  expect(headers.get("content-type")).toBe("application/problem+json")
  expect(text).not.toMatch(/whsec_|whmk_|hush/)
  return [status, json.code]
}

const add = (body: Readonly<Record<string, unknown>> = {}, asked: Ask = {}) =>
  call(`POST ${at}`, { body: { url: "https://shop.example/hooks", ...body }, ...asked }, 201)

const receiving = async (answer: number | Manner) => {
  const receiver = await startReceiver(answer)
  ends.push(receiver.close)
  return receiver
}

let orderCount = 100

/** Tells one event of a new order to the endpoints, and answers its id. */
const publish = async (): Promise<string> => {
  const [event] = await service.run(Effect.gen(function*() {
    const order = yield* storedOrder(++orderCount)
    const store = yield* OrderStore
    const endpoints = yield* (yield* WebhookEndpoints).all()
    const { events } = yield* store.commit({
      orderId: order.id,
      expectedRevision: order.revision,
      committedAtMs: Date.now(),
      state: order.state,
      payments: [],
      events: [{ type: "return.visited", callback: "success" }],
      subscribers: endpoints.map(({ id }) => id),
      modifications: [],
      anomalies: [],
      nextRefreshAtMs: undefined,
      quietRefreshes: 0
    })
    return events
  }))
  return event!.id
}

const relay = () => service.run(Effect.provide(relayEvents(), WorkCapacity.layer))

describe("endpoints", () => {
  it("an added one shows its secret once, and is listed and read without it", async () => {
    const added = await add({ eventTypes: ["order.status_changed"] })
    expect(added).toMatchObject({
      url: "https://shop.example/hooks",
      merchants: ["shop"],
      eventTypes: ["order.status_changed"],
      signature: "v1",
      keyVersion: 1,
      health: { consecutiveFailures: 0 }
    })
    const { secret, ...shown } = added
    expect(secret).toMatch(/^whsec_/)
    expect(await call(`GET ${at}/${added.id}`, { key: keys.reader })).toEqual(shown)
    expect(await call(`GET ${at}`, { key: keys.reader })).toEqual({ endpoints: [shown] })
  })

  it("an address is shown without its query to keys that are not for admin: it may hold a token", async () => {
    const [whole, part] = ["https://shop.example/hooks?token=hush#x", "https://shop.example/hooks"]
    const { id, url } = await add({ url: whole })
    expect([url, (await call(`POST ${at}/${id}/rotate`)).url]).toEqual([whole, whole])
    for (const [key, shown] of [[keys.admin, whole], [keys.operator, part], [keys.reader, part]] as const) {
      expect((await call(`GET ${at}/${id}`, { key })).url).toBe(shown)
      expect((await call(`GET ${at}`, { key })).endpoints.map((one: { readonly url: string }) => one.url)).toEqual([
        shown
      ])
    }
  })

  it("one with v1a signatures shows its public key always, and never a secret", async () => {
    const { id, publicKey, secret } = await add({ signature: "v1a" })
    expect([publicKey, secret]).toEqual([expect.stringMatching(/^whpk_/), undefined])
    expect(await call(`GET ${at}/${id}`)).toMatchObject({ publicKey })
    expect(await call(`POST ${at}/${id}/rotate`)).not.toMatchObject({ publicKey })
  })

  it("a rotation shows another secret, and says until when the one before signs too", async () => {
    const added = await add()
    const rotated = await call(`POST ${at}/${added.id}/rotate`)
    expect(rotated).toMatchObject({ keyVersion: 2, previousKeyUntil: expect.any(String) })
    expect(Date.parse(rotated.previousKeyUntil)).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    expect(rotated.secret).not.toBe(added.secret)
    const receiver = await receiving(204)
    await service.run(WebhookEndpoints.use((endpoints) => endpoints.remove(added.id)))
    const reachable = await add({ url: receiver.url })
    const after = await call(`POST ${at}/${reachable.id}/rotate`)
    await call(`POST ${at}/${reachable.id}/test`)
    const { body, headers } = receiver.received[0]!
    for (const secret of [reachable.secret, after.secret]) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: "webhook.test"
      })
    }
  })

  it("disabling and enabling are seen, and may be repeated", async () => {
    const { id } = await add()
    const disabled = await call(`POST ${at}/${id}/disable`)
    expect(disabled.disabled).toEqual({ because: "by-hand", since: expect.any(String) })
    expect(await call(`POST ${at}/${id}/disable`)).toEqual(disabled)
    expect((await call(`POST ${at}/${id}/enable`)).disabled).toBeUndefined()
    expect((await call(`POST ${at}/${id}/enable`)).disabled).toBeUndefined()
  })

  it("a removed one is gone", async () => {
    const { id } = await add()
    await call(`DELETE ${at}/${id}`, {}, 204)
    expect(await refused(`GET ${at}/${id}`, {})).toEqual([404, "endpoint-not-found"])
    expect(await refused(`DELETE ${at}/${id}`, {})).toEqual([404, "endpoint-not-found"])
  })

  it.each<[number | Manner, unknown]>([
    [204, { delivered: true, status: 204 }],
    [500, { delivered: false, status: 500 }],
    [(response) => response.destroy(), { delivered: false, fault: "ECONNRESET" }]
  ])("a test says what the receiver made of it, and changes nothing (%#)", async (answer, outcome) => {
    const receiver = await receiving(answer)
    const { id } = await add({ url: receiver.url })
    const before = await call(`GET ${at}/${id}`)
    expect(await call(`POST ${at}/${id}/test`, { key: keys.operator })).toEqual({
      durationMs: expect.any(Number),
      ...outcome as object
    })
    expect(await call(`GET ${at}/${id}`)).toEqual(before)
  })
})

describe("deliveries", () => {
  it("one that was refused waits, with its attempts, and comes when it is redelivered", async () => {
    let status = 500
    const receiver = await receiving((response) => response.writeHead(status).end())
    const { id } = await add({ url: receiver.url })
    const eventId = await publish()
    expect(await call(`GET ${at}/${id}/deliveries/${eventId}`)).toMatchObject({
      state: "waiting",
      attemptCount: 0,
      attempts: []
    })
    await relay()
    const waiting = await call(`GET ${at}/${id}/deliveries/${eventId}`, { key: keys.reader })
    expect(waiting).toMatchObject({
      eventId,
      merchant: "shop",
      type: "return.visited",
      state: "waiting",
      attemptCount: 1,
      notBefore: expect.any(String),
      attempts: [{ at: expect.any(String), durationMs: expect.any(Number), status: 500 }]
    })
    status = 204
    const again = await call(`POST ${at}/${id}/deliveries/${eventId}/redeliver`, { key: keys.operator })
    expect(Date.parse(again.notBefore)).toBeLessThanOrEqual(Date.now())
    await relay()
    expect(await call(`GET ${at}/${id}/deliveries/${eventId}`)).toMatchObject({
      state: "delivered",
      attempts: [{ status: 500 }, { status: 204 }]
    })
    expect(await call(`GET ${at}/${id}`)).toMatchObject({ health: { consecutiveFailures: 0 } })
  })

  it("are listed by state in pages, newest first", async () => {
    const { id } = await add()
    const published = [await publish(), await publish(), await publish()]
    const first = await call(`GET ${at}/${id}/deliveries?state=waiting&limit=2`, { key: keys.reader })
    expect(first.deliveries).toHaveLength(2)
    const rest = await call(`GET ${at}/${id}/deliveries?state=waiting&limit=2&after=${first.next}`)
    const ids = [...first.deliveries, ...rest.deliveries].map(({ eventId }: { readonly eventId: string }) => eventId)
    expect(ids).toEqual(published.toReversed())
    expect(rest.next).toBeUndefined()
    expect(await call(`GET ${at}/${id}/deliveries?state=dead-lettered`)).toEqual({ deliveries: [] })
  })

  it("those that were dead-lettered since an instant are opened again, the others stay", async () => {
    const { id } = await add()
    const published = [await publish(), await publish(), await publish()]
    await service.run(Effect.gen(function*() {
      const outbox = yield* Outbox
      yield* claimFor(outbox, {
        subscriber: id,
        nowMs: Date.now(),
        leaseUntilMs: Date.now() + 1000,
        limit: 9,
        claim: "c"
      })
      for (const [index, eventId] of published.entries()) {
        const name = { subscriber: id, eventId, claim: "c" }
        yield* deadLetter(outbox, name, { reason: `tried ${relayAttemptsMax} times`, atMs: 1_000 + index })
      }
    }))
    const asked: Ask = { body: { deadLetteredFrom: "1970-01-01T00:00:01.001Z" }, key: keys.operator }
    const fromMs = Date.now()
    const opened = await call(`POST ${at}/${id}/redeliver`, asked)
    expect(opened).toEqual({ opened: 2, more: false, deadLetteredUntil: expect.any(String) })
    expect(Date.parse(opened.deadLetteredUntil)).toBeGreaterThanOrEqual(fromMs)
    expect(await call(`POST ${at}/${id}/redeliver`, asked)).toMatchObject({ opened: 0, more: false })
    const before: Ask = {
      body: { deadLetteredFrom: "1970-01-01T00:00:00Z", deadLetteredUntil: "1970-01-01T00:00:01Z" },
      key: keys.operator
    }
    expect(await call(`POST ${at}/${id}/redeliver`, before)).toEqual({
      opened: 0,
      more: false,
      deadLetteredUntil: "1970-01-01T00:00:01.000Z"
    })
    expect((await call(`GET ${at}/${id}/deliveries?state=dead-lettered`)).deliveries).toMatchObject([
      { eventId: published[0], deadLettered: { at: "1970-01-01T00:00:01.000Z", reason: "tried 38 times" } }
    ])
  })

  it("what an endpoint was not told of cannot be redelivered to it", async () => {
    const { id } = await add()
    const eventId = await publish()
    const other = await add({ merchants: ["other"] }, { key: keys.all })
    const line = `POST ${at}/${other.id}/deliveries/${eventId}/redeliver`
    expect(await refused(line, { key: keys.all })).toEqual([404, "delivery-not-found"])
    expect(await refused(`GET ${at}/${id}/deliveries/nothing`, {})).toEqual([404, "delivery-not-found"])
  })
})

describe("who may", () => {
  const bad = Redacted.make("dk_nobody")
  const changing = ["", "/rotate", "/enable", "/disable"]

  it("keys without the scope admin change nothing, reading keys send nothing", async () => {
    const { id } = await add()
    const eventId = await publish()
    for (const key of [keys.operator, keys.reader]) {
      const body = { url: "https://shop.example/hooks" }
      expect(await refused(`POST ${at}`, { key, body })).toEqual([403, "forbidden"])
      expect(await refused(`DELETE ${at}/${id}`, { key })).toEqual([403, "forbidden"])
      for (const end of changing.slice(1)) {
        expect(await refused(`POST ${at}/${id}${end}`, { key })).toEqual([403, "forbidden"])
      }
    }
    const asked: Ask = { key: keys.reader, body: { deadLetteredFrom: "1970-01-01T00:00:00Z" } }
    expect(await refused(`POST ${at}/${id}/test`, { key: keys.reader })).toEqual([403, "forbidden"])
    expect(await refused(`POST ${at}/${id}/redeliver`, asked)).toEqual([403, "forbidden"])
    const again = `POST ${at}/${id}/deliveries/${eventId}/redeliver`
    expect(await refused(again, { key: keys.reader })).toEqual([403, "forbidden"])
  })

  it("nobody without a key", async () => {
    for (
      const line of [
        `GET ${at}`,
        `POST ${at}`,
        `GET ${at}/whe_1`,
        `DELETE ${at}/whe_1`,
        `POST ${at}/whe_1/test`,
        `GET ${at}/whe_1/deliveries?state=dead-lettered`,
        `POST ${at}/whe_1/redeliver`
      ]
    ) expect(await refused(line, { key: bad })).toEqual([401, "unauthorized"])
  })

  it("an endpoint of other merchants, or of all, is not there", async () => {
    const other = await add({ merchants: ["other"] }, { key: keys.all })
    const all = await add({}, { key: keys.all })
    const both = await add({ merchants: ["shop", "other"] }, { key: keys.all })
    expect(all.merchants).toBe("all")
    for (const { id } of [other, all, both]) {
      for (
        const line of [
          `GET ${at}/${id}`,
          `DELETE ${at}/${id}`,
          ...["rotate", "enable", "disable", "test"].map((verb) => `POST ${at}/${id}/${verb}`),
          `GET ${at}/${id}/deliveries?state=dead-lettered`,
          `GET ${at}/${id}/deliveries/ord_1-2-0`,
          `POST ${at}/${id}/deliveries/ord_1-2-0/redeliver`
        ]
      ) expect(await refused(line, {}), line).toEqual([404, "endpoint-not-found"])
    }
    expect(await call(`GET ${at}`)).toEqual({ endpoints: [] })
    expect((await call(`GET ${at}`, { key: keys.all })).endpoints).toHaveLength(3)
  })
})

describe("what is refused", () => {
  const url = "https://shop.example/hooks"
  const long = "x".repeat(3_000)

  it.each<[string, unknown, number, string]>([
    ["no address", {}, 400, "bad-request"],
    ["an empty address", { url: "" }, 400, "bad-request"],
    ["an address that is too long", { url: `https://shop.example/${long}` }, 400, "bad-request"],
    ["an address of another type", { url: 5 }, 400, "bad-request"],
    ["no address at all", { url: "shop.example/hooks" }, 422, "address-refused"],
    ["plain http", { url: "http://shop.example/hooks" }, 422, "address-refused"],
    ["another scheme", { url: "ftp://shop.example/hooks" }, 422, "address-refused"],
    ["a private address", { url: "https://192.168.0.7/hooks" }, 422, "address-refused"],
    ["the address of metadata", { url: "https://169.254.169.254/latest" }, 422, "address-refused"],
    ["a private address in other digits", { url: "https://0x0a000001/" }, 422, "address-refused"],
    ["credentials", { url: "https://user:hush@shop.example/" }, 422, "address-refused"],
    ["another merchant", { url, merchants: ["other"] }, 422, "unknown-merchant"],
    ["another merchant beside ours", { url, merchants: ["shop", "other"] }, 422, "unknown-merchant"],
    ["no merchant", { url, merchants: [] }, 400, "bad-request"],
    ["merchants of another type", { url, merchants: "shop" }, 400, "bad-request"],
    ["no type", { url, eventTypes: [] }, 400, "bad-request"],
    ["an unknown type", { url, eventTypes: ["order.eaten"] }, 400, "bad-request"],
    ["too many types", { url, eventTypes: Array.from({ length: 101 }, () => "order.created") }, 400, "bad-request"],
    ["an unknown signature", { url, signature: "v2" }, 400, "bad-request"],
    ["a secret of their own", { url, secret: "hush" }, 400, "bad-request"],
    ["a list", [url], 400, "bad-request"],
    ["no JSON", "{", 400, "bad-request"]
  ])("adding an endpoint with %s", async (_what, body, status, code) => {
    expect(await refused(`POST ${at}`, { body })).toEqual([status, code])
    expect(await call(`GET ${at}`)).toEqual({ endpoints: [] })
  })

  it.each<[string, string]>([
    ["no state", ""],
    ["an unknown state", "?state=lost"],
    ["two states", "?state=dead-lettered&state=waiting"],
    ["a page of none", "?state=dead-lettered&limit=0"],
    ["a page that is too long", "?state=dead-lettered&limit=201"],
    ["a page of no number", "?state=dead-lettered&limit=all"],
    ["a place that is none", "?state=dead-lettered&after=nowhere"],
    ["a place that is too long", `?state=dead-lettered&after=${long}`]
  ])("listing deliveries with %s", async (_what, query) => {
    const { id } = await add()
    expect(await refused(`GET ${at}/${id}/deliveries${query}`, {})).toEqual([400, "bad-request"])
  })

  it.each<[string, unknown]>([
    ["no instant", {}],
    ["an instant that is none", { deadLetteredFrom: "yesterday" }],
    ["half a millisecond", { deadLetteredFrom: "1970-01-01T00:00:00.0005Z" }],
    ["a day that is none", { deadLetteredFrom: "2026-02-31T00:00:00Z" }],
    ["more than that", { deadLetteredFrom: "1970-01-01T00:00:00Z", limit: 5 }]
  ])("redelivering with %s", async (_what, body) => {
    const { id } = await add()
    expect(await refused(`POST ${at}/${id}/redeliver`, { body })).toEqual([400, "bad-request"])
  })

  it("an id that is too long", async () => {
    expect(await refused(`GET ${at}/${"x".repeat(101)}`, {})).toEqual([400, "bad-request"])
  })

  it("more endpoints than there may be", async () => {
    await service.run(
      WebhookEndpoints.use((endpoints) =>
        Effect.forEach(
          Array.from({ length: 100 }, (_, index) => index),
          (index) =>
            endpoints.add({
              id: `whe_${index}`,
              merchants: ["shop"],
              url,
              types: "all",
              signature: "v1",
              createdAtMs: index
            })
        )
      )
    )
    expect(await refused(`POST ${at}`, { body: { url } })).toEqual([409, "too-many-endpoints"])
  })
})
