/**
 * What the groups beside orders answer when they are asked well: payments, events, anomalies, merchants.
 */
import { Anomalies, OrderStore } from "@docdata/application"
import { FakeProvider } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { act, ask, created, keys, request, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const operate = { key: keys.operator }

describe("paying without the menu", () => {
  it("answers where to send the shopper, who comes back to this service, and puts the order in progress", async () => {
    const { id } = await created(service)
    const payment = { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } }
    const started = await ask(service, `POST /v1/orders/${id}/start`, { ...operate, body: { payment } })
    expect([started.status, started.json.payment.outcome, started.json.redirect.method]).toEqual([
      201,
      "Accepted",
      "GET"
    ])
    expect(started.json.redirect.url).toMatch(/^https:\/\/bank\.invalid\//)
    expect(started.json.order).toMatchObject({ id, status: "in_progress" })
    const { paymentId } = started.json.payment
    const proceeded = await ask(service, `POST /v1/orders/${id}/proceed`, {
      ...operate,
      body: { paymentId, result: { _tag: "Kbc", context: "what the browser brought" } }
    })
    expect([proceeded.status, proceeded.json.payment]).toEqual([
      200,
      { outcome: "Accepted", paymentId, status: "AUTHORIZED" }
    ])
    expect(proceeded.json.order).toMatchObject({ id, status: "paid" })
  })

  it("charges a series once for a period, whatever order asks again", async () => {
    const { json: first } = await ask(service, "POST /v1/orders", {
      ...operate,
      headers: { "idempotency-key": "series-1-first" },
      body: request({ order: { ...request().order, recurringReference: "series-1" } })
    })
    const orderKey = new URL(first.menuUrl).searchParams.get("payment_cluster_key") ?? ""
    await act(service, { do: "pay", orderKey, method: "VISA" })
    const [one, other] = [await created(service), await created(service)]
    const charge = (id: string, body: object) =>
      ask(service, `POST /v1/orders/${id}/charge-recurring`, { ...operate, body })
    const november = { series: "series-1", period: "2026-11" }
    const charged = await charge(one.id, november)
    expect([charged.status, charged.json.payment.outcome, charged.json.order.id]).toEqual([201, "Accepted", one.id])
    for (const { id } of [one, other]) {
      const again = await charge(id, november)
      expect([again.status, again.json.code]).toEqual([409, "already-charged"])
    }
    expect((await charge(other.id, { ...november, period: "2026-12" })).status).toBe(201)
  })

  it("tells the provider's code of a refusal, and none of its texts", async () => {
    const { id } = await created(service)
    await service.run(Effect.flatMap(FakeProvider, ({ declineNext }) => declineNext))
    const payment = { _tag: "WithInput", input: { _tag: "DirectDebit", iban: "NL91ABNA0417164300" } }
    const started = await ask(service, `POST /v1/orders/${id}/start`, { ...operate, body: { payment } })
    expect([started.status, started.json.payment.outcome, started.json.payment.code]).toEqual([
      201,
      "Failed",
      expect.stringMatching(/^[A-Z_]+$/)
    ])
    expect(Object.keys(started.json.payment)).not.toContain("message")
    expect(started.text).not.toContain("ABNA")
  })

  it.each([
    ["a card number", { _tag: "WithInput", input: { _tag: "Card", number: "4111111111111111" } }],
    ["a card number beside", {
      _tag: "WithInput",
      input: { _tag: "Ideal", issuerId: "I" },
      cardNumber: "4111111111111111"
    }],
    ["a repeat of a series", { _tag: "Recurring", recurringReference: "series-1" }]
  ])("takes no %s", async (_what, payment) => {
    const { id } = await created(service)
    const { json, status, text } = await ask(service, `POST /v1/orders/${id}/start`, { ...operate, body: { payment } })
    expect([status, json.code]).toEqual([400, "bad-request"])
    expect(text).not.toContain("4111")
  })
})

describe("the menu's address", () => {
  it("chooses language, method and bank, and brings shoppers back here", async () => {
    const { id, orderKey } = await created(service)
    const query = "client_language=de&default_pm=IDEAL&default_act=true&ideal_issuer_id=INGBNL2A"
    const { json } = await ask(service, `GET /v1/orders/${id}/menu-url?${query}`, { key: keys.reader })
    const address = new URL(json.url)
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      payment_cluster_key: orderKey,
      client_language: "de",
      default_pm: "IDEAL",
      default_act: "true",
      ideal_issuer_id: "INGBNL2A",
      return_url_success: expect.stringMatching(/^https:\/\/pay\.shop\.example\/docdata\/return\?/)
    })
    const plain = await ask(service, `GET /v1/orders/${id}/menu-url`, { key: keys.reader })
    const shown = await ask(service, `GET /v1/orders/${id}`, { key: keys.reader })
    expect(plain.json.url).toBe(shown.json.menuUrl)
  })

  it("skips no menu without a method", async () => {
    const { id } = await created(service)
    const { json, status } = await ask(service, `GET /v1/orders/${id}/menu-url?default_act=true`, { key: keys.reader })
    expect([status, json.code]).toEqual([422, "request-refused"])
  })
})

describe("the life of an order", () => {
  it("expires an order that nobody began to pay", async () => {
    const { id } = await created(service)
    expect((await ask(service, `POST /v1/orders/${id}/expire`, operate)).json).toMatchObject({ id, status: "expired" })
  })

  it("holds an order that was paid after it was closed, says so as an anomaly, and lets it go", async () => {
    const { id, orderKey } = await created(service)
    await ask(service, `POST /v1/orders/${id}/expire`, operate)
    await act(service, { do: "pay", orderKey })
    const held = await ask(service, `POST /v1/orders/${id}/refresh`, operate)
    expect(held.json).toMatchObject({ status: "paid", fulfilment: "wait", hold: "paid-after-close" })
    const { json: { anomalies } } = await ask(service, `GET /v1/anomalies?orderId=${id}`, { key: keys.reader })
    expect(anomalies).toMatchObject([{ kind: "paid-after-close", level: "error", state: "open", merchant: "shop" }])
    const free = await ask(service, `POST /v1/orders/${id}/clear-hold`, operate)
    expect(free.json).toMatchObject({ cleared: "paid-after-close", order: { status: "paid", fulfilment: "ship" } })
    expect(free.json.order).not.toHaveProperty("hold")
    const after = await ask(service, `GET /v1/anomalies?orderId=${id}`, { key: keys.reader })
    expect(after.json.anomalies).toMatchObject([{ id: anomalies[0].id, state: "resolved" }])
  })
})

describe("a capture that was never answered", () => {
  it("is listed as unclear, is resolved when it can be on its way no more, and says by whom", async () => {
    const { id, orderKey } = await created(service)
    const paymentId = await act(service, { do: "authorize", orderKey, method: "VISA" })
    await ask(service, `POST /v1/orders/${id}/refresh`, operate)
    const reason = { _tag: "TransportFailure", obstacle: "deadline", sent: "unknown", retryable: false } as const
    await service.run(
      Effect.flatMap(FakeProvider, ({ plan }) => plan({ operation: "capture", executed: false, reason }))
    )
    const asked = await ask(service, `POST /v1/orders/${id}/captures`, {
      ...operate,
      body: { paymentId, captureReference: "C1" }
    })
    expect([asked.status, asked.json.code]).toEqual([502, "outcome-unknown"])
    const again = await ask(service, `POST /v1/orders/${id}/captures`, {
      ...operate,
      body: { paymentId, captureReference: "C1" }
    })
    expect([again.status, again.json.state]).toEqual([202, "unclear"])
    const { json } = await ask(service, `GET /v1/orders/${id}/modifications`, { key: keys.reader })
    expect(json.modifications).toMatchObject([
      { kind: "capture", captureReference: "C1", state: "unclear", amount: { minor: 4990, currency: "EUR" } }
    ])
    const verdict = { kind: "capture", reference: "C1", outcome: "failed", evidence: "back-office" }
    const line = `POST /v1/orders/${id}/modifications/resolve`
    const early = await ask(service, line, { ...operate, body: verdict })
    expect([early.status, early.json.code]).toEqual([409, "wrong-state"])
    // As if it had been asked for an hour ago.
    await service.run(Effect.gen(function*() {
      const store = yield* OrderStore
      const { order, payments } = yield* store.read({ by: "id", id })
      const modifications = yield* store.modifications(id)
      yield* store.commit({
        orderId: id,
        expectedRevision: order.revision,
        committedAtMs: order.createdAtMs,
        state: order.state,
        payments,
        events: [],
        subscribers: [],
        modifications: modifications.map((one) => ({ ...one, requestedAtMs: one.requestedAtMs - 3_600_000 })),
        nextRefreshAtMs: undefined,
        quietRefreshes: 0
      })
    }))
    const resolved = await ask(service, line, { ...operate, body: verdict })
    expect([resolved.status, resolved.json.state]).toEqual([200, "failed"])
    expect((await ask(service, line, { ...operate, body: verdict })).json).toEqual(resolved.json)
    const events = await ask(service, `GET /v1/events?orderId=${id}&type=modification.resolved`, { key: keys.reader })
    expect(events.json.events).toMatchObject([{ data: { ...verdict, by: "operator" } }])
    const other = await ask(service, line, { ...operate, body: { ...verdict, reference: "C2" } })
    expect([other.status, other.json.code]).toEqual([404, "modification-not-found"])
  })
})

describe("a capture or refund that was certainly not done", () => {
  const failing = { _tag: "TransportFailure", obstacle: "connect-refused", sent: "not-sent", retryable: true } as const
  const refusing = {
    _tag: "Rejected",
    kind: "refused",
    errors: [{ code: "REQUEST_DATA_INCORRECT", message: "x" }]
  } as const

  it.each(
    [
      ["capture", failing, 503, "provider-unavailable"],
      ["refund", failing, 503, "provider-unavailable"],
      ["refund", refusing, 422, "provider-refused"]
    ] as const
  )("gives its reference back: %s", async (operation, reason, status, code) => {
    const { id, orderKey } = await created(service)
    const paymentId = operation === "capture"
      ? await act(service, { do: "authorize", orderKey, method: "VISA" })
      : await act(service, { do: "pay", orderKey })
    await ask(service, `POST /v1/orders/${id}/refresh`, operate)
    await service.run(Effect.flatMap(FakeProvider, ({ plan }) => plan({ operation, executed: false, reason })))
    const calls = async () =>
      (await service.run(Effect.flatMap(FakeProvider, (provider) => provider.calls)))
        .filter((call) => call.operation === operation).length
    const move = (reference: string) =>
      ask(service, `POST /v1/orders/${id}/${operation}s`, {
        ...operate,
        body: { paymentId, [`${operation}Reference`]: reference }
      })
    const first = await move("M1")
    expect([first.status, first.json.code]).toEqual([status, code])
    const before = await calls()
    for (let repetition = 0; repetition < 2; repetition++) {
      const again = await move("M1")
      expect([again.status, again.json.state]).toEqual([202, "filed"])
    }
    expect(await calls()).toBe(before + 1)
  })
})

describe("events", () => {
  const readAll = async (query: string): Promise<ReadonlyArray<{ readonly id: string; readonly type: string }>> => {
    const seen = []
    for (let after = 0, more = true; more;) {
      const { json } = await ask(service, `GET /v1/events?limit=2&after=${after}&${query}`, { key: keys.reader })
      seen.push(...json.events)
      after = json.next
      more = json.more
    }
    return seen
  }

  it("come in pages, each once, and go on with what happens later", async () => {
    const { id, orderKey } = await created(service)
    const before = await readAll(`orderId=${id}`)
    expect(before.map(({ type }) => type)).toEqual(["order.created"])
    await act(service, { do: "pay", orderKey })
    await ask(service, `POST /v1/orders/${id}/refresh`, operate)
    const all = await readAll(`orderId=${id}`)
    expect(all.map(({ type }) => type)).toEqual([
      "order.created",
      "payment.added",
      "order.status_changed",
      "order.fulfilment_changed",
      "shop_order.status_changed",
      "shop_order.fulfilment_changed"
    ])
    expect(await readAll(`orderId=${id}&type=order.status_changed`)).toMatchObject([
      { orderId: id, merchant: "shop", data: { from: "new", to: "paid" } }
    ])
    const whole = await readAll("")
    expect(new Set(whole.map((event) => event.id)).size).toBe(whole.length)
    const { json } = await ask(service, `GET /v1/events/${all[0]!.id}`, { key: keys.reader })
    expect(json).toEqual(all[0])
  })

  it("of other merchants are neither listed nor read", async () => {
    const { id } = await created(service)
    const [event] = await readAll(`orderId=${id}`)
    const listed = await ask(service, `GET /v1/events?orderId=${id}`, { key: keys.other })
    expect(listed.json.events).toEqual([])
    const read = await ask(service, `GET /v1/events/${event!.id}`, { key: keys.other })
    expect([read.status, read.json.code]).toEqual([404, "event-not-found"])
    const named = await ask(service, "GET /v1/events?merchant=shop", { key: keys.other })
    expect([named.status, named.json.code]).toEqual([422, "unknown-merchant"])
    expect((await ask(service, "GET /v1/events?merchant=shop", { key: keys.all })).status).toBe(200)
  })
})

describe("anomalies", () => {
  const raise = (number: number, merchant?: string) =>
    service.run(
      Effect.flatMap(Anomalies, (anomalies) =>
        anomalies.raise({
          id: `anm_${number}`,
          ...(merchant === undefined ? {} : { merchant }),
          kind: "webhook-endpoint-disabled",
          subject: `e${number}`,
          level: "error",
          data: { since: 5 },
          raisedAtMs: 2 ** 42 + number
        }))
    )

  it("are acknowledged once, by the key and with a note, and leave the open ones", async () => {
    await raise(1, "shop")
    const line = "POST /v1/anomalies/anm_1/acknowledge"
    const known = await ask(service, line, { ...operate, body: { note: "repaired tomorrow" } })
    expect(known.json).toMatchObject({
      id: "anm_1",
      state: "acknowledged",
      acknowledged: { by: "operator", note: "repaired tomorrow" },
      meaning: expect.any(String),
      action: expect.any(String)
    })
    const again = await ask(service, line, { key: keys.all, body: {} })
    expect(again.json.acknowledged).toEqual(known.json.acknowledged)
    const open = await ask(service, "GET /v1/anomalies?state=open&kind=webhook-endpoint-disabled", { key: keys.reader })
    expect(open.json).toEqual({ anomalies: [] })
  })

  it("come in pages, newest first; those of the whole service only for keys of every merchant", async () => {
    for (let number = 11; number <= 15; number++) await raise(number, number === 13 ? undefined : "shop")
    const idsFor = async (key: (typeof keys)["all"]) => {
      const seen: Array<string> = []
      let next: string | undefined = ""
      while (next !== undefined) {
        const query: string = `state=open&kind=webhook-endpoint-disabled&limit=2${next}`
        const { json } = await ask(service, `GET /v1/anomalies?${query}`, { key })
        seen.push(...json.anomalies.map(({ id }: { readonly id: string }) => id))
        next = json.next === undefined ? undefined : `&after=${json.next}`
      }
      return seen
    }
    expect(await idsFor(keys.all)).toEqual(["anm_15", "anm_14", "anm_13", "anm_12", "anm_11"])
    expect(await idsFor(keys.reader)).toEqual(["anm_15", "anm_14", "anm_12", "anm_11"])
    expect(await idsFor(keys.other)).toEqual([])
  })
})

describe("merchants", () => {
  it("are those that the key speaks for, without what opens them", async () => {
    const all = await ask(service, "GET /v1/merchants", { key: keys.all })
    expect(all.json.merchants.map(({ active, name }: { name: string; active: boolean }) => [name, active])).toEqual([
      ["closed", false],
      ["other", true],
      ["shop", true]
    ])
    expect(all.text).not.toMatch(/hush|login|password/i)
    const own = await ask(service, "GET /v1/merchants", { key: keys.reader })
    expect(own.json.merchants).toEqual([{
      name: "shop",
      active: true,
      environment: "test",
      profile: "standard",
      daysToPay: 14,
      refreshesPerMinute: 60
    }])
    expect((await ask(service, "GET /v1/merchants/shop", { key: keys.reader })).json).toEqual(own.json.merchants[0])
  })
})
