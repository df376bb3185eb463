import assert from "node:assert/strict"
import { endpointsMax, Outbox, WebhookEndpoints } from "@docdata/application"
import { eventId } from "@docdata/domain"
import { noted, retryLater } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, callerCount, refuses } from "../expectations.ts"
import { confirmed, startMs } from "../sample.ts"
import { claimOf } from "../outbox/deliveries.ts"
import { added, attempt, newEndpoint } from "./sampleEndpoint.ts"
import type { WebhookStores } from "./WebhookStores.ts"

const fresh = { keyVersion: 1, health: { consecutiveFailures: 0 } }

export const endpoints: Group<WebhookStores> = {
  title: "endpoints",
  cases: [
    specify(
      "an added endpoint is enabled, at the first version of its key, and found as it was added",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        const narrow = newEndpoint(1, {
          merchants: ["shop", "south"],
          types: ["order.status_changed"],
          signature: "v1a"
        })
        yield* answers(store.add(narrow), { ...narrow, ...fresh })
        yield* answers(store.find(narrow.id), { ...narrow, ...fresh })
        yield* answers(store.find("whe_other"), undefined)
      })
    ),
    specify(
      "all come oldest first, then by id",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        yield* added(3, { createdAtMs: startMs })
        yield* added(2, { createdAtMs: startMs + 1 })
        yield* added(1, { createdAtMs: startMs })
        assert.deepEqual((yield* store.all()).map(({ id }) => id), ["whe_1", "whe_3", "whe_2"])
      })
    ),
    specify(
      `there are at most ${endpointsMax}, and room again after one was removed`,
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        for (let number = 0; number < endpointsMax; number++) yield* added(number)
        yield* refuses(store.add(newEndpoint(endpointsMax)), "TooManyEndpoints", {})
        yield* answers(store.remove("whe_7"), true)
        yield* added(endpointsMax)
        assert.equal((yield* store.all()).length, endpointsMax)
      })
    ),
    specify(
      `a merchant with ${endpointsMax} endpoints gets no more, and another merchant and all together still do`,
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        for (let number = 0; number < endpointsMax; number++) {
          yield* added(number, { merchants: number % 2 === 0 ? ["shop"] : ["shop", "south"] })
        }
        yield* refuses(store.add(newEndpoint(endpointsMax, { merchants: ["north", "shop"] })), "TooManyEndpoints", {})
        yield* added(endpointsMax, { merchants: ["south", "north"] })
        yield* added(endpointsMax + 1)
      })
    ),
    specify(
      "rotate goes on to the next version and keeps the one before for a time",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        const endpoint = yield* added(1)
        const rotated = { ...endpoint, keyVersion: 2, previousKeyUntilMs: startMs + 10 }
        yield* answers(store.rotate({ id: "whe_1", fromVersion: 1, previousUntilMs: startMs + 10 }), rotated)
        yield* answers(store.find("whe_1"), rotated)
        yield* answers(store.rotate({ id: "whe_2", fromVersion: 1, previousUntilMs: startMs }), undefined)
      })
    ),
    specify(
      "rotate from another version than the stored one changes nothing, and answers what is stored",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        const endpoint = yield* added(1)
        for (const fromVersion of [0, 2]) {
          yield* answers(store.rotate({ id: "whe_1", fromVersion, previousUntilMs: startMs + 10 }), endpoint)
        }
        yield* answers(store.find("whe_1"), endpoint)
      })
    ),
    specify(
      "of several that rotate the same version at once one does",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        yield* added(1)
        const after = yield* atOnce((caller) =>
          store.rotate({ id: "whe_1", fromVersion: 1, previousUntilMs: startMs + caller })
        )
        assert.deepEqual(after.map((endpoint) => endpoint?.keyVersion), Array.from({ length: callerCount }, () => 2))
      })
    ),
    specify(
      "disable keeps the first reason; enable takes it away with the failures, and keeps the last success",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        const outbox = yield* Outbox
        const endpoint = yield* added(1)
        yield* noted(outbox, attempt(1, 10, 204))
        yield* noted(outbox, attempt(1, 20, 500))
        const first = { because: "gone", sinceMs: startMs + 20 } as const
        const disabled = {
          ...endpoint,
          disabled: first,
          health: { lastSuccessAtMs: startMs + 10, failingSinceMs: startMs + 20, consecutiveFailures: 1 }
        }
        yield* answers(store.disable("whe_1", first), disabled)
        yield* answers(store.disable("whe_1", { because: "by-hand", sinceMs: startMs + 30 }), disabled)
        const enabled = { ...endpoint, health: { lastSuccessAtMs: startMs + 10, consecutiveFailures: 0 } }
        yield* answers(store.enable("whe_1", startMs), enabled)
        yield* answers(store.enable("whe_1", startMs), enabled)
        yield* answers(store.enable("whe_2", startMs), undefined)
        yield* answers(store.disable("whe_2", first), undefined)
      })
    ),
    specify(
      "enable lets what was put off be tried at once, and leaves the rest",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        const outbox = yield* Outbox
        yield* added(1)
        for (const number of [1, 2, 3]) yield* confirmed(number, { subscribers: ["whe_1", "shop"] })
        const claimed = (subscriber: string, afterMs: number, name: string) =>
          Effect.map(
            claimOf(subscriber, afterMs, { claim: name }),
            (deliveries) => deliveries.map(({ event }) => event.orderId)
          )
        for (const subscriber of ["whe_1", "shop"]) {
          yield* claimed(subscriber, 0, "c")
          for (const number of [1, 2]) {
            const name = { subscriber, eventId: eventId(`order-${number}`, 1, 0), claim: "c" }
            yield* retryLater(outbox, name, startMs + number * 10_000)
          }
        }
        yield* store.enable("whe_1", startMs + 500)
        yield* answers(claimed("whe_1", 499, "d"), [])
        yield* answers(claimed("whe_1", 500, "e"), ["order-1", "order-2"])
        yield* answers(claimed("shop", 500, "f"), [])
      })
    )
  ]
}
