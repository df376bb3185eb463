import { EventSink, type StoredEvent } from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Webhook } from "standardwebhooks"
import { describe, expect, it } from "vitest"
import { layerWebhooks } from "../src/webhooks/layerWebhooks.ts"
import type { WebhookEndpoint } from "../src/webhooks/webhookTargets.ts"
import { webhookBody, webhookBytesMax } from "../src/webhooks/webhookBody.ts"
import { makeWebhookSecret } from "../src/webhooks/WebhookSecret.ts"
import { noonMs, statusEvent, storedOrder } from "./support/orders.ts"
import { type Receiver, startReceiver } from "./support/receiver.ts"

const secret = makeWebhookSecret()

const withReceiver = async (
  answer: Parameters<typeof startReceiver>,
  run: (receiver: Receiver) => Promise<void>
): Promise<void> => {
  const receiver = await startReceiver(...answer)
  try {
    await run(receiver)
  } finally {
    await receiver.close()
  }
}

/** Delivers one event of a stored order and answers how it failed, if it did. */
const deliver = (
  endpoint: Omit<WebhookEndpoint, "name" | "secrets">,
  event: (orderId: string) => StoredEvent = statusEvent
) =>
  Effect.runPromise(
    Effect.gen(function*() {
      const order = yield* storedOrder(1)
      const sink = yield* EventSink
      return yield* Effect.match(sink.deliver("shop", event(order.id)), {
        onSuccess: () => "taken",
        onFailure: ({ permanent, reason }) => ({ permanent, reason })
      })
    }).pipe(
      Effect.provide(
        layerWebhooks({ endpoints: [{ name: "shop", secrets: [secret], ...endpoint }], allowLoopback: true }).pipe(
          Layer.provideMerge(layerMemory)
        )
      )
    )
  )

describe("a delivery", () => {
  it("arrives signed, with the order, both statuses, the amounts, the rule and the event's id", () =>
    withReceiver([204], async ({ received, url }) => {
      expect(await deliver({ url })).toBe("taken")
      const { body, headers, method } = received[0]!
      const verified = new Webhook(Redacted.value(secret)).verify(body, headers as Record<string, string>)
      expect(method).toBe("POST")
      expect(headers["webhook-id"]).toBe("ord_1-2-0")
      expect(verified).toEqual({
        type: "order.status_changed",
        timestamp: new Date(noonMs + 60_000).toISOString(),
        data: {
          eventId: "ord_1-2-0",
          merchant: "shop",
          order: {
            id: "ord_1",
            shopReference: "S1",
            orderReference: "S1-REF",
            orderAttempt: 1,
            amount: { minor: 4990, currency: "EUR" }
          },
          revision: 2,
          position: 0,
          from: "pending",
          to: "paid",
          rule: "paid-in-full",
          captured: { minor: 4990, currency: "EUR" },
          refunded: { minor: 0, currency: "EUR" },
          chargedBack: { minor: 0, currency: "EUR" },
          net: { minor: 4990, currency: "EUR" }
        }
      })
    }))

  it.each([
    [101, { permanent: false, reason: "answered with status 101" }],
    [410, { permanent: true, reason: "answered with status 410" }],
    [400, { permanent: false, reason: "answered with status 400" }],
    [429, { permanent: false, reason: "answered with status 429" }],
    [503, { permanent: false, reason: "answered with status 503" }]
  ])(
    "status %s is a failure",
    (status, failure) =>
      withReceiver([status, { connection: "upgrade", upgrade: "other" }], async ({ url }) => {
        expect(await deliver({ url })).toEqual(failure)
      })
  )

  it("a redirect is a failure and is not followed", () =>
    withReceiver([200], (elsewhere) =>
      withReceiver([307, { location: elsewhere.url }], async ({ url }) => {
        expect(await deliver({ url })).toEqual({ permanent: false, reason: "answered with status 307" })
        expect(elsewhere.received).toEqual([])
      })))

  it("a receiver that is not there is a failure that names no address", async () => {
    expect(await deliver({ url: "http://127.0.0.1:9/hooks" })).toEqual({
      permanent: false,
      reason: "not delivered (ECONNREFUSED)"
    })
  })

  it("an endpoint receives its own merchants only", () =>
    Effect.runPromise(
      Effect.gen(function*() {
        const sink = yield* EventSink
        expect(yield* sink.subscribersFor("shop")).toEqual(["all", "mine"])
        expect(yield* sink.subscribersFor("other")).toEqual(["all"])
      }).pipe(
        Effect.provide(
          layerWebhooks({
            endpoints: [
              { name: "all", url: "https://shop.example/a", secrets: [secret] },
              { name: "mine", url: "https://shop.example/b", secrets: [secret], merchants: ["shop"] }
            ]
          }).pipe(Layer.provideMerge(layerMemory))
        )
      )
    ))

  it("the body of a repetition is the same, and small", () =>
    Effect.runPromise(
      Effect.gen(function*() {
        const order = yield* storedOrder(1)
        const event = statusEvent(order.id)
        const later = { ...order, revision: 9, state: { ...order.state, status: "refunded" as const } }
        expect(webhookBody(event, later)).toBe(webhookBody(event, order))
        expect(webhookBody(event, order).length).toBeLessThan(webhookBytesMax)
      }).pipe(Effect.provide(layerMemory))
    ))
})

describe("endpoints that could never be served are refused at start", () => {
  const started = (endpoints: ReadonlyArray<WebhookEndpoint>, allowLoopback = false) =>
    Effect.runPromise(
      Layer.build(layerWebhooks({ endpoints, allowLoopback })).pipe(
        Effect.scoped,
        Effect.provide(layerMemory),
        Effect.match({ onSuccess: () => "started", onFailure: ({ because }) => because })
      )
    )
  const good: WebhookEndpoint = { name: "a", url: "https://shop.example/hooks", secrets: [secret] }

  it.each<[string, ReadonlyArray<WebhookEndpoint>, string]>([
    ["none at all", [], "started"],
    ["a good one", [good], "started"],
    ["two of one name", [good, good], "its name is used twice"],
    ["no secret", [{ ...good, secrets: [] }], "it has no secret"],
    [
      "a bad secret",
      [{ ...good, secrets: [Redacted.make("hush")] }],
      "a secret is whsec_ and base64 of 24 to 64 bytes, or whsk_ and base64 of an ed25519 key"
    ],
    ["plain http", [{ ...good, url: "http://shop.example/hooks" }], "it is not https"],
    ["a private address", [{ ...good, url: "https://10.0.0.1/" }], "the address is not a public one"]
  ])("%s", async (_what, endpoints, outcome) => {
    expect(await started(endpoints)).toBe(outcome)
  })
})
