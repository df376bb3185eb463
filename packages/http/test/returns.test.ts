/**
 * Shoppers who come back: with a signed address and without, from a bank, and to a shop that answers them itself.
 */
import { OrderStore, startPayment } from "@docdata/application"
import { FakeProvider } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { afterEach, describe, expect, it } from "vitest"
import type { OnReturn } from "../src/callbacks/OnReturn.ts"
import { returnSignature } from "../src/callbacks/returnSignature.ts"
import { returnUrlsOf } from "../src/callbacks/ServiceSettings.ts"
import { act, type Answer, ask, created, keys, type Service, settings, startService } from "./support/service.ts"

const [fresh, old] = ["fresh", "old"].map((name) => Redacted.make(name.repeat(20)))
const signing = { ...settings, returnSecrets: [fresh!, old!] }

let service: Service
afterEach(() => service.close())

const calls = async (operation: string): Promise<number> =>
  (await service.run(Effect.flatMap(FakeProvider, (provider) => provider.calls)))
    .filter((call) => call.operation === operation).length

const pathOf = (address: string): string => address.slice(settings.publicOrigin.length)
const visit = (address: string): Promise<Answer> => ask(service, `GET ${pathOf(address)}`)
const pageOf = ({ headers, status }: Answer): readonly [number, string | undefined] => [
  status,
  /^https:\/\/shop\.example\/(?:nl\/)?(\w+)/.exec(headers.get("location") ?? "")?.[1]
]
const eventsOf = async (id: string): Promise<ReadonlyArray<string>> =>
  (await service.run(Effect.flatMap(OrderStore, (store) => store.events(id)))).map(({ payload }) => payload.type)

describe("signed return addresses", () => {
  it("are what the menu is given, and let us look", async () => {
    service = await startService({ settings: signing })
    const { id, orderKey } = await created(service)
    const { json } = await ask(service, `GET /v1/orders/${id}`, { key: keys.reader })
    const address = new URL(json.menuUrl).searchParams.get("return_url_success") ?? ""
    expect(address).toBe(returnUrlsOf(signing, { merchant: "shop", key: orderKey }).menu.success)
    await act(service, { do: "pay", orderKey })
    expect(pageOf(await visit(address))).toEqual([303, "thanks"])
    expect(pageOf(await visit(address))).toEqual([303, "thanks"])
  })

  it("stay the same with every reading of an order, so that a repeated create answers alike", async () => {
    service = await startService({ settings: signing })
    const { id } = await created(service)
    const read = async () => (await ask(service, `GET /v1/orders/${id}`, { key: keys.reader })).json.menuUrl
    expect(await read()).toBe(await read())
  })

  it("of a secret that is being replaced are still believed", async () => {
    service = await startService({ settings: signing })
    const { orderKey } = await created(service)
    const address = returnUrlsOf({ ...signing, returnSecrets: [old!] }, { merchant: "shop", key: orderKey }).menu
    await visit(address.success)
    expect(await calls("status")).toBe(1)
  })

  it("that are missing, wrong, of another order or of another secret make us ask nothing and tell no event", async () => {
    service = await startService({ settings: signing })
    const [one, other] = [await created(service), await created(service)]
    await act(service, { do: "pay", orderKey: one.orderKey })
    const own = returnSignature([fresh!], { merchant: "shop", key: one.orderKey }) ?? ""
    const signatures = [
      "",
      "x",
      own.slice(1),
      `${own}A`,
      own.toUpperCase(),
      returnSignature([fresh!], { merchant: "shop", key: other.orderKey }),
      returnSignature([fresh!], { merchant: "other", key: one.orderKey }),
      returnSignature([Redacted.make("stranger".repeat(9))], { merchant: "shop", key: one.orderKey })
    ]
    for (const callback of ["success", "cancelled", "error", "started"]) {
      for (const signature of signatures) {
        const query = new URLSearchParams({ callback, order_id: one.orderKey, signature: signature ?? "" })
        expect(pageOf(await ask(service, `GET /docdata/return?${query.toString()}`))).toEqual([303, "pending"])
      }
    }
    const query = new URLSearchParams({ callback: "success", order_id: one.orderKey })
    expect(pageOf(await ask(service, `GET /docdata/return?${query.toString()}&signature=${own}&signature=${own}`)))
      .toEqual([
        303,
        "pending"
      ])
    expect(await calls("status")).toBe(0)
    expect(await eventsOf(one.id)).toEqual(["order.created"])
    // What is stored is told: the order was refreshed for another reason.
    await ask(service, `POST /v1/orders/${one.id}/refresh`, { key: keys.operator })
    expect(pageOf(await ask(service, `GET /docdata/return?${query.toString()}`))).toEqual([303, "thanks"])
  })

  it("need secrets that nobody guesses", async () => {
    service = await startService()
    await expect(startService({ settings: { ...settings, returnSecrets: [Redacted.make("short")] } })).rejects.toThrow(
      "a return secret is shorter than 32 characters"
    )
  })
})

describe("shoppers whose address is broken", () => {
  it.each([
    ["", 400, "nl-NL,nl;q=0.9,en;q=0.8", "nl"],
    [`?order_id=${"K".repeat(32)}`, 404, "nl", "nl"],
    ["?order_id=%3Cb%3E", 404, "fr, en-GB;q=0.5, nl;q=0.2", "en"],
    ["?order_id=K", 404, "nl;q=0, fr", "en"],
    ["?order_id=K", 404, undefined, "en"]
  ])("see with %j a page that sends them to the shop: %i, %s", async (query, status, accepted, language) => {
    service = await startService({ settings: signing })
    const { headers, status: answered, text } = await ask(service, `GET /docdata/return${query}`, {
      headers: accepted === undefined ? {} : { "accept-language": accepted }
    })
    expect([answered, headers.get("content-type")]).toEqual([status, "text/html; charset=utf-8"])
    expect(text).toMatch(new RegExp(`<html lang="${language}">.*<title>.+</title>.*<main><h1>`, "s"))
    expect(text).toContain("<a href=\"https://shop.example/\">")
    expect(text).not.toMatch(/<b>|<script|K{2}/)
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/)
  })
})

describe("shoppers who come back from a bank", () => {
  const ideal = { payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } } as const
  const card = {
    payment: {
      _tag: "WithInput",
      input: { _tag: "EncryptedCard", scheme: "visa", encryptedData: Redacted.make("x") },
      browser: { ip: "192.0.2.7", accept: "text/html", userAgent: "browser" }
    }
  } as const
  const payPal = { payment: { _tag: "WithInput", input: { _tag: "PayPal", mobileShopper: false } } } as const

  const started = async (input: Parameters<typeof startPayment>[1], own = settings) => {
    service = await startService({ settings: own })
    const order = await created(service)
    await service.run(startPayment({ by: "id", id: order.id }, input))
    return { ...order, address: returnUrlsOf(own, { merchant: "shop", key: order.orderKey }).started }
  }

  it("by iDEAL bring nothing: Docdata is asked to proceed once, whatever is reloaded", async () => {
    const { address, id } = await started(ideal, signing)
    for (let reload = 0; reload < 5; reload++) await visit(address)
    expect(await calls("proceed")).toBe(1)
    expect((await eventsOf(id)).filter((type) => type === "payment.proceeded")).toEqual(["payment.proceeded"])
  })

  it("submit nothing when the shop has proceeded over REST", async () => {
    service = await startService({ settings: signing })
    const { id, orderKey } = await created(service)
    const { payment } = await service.run(startPayment({ by: "id", id }, ideal))
    const paymentId = payment._tag === "Accepted" ? payment.paymentId : ""
    const address = returnUrlsOf(signing, { merchant: "shop", key: orderKey }).started
    const body = { paymentId, result: { _tag: "Ideal" } }
    expect((await ask(service, `POST /v1/orders/${id}/proceed`, { key: keys.operator, body })).status).toBe(200)
    await visit(address)
    expect(await calls("proceed")).toBe(1)
    expect((await eventsOf(id)).filter((type) => type === "payment.proceeded")).toEqual(["payment.proceeded"])
  })

  it("have submitted what the shop submits again over REST: the answer is the one it would have got", async () => {
    const { address, id } = await started(ideal, signing)
    await visit(address)
    const { json } = await ask(service, `GET /v1/orders/${id}`, { key: keys.reader })
    const { id: paymentId, status } = json.payments[0]
    const body = { paymentId, result: { _tag: "Ideal" } }
    for (const _again of [1, 2]) {
      const proceeded = await ask(service, `POST /v1/orders/${id}/proceed`, { key: keys.operator, body })
      expect([proceeded.status, proceeded.json.payment]).toEqual([200, { outcome: "Accepted", paymentId, status }])
    }
    expect(await calls("proceed")).toBe(1)
  })

  it("submit nothing while the shop's own call has no answer", async () => {
    const { address, id } = await started(ideal, signing)
    const { json } = await ask(service, `POST /v1/orders/${id}/refresh`, { key: keys.operator })
    const reason = { _tag: "TransportFailure", obstacle: "deadline", sent: "unknown", retryable: false } as const
    await service.run(
      Effect.flatMap(FakeProvider, (provider) => provider.plan({ operation: "proceed", executed: false, reason }))
    )
    const body = { paymentId: json.payments[0].id, result: { _tag: "Ideal" } }
    expect((await ask(service, `POST /v1/orders/${id}/proceed`, { key: keys.operator, body })).status).toBe(502)
    await visit(address)
    expect(await calls("proceed")).toBe(1)
  })

  it("from 3-D Secure bring a form, by POST", async () => {
    const { address, id } = await started(card)
    const answer = await ask(service, `POST ${pathOf(address)}`, {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ MD: "1", PaRes: "yes" }).toString()
    })
    expect(pageOf(answer)).toEqual([303, "thanks"])
    expect(await eventsOf(id)).toEqual(expect.arrayContaining(["return.visited", "payment.proceeded"]))
    expect(await calls("proceed")).toBe(1)
  })

  it.each([
    ["no form", "text/plain", "hello"],
    ["half a form", "application/x-www-form-urlencoded", "MD=1"],
    ["an empty result", "application/x-www-form-urlencoded", "MD=1&PaRes="],
    ["a result too long", "application/x-www-form-urlencoded", `MD=1&PaRes=${"x".repeat(70_000)}`],
    ["JSON", "application/json", "{\"MD\":\"1\",\"PaRes\":\"yes\"}"],
    ["broken escapes", "application/x-www-form-urlencoded", "%E0%A4%A=%ZZ"]
  ])("with %s are refreshed and redirected, and nothing is submitted", async (_what, type, body) => {
    const { address } = await started(card)
    const answer = await ask(service, `POST ${pathOf(address)}`, { headers: { "content-type": type }, body })
    expect(pageOf(answer)).toEqual([303, "pending"])
    expect(await calls("proceed")).toBe(0)
  })

  it.each([["signed", signing], ["not signed", settings]])(
    "from PayPal bring a payer, or none when they gave up: %s",
    async (_what, own) => {
      const yes = await started(payPal, own)
      expect(pageOf(await visit(`${yes.address}&token=EC-1&PayerID=P1`))).toEqual([303, "thanks"])
      expect(await calls("proceed")).toBe(1)
      await service.close()
      const no = await started(payPal, own)
      expect(pageOf(await visit(`${no.address}&token=EC-1`))).toEqual([303, "cancelled"])
    }
  )

  it("are pending while nobody knows what became of the call, and it is not made again", async () => {
    const { address } = await started(card)
    const reason = { _tag: "TransportFailure", obstacle: "deadline", sent: "unknown", retryable: false } as const
    await service.run(
      Effect.flatMap(FakeProvider, (provider) => provider.plan({ operation: "proceed", executed: false, reason }))
    )
    const form = () =>
      ask(service, `POST ${pathOf(address)}`, {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "MD=1&PaRes=yes"
      })
    expect(pageOf(await form())).toEqual([303, "pending"])
    expect(pageOf(await form())).toEqual([303, "pending"])
    expect(await calls("proceed")).toBe(1)
  })

  it("without signature submit nothing, where addresses are signed", async () => {
    const { orderKey } = await started(ideal, signing)
    const answer = await ask(service, `GET /docdata/return?callback=started&order_id=${orderKey}`)
    expect(pageOf(answer)).toEqual([303, "pending"])
    expect([await calls("proceed"), await calls("status")]).toEqual([0, 0])
  })

  it.each([
    ["a program that looks what is there (HEAD)", "HEAD", {}, [303, "pending"]],
    ["a browser that fetches in advance", "GET", { "sec-purpose": "prefetch;prerender" }, [503, undefined]],
    ["an older one", "GET", { purpose: "prefetch" }, [503, undefined]]
  ])(
    "are not %s: nothing is asked, told or submitted, and the visit after it counts",
    async (_w, method, headers, page) => {
      const { address, id } = await started(ideal, signing)
      const before = await eventsOf(id)
      for (const callback of ["started", "success"]) {
        const at = pathOf(address).replace("callback=started", `callback=${callback}`)
        const answer = await ask(service, `${method} ${at}`, { headers })
        expect([pageOf(answer), answer.headers.get("cache-control")]).toEqual([page, "no-store"])
      }
      expect([await calls("proceed"), await calls("status"), await eventsOf(id)]).toEqual([0, 0, before])
      expect(pageOf(await visit(address))).toEqual([303, "pending"])
      expect(await calls("proceed")).toBe(1)
    }
  )

  it("by the menu submit nothing", async () => {
    const { orderKey } = await started(ideal)
    await ask(service, `GET /docdata/return?callback=success&order_id=${orderKey}`)
    expect(await calls("proceed")).toBe(0)
  })
})

describe("a shop that answers returning shoppers itself", () => {
  const coming = async (onReturn: OnReturn, own = settings) => {
    service = await startService({ onReturn, settings: own })
    const { orderKey } = await created(service)
    await act(service, { do: "pay", orderKey })
    return ask(service, `GET /docdata/return?callback=cancelled&order_id=${orderKey}`)
  }

  it("is told the order as it is now and what the address claimed, and its answer goes out", async () => {
    const answer = await coming(({ shopReference, state }, { callback, outcome }) =>
      new Response(`<h1>${shopReference} ${state.status} ${callback} ${outcome}</h1>`, {
        status: 200,
        headers: { "content-type": "text/html", "content-security-policy": "default-src 'self'" }
      })
    )
    expect([answer.status, answer.text]).toEqual([
      200,
      expect.stringMatching(/^<h1>S\d+ paid cancelled success<\/h1>$/)
    ])
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'self'")
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
  })

  it("may set cookies, each of which arrives", async () => {
    const answer = await coming(() =>
      new Response("ok", { headers: [["set-cookie", "a=1; Path=/; HttpOnly"], ["set-cookie", "b=2; Path=/; Secure"]] })
    )
    expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/; HttpOnly", "b=2; Path=/; Secure"])
  })

  it("may send bytes of any kind", async () => {
    const answer = await coming(() =>
      new Response(new Uint8Array([0x89, 0x50]), { headers: { "content-type": "image/png" } })
    )
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"])
  })

  it("leaves it to the redirect with nothing", async () => {
    expect(pageOf(await coming(() => undefined))).toEqual([303, "thanks"])
    await service.close()
    expect(pageOf(await coming(async () => undefined))).toEqual([303, "thanks"])
  })

  it.each<readonly [string, OnReturn]>([
    ["throws", () => {
      throw new Error("Nobody Secretname")
    }],
    ["rejects", () => Promise.reject(new Error("Nobody Secretname"))],
    ["never answers", () => new Promise(() => undefined)],
    // Typed as it may not be: many shops are written without types.
    ["answers null", () => JSON.parse("null")],
    ["answers a text", async () => JSON.parse("\"thanks\"")],
    ["answers a record that is no response", () => JSON.parse("{\"status\":200}")]
  ])("and that %s is reported, and the shopper is redirected", async (_what, onReturn) => {
    expect(pageOf(await coming(onReturn))).toEqual([303, "thanks"])
    expect(service.logged.join()).toContain("onReturn failed")
    expect(service.logged.join()).not.toContain("Secretname")
  })

  it("is not told of a visit without the signature that it asks for", async () => {
    let count = 0
    const answer = await coming(() => {
      count++
      return undefined
    }, signing)
    expect([pageOf(answer), count]).toEqual([[303, "pending"], 0])
  })
})
