/**
 * PostgreSQL: whoever writes for an endpoint whose removal is not committed yet waits for it, and leaves nothing.
 */
import { noted } from "@docdata/testkit"
import { DeliveryLog, OrderStore, Outbox, WebhookEndpoints } from "@docdata/application"
import { eventId } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, describe, inject, it } from "vitest"
import { layerPostgres } from "../../src/postgres/index.ts"
import type { Stores } from "../../src/layerStores.ts"
import { newOrder } from "../crash/orders.ts"
import { temporaryDatabase } from "../support/databases.ts"
import { whileHeld } from "../support/heldSession.ts"

const endpoint = { name: "whe_1", types: "all", isStoredEndpoint: true } as const
const { id } = newOrder(0)

/** An endpoint and an order that it received. */
const stored = Effect.gen(function*() {
  const store = yield* OrderStore
  yield* WebhookEndpoints.use((endpoints) =>
    endpoints.add({
      id: endpoint.name,
      merchants: "all",
      url: "https://shop.example/hooks",
      types: "all",
      signature: "v1",
      createdAtMs: 0
    })
  )
  yield* store.reserve(newOrder(0))
  yield* store.confirm({
    orderId: id,
    key: "KEY",
    confirmedAtMs: 0,
    subscribers: [endpoint],
    nextRefreshAtMs: undefined
  })
})

const publish = Effect.gen(function*() {
  const store = yield* OrderStore
  const { order } = yield* store.read({ by: "id", id })
  yield* store.commit({
    orderId: id,
    expectedRevision: order.revision,
    committedAtMs: 1,
    state: order.state,
    payments: [],
    events: [{ type: "notification.received" }],
    subscribers: [endpoint],
    modifications: [],
    nextRefreshAtMs: undefined,
    quietRefreshes: 0
  })
})

const event = eventId(id, 1, 0)

const redeliver = Outbox.use((outbox) =>
  outbox.redeliver({ subscriber: "whe_1", isStoredEndpoint: true, eventId: event, notBeforeMs: 0 })
)

const note = Outbox.use((outbox) =>
  noted(outbox, { subscriber: "whe_1", eventId: event, atMs: 5, durationMs: 1, outcome: { status: 503 } })
)

type Late = Effect.Effect<unknown, unknown, Stores>

describe.runIf(inject("postgresUrl") !== "")("a removal that is under way on PostgreSQL", () => {
  it.each<[string, Late]>([["a commit", publish], ["a redelivery", redeliver], ["an attempt", note]])(
    "is waited for by %s",
    (_, late) =>
      Effect.runPromise(
        Effect.scoped(Effect.gen(function*() {
          const url = Redacted.make(yield* temporaryDatabase(inject("postgresUrl")))
          yield* Effect.gen(function*() {
            yield* stored
            const removal = ["webhook_endpoints", "deliveries", "delivery_attempts"].map((table) =>
              `DELETE FROM docdata_${table}`
            )
            assert.strictEqual((yield* whileHeld(url, removal, late))._tag, "Success")
            const log = yield* DeliveryLog
            assert.deepStrictEqual((yield* log.list({ subscriber: "whe_1", state: "waiting" }, { limit: 5 })).items, [])
            assert.deepStrictEqual(yield* log.attempts("whe_1", event), [])
          }).pipe(Effect.provide(layerPostgres({ url, connectionsMax: 2 })))
        }))
      )
  )
})
