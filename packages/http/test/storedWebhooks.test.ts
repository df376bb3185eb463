import {
  Anomalies,
  DeliveryLog,
  EventSink,
  type NewEndpoint,
  OrderStore,
  Outbox,
  relayEvents,
  WebhookEndpoints,
  WorkCapacity
} from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import { noted } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Logger from "effect/Logger"
import { TestClock } from "effect/testing"
import { Webhook } from "standardwebhooks"
import { describe, expect, it } from "vitest"
import { failingMsMax } from "../src/webhooks/afterAttempt.ts"
import { layerWebhooks } from "../src/webhooks/layerWebhooks.ts"
import { webhookTimeoutMs } from "../src/webhooks/sendWebhook.ts"
import { makeWebhookMasterKey } from "../src/webhooks/WebhookMasterKey.ts"
import { Webhooks } from "../src/webhooks/Webhooks.ts"
import { statusEvent, storedOrder } from "./support/orders.ts"
import { type Manner, type Receiver, startReceiver } from "./support/receiver.ts"

const masterKey = makeWebhookMasterKey()

const layerSink = layerWebhooks({ endpoints: [], masterKey, allowLoopback: true }).pipe(Layer.provideMerge(layerMemory))

type Services = Layer.Success<typeof layerSink> | WorkCapacity

const run = <A, E>(effect: Effect.Effect<A, E, Services>): Promise<A> =>
  Effect.runPromise(
    effect.pipe(Effect.provide([layerSink, WorkCapacity.layer, Logger.layer([])]), Effect.provide(TestClock.layer()))
  )

/** A receiver for the length of a test. */
const receiving = (answer: number | Manner, headers: Readonly<Record<string, string>> = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startReceiver(answer, headers)),
    (receiver) => Effect.promise(() => receiver.close())
  )

const added = (over: Partial<NewEndpoint> = {}) =>
  WebhookEndpoints.use((endpoints) =>
    endpoints.add({
      id: "whe_1",
      merchants: "all",
      url: "https://shop.example/hooks",
      types: "all",
      signature: "v1",
      createdAtMs: 0,
      ...over
    })
  )

/** Hands one event to the endpoint and answers how it failed, if it did. */
const deliver = Effect.gen(function*() {
  const event = statusEvent("ord_1")
  const { answer, attempt } = yield* Effect.match((yield* EventSink).deliver("whe_1", event), {
    onSuccess: (attempt) => ({ attempt, answer: "taken" as const }),
    onFailure: ({ attempt, permanent, reason, retryAfterMs }) => ({
      attempt,
      answer: { permanent, reason, retryAfterMs }
    })
  })
  if (attempt !== undefined) yield* noted(yield* Outbox, { subscriber: "whe_1", eventId: event.id, ...attempt })
  return answer
})

/** Tells the status event of a stored order to whoever wants it. */
const published = Effect.gen(function*() {
  const order = yield* storedOrder(1)
  const sink = yield* EventSink
  const store = yield* OrderStore
  yield* store.commit({
    orderId: order.id,
    expectedRevision: 1,
    committedAtMs: 0,
    state: order.state,
    payments: [],
    events: [statusEvent(order.id).payload],
    subscribers: yield* sink.subscribersFor("shop"),
    modifications: [],
    nextRefreshAtMs: undefined,
    quietRefreshes: 0
  })
})

const endpoint = WebhookEndpoints.use((endpoints) => endpoints.find("whe_1"))
const attempts = DeliveryLog.use((log) => log.attempts("whe_1", "ord_1-2-0"))

const until = (holds: () => boolean): Effect.Effect<void> =>
  Effect.promise(() => expect.poll(holds, { timeout: 20_000, interval: 5 }).toBe(true))

describe("who is told", () => {
  it("endpoints receive the types and merchants that they ask for, also while they are disabled", () =>
    run(Effect.gen(function*() {
      const sink = yield* EventSink
      const endpoints = yield* WebhookEndpoints
      yield* added()
      yield* added({ id: "whe_2", merchants: ["south"], types: ["order.status_changed"], createdAtMs: 1 })
      yield* endpoints.disable("whe_1", { because: "by-hand", sinceMs: 0 })
      const everything = { name: "whe_1", types: "all", isStoredEndpoint: true }
      expect(yield* sink.subscribersFor("shop")).toEqual([everything])
      expect(yield* sink.subscribersFor("south")).toEqual([
        everything,
        { name: "whe_2", types: ["order.status_changed"], isStoredEndpoint: true }
      ])
      expect(yield* sink.subscribers()).toEqual(["whe_2"])
    })))

  it("an endpoint added later receives what comes later", () =>
    run(
      Effect.gen(function*() {
        const receiver = yield* receiving(204)
        yield* published
        yield* added({ url: receiver.url })
        expect(yield* relayEvents()).toBe(0)
        expect(receiver.received).toEqual([])
      }).pipe(Effect.scoped)
    ))

  it("without a master key nothing is sent, and what is told waits", () =>
    Effect.runPromise(
      Effect.gen(function*() {
        yield* added()
        const sink = yield* EventSink
        expect(yield* sink.subscribersFor("shop")).toMatchObject([{ name: "whe_1" }])
        expect(yield* sink.subscribers()).toEqual([])
        yield* storedOrder(1)
        expect(yield* deliver).toMatchObject({ permanent: false, reason: "the service has no webhook key" })
      }).pipe(Effect.provide(layerWebhooks({ endpoints: [] }).pipe(Layer.provideMerge(layerMemory))))
    ))
})

describe("a delivery to a stored endpoint", () => {
  it("is signed with the secret that was shown, and noted", () =>
    run(
      Effect.gen(function*() {
        const receiver = yield* receiving(204)
        yield* TestClock.setTime(Date.now())
        const stored = yield* added({ url: receiver.url })
        yield* published
        expect(yield* relayEvents()).toBe(1)
        const secret = (yield* Webhooks).verifierOf(stored)
        const { body, headers } = receiver.received[0]!
        const verified = new Webhook(Redacted.value(secret!)).verify(body, headers as Record<string, string>)
        expect(verified).toMatchObject({ type: "order.status_changed", data: { eventId: "ord_1-2-0" } })
        expect(yield* attempts).toMatchObject([{ subscriber: "whe_1", outcome: { status: 204 } }])
        expect((yield* endpoint)?.health).toMatchObject({ consecutiveFailures: 0 })
      }).pipe(Effect.scoped)
    ))

  it("that is answered with 410 disables the endpoint; the event waits, and comes when it is enabled", () =>
    run(
      Effect.gen(function*() {
        let status = 410
        const receiver = yield* receiving((response) => response.writeHead(status).end())
        const endpoints = yield* WebhookEndpoints
        const log = yield* DeliveryLog
        yield* added({ url: receiver.url })
        yield* published
        yield* relayEvents()
        expect((yield* endpoint)?.disabled?.because).toBe("gone")
        yield* TestClock.adjust("1 hour")
        expect(yield* relayEvents()).toBe(0)
        expect((yield* log.find("whe_1", "ord_1-2-0"))?.state).toBe("waiting")
        status = 204
        yield* endpoints.enable("whe_1", 0)
        expect(yield* relayEvents()).toBe(1)
        expect((yield* log.find("whe_1", "ord_1-2-0"))?.state).toBe("delivered")
        expect(receiver.received.length).toBe(2)
      }).pipe(Effect.scoped)
    ))

  it("disables an endpoint where nothing arrived for five days, not a moment before", () =>
    run(
      Effect.gen(function*() {
        const receiver = yield* receiving(500)
        yield* added({ url: receiver.url })
        yield* storedOrder(1)
        yield* deliver
        yield* TestClock.adjust(failingMsMax - 1)
        yield* deliver
        expect((yield* endpoint)?.disabled).toBeUndefined()
        yield* TestClock.adjust(1)
        yield* deliver
        expect((yield* endpoint)?.disabled).toEqual({ because: "failing", sinceMs: failingMsMax })
        const { items } = yield* Anomalies.use((anomalies) => anomalies.list({}, { limit: 9 }))
        expect(items).toMatchObject([{
          kind: "webhook-endpoint-disabled",
          subject: "whe_1",
          level: "error",
          data: { because: "failing", consecutiveFailures: 3 }
        }])
        expect(yield* deliver).toMatchObject({ permanent: false, reason: "the endpoint is disabled" })
        expect(receiver.received.length).toBe(3)
      }).pipe(Effect.scoped)
    ))

  it("leaves nothing behind when the endpoint is removed while the receiver thinks, and no anomaly", () =>
    run(
      Effect.gen(function*() {
        let answer = (): void => undefined
        const receiver = yield* receiving((response) => {
          answer = () => void response.writeHead(410).end()
        })
        yield* added({ url: receiver.url })
        yield* published
        const relaying = yield* Effect.forkChild(relayEvents())
        yield* until(() => receiver.received.length === 1)
        yield* WebhookEndpoints.use((endpoints) => endpoints.remove("whe_1"))
        answer()
        yield* Fiber.join(relaying)
        expect(yield* attempts).toEqual([])
        expect(yield* DeliveryLog.use((log) => log.find("whe_1", "ord_1-2-0"))).toBeUndefined()
        expect((yield* Anomalies.use((anomalies) => anomalies.list({}, { limit: 9 }))).items).toEqual([])
      }).pipe(Effect.scoped)
    ))

  it("is given up when the endpoint was removed meanwhile", () =>
    run(Effect.gen(function*() {
      yield* storedOrder(1)
      expect(yield* deliver).toMatchObject({ permanent: true })
    })))
})

describe("what a receiver asks for", () => {
  it.each<[string, number, string, number | undefined]>([
    ["seconds", 429, "120", 120_000],
    ["a date", 503, new Date(90_000).toUTCString(), 90_000],
    ["a date that is over", 503, new Date(-90_000).toUTCString(), 0],
    ["seconds of any other failure", 500, "5", 5_000],
    ["nonsense", 429, "soon", undefined],
    ["a negative number", 429, "-1", undefined]
  ])("Retry-After with %s is heeded", (_what, status, value, retryAfterMs) =>
    run(
      Effect.gen(function*() {
        const receiver = yield* receiving(status, { "retry-after": value })
        yield* added({ url: receiver.url })
        yield* storedOrder(1)
        expect(yield* deliver).toEqual({
          permanent: false,
          reason: `answered with status ${status}`,
          retryAfterMs
        })
      }).pipe(Effect.scoped)
    ))
})

describe("a receiver that misbehaves", () => {
  const drips: Manner = (response) => {
    const timer = setInterval(() => response.socket?.write("H"), 10)
    response.socket?.on("close", () => clearInterval(timer))
  }

  it.each<[string, Manner]>([["hangs", () => undefined], ["drips", drips]])(
    "and %s is left after twenty seconds",
    (_what, manner) =>
      run(
        Effect.gen(function*() {
          const receiver: Receiver = yield* receiving(manner)
          yield* added({ url: receiver.url })
          yield* published
          const delivering = yield* Effect.forkChild(deliver)
          yield* until(() => receiver.received.length === 1)
          yield* TestClock.adjust(webhookTimeoutMs)
          expect(yield* Fiber.join(delivering)).toMatchObject({ reason: "not delivered (timeout)" })
          expect(yield* attempts).toMatchObject([{ durationMs: webhookTimeoutMs, outcome: { fault: "timeout" } }])
        }).pipe(Effect.scoped)
      )
  )

  const endless: Manner = (response) => {
    response.writeHead(200)
    const pour = (): void => {
      while (response.write("x".repeat(65_536)));
      response.once("drain", pour)
    }
    pour()
  }

  it.each<[string, Manner, unknown]>([
    ["says far too much", endless, { status: 200 }],
    ["leaves in the middle of its answer", (response) => {
      response.writeHead(200, { "content-length": "1000" }).write("half", () => response.destroy())
    }, { status: 200 }],
    ["leaves without an answer", (response) => response.destroy(), { fault: "ECONNRESET" }],
    ["answers with no HTTP", (response) => response.socket?.end("hello\r\n\r\n"), { fault: "HPE_INVALID_CONSTANT" }],
    ["answers with headers without end", (response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\nx: ${"x".repeat(100_000)}\r\n\r\n`)
    }, { fault: "HPE_HEADER_OVERFLOW" }],
    ["redirects", (response) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(), { status: 302 }]
  ])("and %s costs one attempt", (_what, manner, outcome) =>
    run(
      Effect.gen(function*() {
        const receiver = yield* receiving(manner)
        yield* added({ url: receiver.url })
        yield* published
        yield* deliver
        expect(yield* attempts).toMatchObject([{ outcome }])
        expect(receiver.received.length).toBe(1)
      }).pipe(Effect.scoped)
    ))
})

describe("a test message", () => {
  it("goes out once, signed, also to a disabled endpoint, and changes nothing", () =>
    run(
      Effect.gen(function*() {
        const receiver = yield* receiving(500)
        yield* TestClock.setTime(Date.now())
        yield* added({ url: receiver.url })
        const endpoints = yield* WebhookEndpoints
        const disabled = yield* endpoints.disable("whe_1", { because: "gone", sinceMs: 5 })
        const webhooks = yield* Webhooks
        expect(yield* webhooks.test(disabled!)).toMatchObject({ outcome: { status: 500 } })
        const { body, headers } = receiver.received[0]!
        const secret = Redacted.value(webhooks.verifierOf(disabled!)!)
        expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
          type: "webhook.test",
          data: { endpointId: "whe_1", eventId: headers["webhook-id"] }
        })
        expect(yield* endpoint).toEqual(disabled)
      }).pipe(Effect.scoped)
    ))
})
