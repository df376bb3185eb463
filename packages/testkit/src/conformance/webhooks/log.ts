import assert from "node:assert/strict"
import { attemptsKept, DeliveryLog, Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { noted } from "../deliveryEnds.ts"
import { answers } from "../expectations.ts"
import { confirmed, startMs } from "../sample.ts"
import type { WebhookStores } from "./WebhookStores.ts"
import { added, attempt, publishedEndpoint } from "./sampleEndpoint.ts"

export const log: Group<WebhookStores> = {
  title: "attempts and health",
  cases: [
    specify(
      "attempts of a delivery come oldest first, apart by subscriber and event",
      Effect.gen(function*() {
        const { attempts } = yield* DeliveryLog
        const outbox = yield* Outbox
        yield* confirmed(1, { subscribers: ["whe_1", "shop"] })
        yield* publishedEndpoint(2)
        const [refused, missed, taken] = [attempt(1, 10, 503), attempt(1, 20, "ECONNREFUSED"), attempt(1, 30, 204)]
        for (
          const one of [missed, refused, taken, attempt(2, 15, 500), { ...attempt(1, 12, 404), subscriber: "shop" }]
        ) {
          yield* noted(outbox, one)
        }
        yield* answers(attempts("whe_1", refused.eventId), [refused, missed, taken])
        yield* answers(attempts("whe_1", "nothing"), [])
        yield* answers(attempts("whe_2", refused.eventId), [])
      })
    ),
    specify(
      "the same instant again is the same attempt",
      Effect.gen(function*() {
        const { attempts } = yield* DeliveryLog
        const outbox = yield* Outbox
        yield* publishedEndpoint(1)
        yield* noted(outbox, attempt(1, 10, 503))
        yield* noted(outbox, attempt(1, 10, 204))
        yield* answers(attempts("whe_1", attempt(1, 10, 204).eventId), [attempt(1, 10, 204)])
      })
    ),
    specify(
      `of a delivery the newest ${attemptsKept} attempts are kept`,
      Effect.gen(function*() {
        const { attempts } = yield* DeliveryLog
        const outbox = yield* Outbox
        yield* publishedEndpoint(1)
        for (let number = 0; number < attemptsKept + 3; number++) yield* noted(outbox, attempt(1, number, 503))
        const kept = yield* attempts("whe_1", attempt(1, 0, 503).eventId)
        assert.deepEqual(
          kept.map(({ atMs }) => atMs - startMs),
          Array.from({ length: attemptsKept }, (_, index) => index + 3)
        )
      })
    ),
    specify(
      "failures count until a success, from the first one on",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        const endpoint = yield* added(1)
        const failing = (count: number) => ({ failingSinceMs: startMs + 10, consecutiveFailures: count })
        yield* answers(noted(outbox, attempt(1, 10, 503)), { ...endpoint, health: failing(1) })
        yield* answers(noted(outbox, attempt(2, 20, "timeout")), { ...endpoint, health: failing(2) })
        yield* answers(noted(outbox, attempt(1, 30, 302)), { ...endpoint, health: failing(3) })
        const well = { lastSuccessAtMs: startMs + 40, consecutiveFailures: 0 }
        yield* answers(noted(outbox, attempt(1, 40, 204)), { ...endpoint, health: well })
        yield* answers(noted(outbox, attempt(2, 50, 500)), {
          ...endpoint,
          health: { ...well, failingSinceMs: startMs + 50, consecutiveFailures: 1 }
        })
      })
    ),
    specify(
      "an attempt for a subscriber that is no stored endpoint is noted all the same",
      Effect.gen(function*() {
        const { attempts } = yield* DeliveryLog
        const outbox = yield* Outbox
        const one = { ...attempt(1, 10, 204), subscriber: "shop" }
        yield* confirmed(1, { subscribers: ["shop"] })
        yield* answers(noted(outbox, one), undefined)
        yield* answers(attempts("shop", one.eventId), [one])
      })
    ),
    specify(
      "an attempt without a delivery is not kept, and counts for the health of its endpoint",
      Effect.gen(function*() {
        const { attempts } = yield* DeliveryLog
        const outbox = yield* Outbox
        const endpoint = yield* added(1)
        const health = { failingSinceMs: startMs + 10, consecutiveFailures: 1 }
        yield* confirmed(1, { subscribers: ["shop"] })
        yield* answers(noted(outbox, attempt(1, 10, 503)), { ...endpoint, health })
        yield* answers(attempts("whe_1", attempt(1, 10, 503).eventId), [])
      })
    )
  ]
}
