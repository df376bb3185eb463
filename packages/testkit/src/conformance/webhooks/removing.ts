import assert from "node:assert/strict"
import {
  DeliveryLog,
  deliveryStates,
  OrderStore,
  Outbox,
  type StoreFailure,
  WebhookEndpoints
} from "@docdata/application"
import { eventId } from "@docdata/domain"
import { deadLetter, delivered, noted, retryLater } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce } from "../expectations.ts"
import { change, confirmed, startMs } from "../sample.ts"
import { claimOf } from "../outbox/deliveries.ts"
import type { WebhookStores } from "./WebhookStores.ts"
import { added, attempt, endpointSubscriber } from "./sampleEndpoint.ts"

const first = eventId("order-1", 1, 0)

/** How many deliveries there are of somebody, wherever they stand. */
const deliveriesOf = (subscriber: string) =>
  Effect.gen(function*() {
    const log = yield* DeliveryLog
    const pages = yield* Effect.forEach(deliveryStates, (state) => log.list({ subscriber, state }, { limit: 100 }))
    return pages.flatMap(({ items }) => items).length
  })

/** Tells endpoint 1 and the shop of one more thing. */
const publishBoth = Effect.gen(function*() {
  const store = yield* OrderStore
  const { order } = yield* store.read({ by: "id", id: "order-1" })
  yield* store.commit(
    change(order, { events: [{ type: "notification.received" }], subscribers: [endpointSubscriber, "shop"] })
  )
})

export const removing: Group<WebhookStores> = {
  title: "removing an endpoint",
  cases: [
    specify(
      "a stored endpoint is told as everybody else, each event once",
      Effect.gen(function*() {
        yield* added(1)
        const statuses = { ...endpointSubscriber, types: ["order.status_changed"] as const }
        yield* confirmed(1, { subscribers: [statuses, "shop"] })
        yield* confirmed(2, { subscribers: [endpointSubscriber, "shop", endpointSubscriber] })
        const published = Effect.map(
          claimOf("whe_1", 0, { claim: "c" }),
          (claims) => claims.map(({ event }) => event.id)
        )
        yield* answers(published, [eventId("order-2", 1, 0)])
      })
    ),
    specify(
      "takes the deliveries and attempts along, and nobody else's",
      Effect.gen(function*() {
        const store = yield* WebhookEndpoints
        const log = yield* DeliveryLog
        const outbox = yield* Outbox
        yield* added(1)
        yield* confirmed(1, { subscribers: [endpointSubscriber, "shop"] })
        yield* noted(outbox, attempt(1, 10, 500))
        yield* noted(outbox, { ...attempt(1, 10, 500), subscriber: "shop" })
        yield* answers(store.remove("shop"), false)
        yield* answers(deliveriesOf("shop"), 1)
        yield* answers(store.remove("whe_1"), true)
        yield* answers(store.remove("whe_1"), false)
        yield* answers(store.find("whe_1"), undefined)
        yield* answers(deliveriesOf("whe_1"), 0)
        yield* answers(log.attempts("whe_1", first), [])
        yield* answers(deliveriesOf("shop"), 1)
        assert.equal((yield* log.attempts("shop", first)).length, 1)
      })
    ),
    specify(
      "whoever holds a delivery of a removed endpoint writes nothing more",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        const log = yield* DeliveryLog
        const name = { subscriber: "whe_1", eventId: first, claim: "c" }
        for (
          const late of [
            delivered(outbox, name, startMs),
            retryLater(outbox, name, startMs),
            deadLetter(outbox, name, { reason: "gone", atMs: startMs })
          ]
        ) {
          yield* added(1)
          yield* WebhookEndpoints.use((store) => store.enable("whe_1", startMs))
          yield* Effect.ignore(confirmed(1, { subscribers: [] }))
          yield* outbox.redeliver({ subscriber: "whe_1", isStoredEndpoint: true, eventId: first, notBeforeMs: startMs })
          assert.equal((yield* claimOf("whe_1", 0, { claim: "c" })).length, 1)
          yield* WebhookEndpoints.use((store) => store.remove("whe_1"))
          yield* answers(noted(outbox, attempt(1, 20, 503)), undefined)
          yield* answers(late, false)
          yield* answers(deliveriesOf("whe_1"), 0)
          yield* answers(log.attempts("whe_1", first), [])
        }
      })
    ),
    specify(
      "what is stored for a removed endpoint is told to the others only",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* added(1)
        yield* confirmed(1, { subscribers: [endpointSubscriber, "shop"] })
        yield* WebhookEndpoints.use((store) => store.remove("whe_1"))
        yield* publishBoth
        yield* answers(deliveriesOf("whe_1"), 0)
        yield* answers(deliveriesOf("shop"), 2)
        const again = { eventId: first, notBeforeMs: startMs }
        yield* answers(outbox.redeliver({ ...again, subscriber: "whe_1", isStoredEndpoint: true }), false)
        yield* answers(outbox.redeliver({ ...again, subscriber: "shop" }), true)
        yield* answers(deliveriesOf("whe_1"), 0)
      })
    ),
    specify(
      "leaves nothing behind, whatever is done for the endpoint at that moment",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        const log = yield* DeliveryLog
        yield* added(1)
        yield* confirmed(1, { subscribers: [endpointSubscriber, "shop"] })
        const redeliver = outbox.redeliver({
          subscriber: "whe_1",
          isStoredEndpoint: true,
          eventId: first,
          notBeforeMs: startMs
        })
        const remove = WebhookEndpoints.use((store) => store.remove("whe_1"))
        const record = noted(outbox, attempt(1, 10, 503))
        const doings: ReadonlyArray<Effect.Effect<void, StoreFailure, OrderStore | WebhookEndpoints>> = [
          Effect.ignore(publishBoth),
          Effect.asVoid(redeliver),
          Effect.asVoid(record),
          Effect.asVoid(remove)
        ]
        yield* atOnce((caller) => doings[caller % doings.length]!)
        yield* answers(deliveriesOf("whe_1"), 0)
        yield* answers(log.attempts("whe_1", first), [])
      })
    )
  ]
}
