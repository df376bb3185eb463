import assert from "node:assert/strict"
import { OrderStore, Outbox } from "@docdata/application"
import { eventId } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, refuses } from "../expectations.ts"
import { committed, confirmed, keyOf, minuteMs, newOrder, reserved, startMs } from "../sample.ts"

const confirmation = {
  orderId: "order-1",
  key: keyOf(1),
  confirmedAtMs: startMs + minuteMs,
  subscribers: ["mail", "books"],
  nextRefreshAtMs: startMs + 2 * minuteMs
}

const created = {
  id: eventId("order-1", 1, 0),
  merchant: "shop",
  orderId: "order-1",
  revision: 1,
  position: 0,
  occurredAtMs: confirmation.confirmedAtMs,
  payload: { type: "order.created", orderReference: "R1" }
} as const

export const confirming: Group<OrderStore | Outbox> = {
  title: "confirm and abandon",
  cases: [
    specify(
      "confirm gives the order its key, its next revision and its next refresh",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* reserved(1)
        const expected = {
          ...order,
          registration: "confirmed",
          revision: 1,
          state: { ...order.state, key: keyOf(1) },
          nextRefreshAtMs: confirmation.nextRefreshAtMs
        } as const
        yield* answers(store.confirm(confirmation), expected)
        yield* answers(store.read({ by: "id", id: order.id }), { order: expected, payments: [] })
      })
    ),
    specify(
      "confirm without a next refresh leaves none",
      Effect.gen(function*() {
        const order = yield* confirmed(1)
        assert.equal("nextRefreshAtMs" in order, false)
      })
    ),
    specify(
      "confirm stores order.created with a delivery for each subscriber",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const outbox = yield* Outbox
        yield* reserved(1)
        yield* store.confirm(confirmation)
        yield* answers(store.events("order-1"), [created])
        yield* answers(outbox.backlog("mail"), 1)
        yield* answers(outbox.backlog("books"), 1)
        yield* answers(outbox.backlog("nobody"), 0)
      })
    ),
    specify(
      "confirm keeps what of the request did not fit with its event",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const adjusted = [{ path: "billTo.address.city", fromLength: 58, toLength: 35 }, { path: "a", fromLength: 39 }]
        yield* reserved(1)
        yield* store.confirm({ ...confirmation, adjusted })
        yield* answers(store.events("order-1"), [{ ...created, payload: { ...created.payload, adjusted } }])
      })
    ),
    specify(
      "confirm keeps the trace it was made in with its event",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        yield* reserved(1)
        yield* store.confirm({ ...confirmation, traceparent })
        yield* answers(store.events("order-1"), [{ ...created, traceparent }])
      })
    ),
    specify(
      "confirm repeated with the same key answers the stored order and tells nothing twice",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const outbox = yield* Outbox
        yield* reserved(1)
        const order = yield* store.confirm(confirmation)
        yield* answers(store.confirm({ ...confirmation, nextRefreshAtMs: undefined }), order)
        yield* answers(store.events("order-1"), [created])
        yield* answers(outbox.backlog("mail"), 1)
      })
    ),
    specify(
      "confirm repeated after a commit answers the order as it is now",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* committed(yield* confirmed(1), { quietRefreshes: 3 })
        yield* answers(store.confirm({ ...confirmation, subscribers: [] }), order)
      })
    ),
    specify(
      "confirm by several at once happens once",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1)
        const orders = yield* atOnce(() => store.confirm(confirmation))
        for (const order of orders) assert.equal(order.revision, 1)
        yield* answers(store.events("order-1"), [created])
      })
    ),
    specify(
      "confirm with another key than the stored one is refused and changes nothing",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* refuses(store.confirm({ ...confirmation, key: keyOf(2) }), "AlreadyTaken", {
          what: "order-key",
          orderId: "order-1"
        })
        yield* answers(store.read({ by: "id", id: order.id }), { order, payments: [] })
      })
    ),
    specify(
      "confirm with the key of another order of the merchant is refused and changes nothing",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const order = yield* reserved(2)
        yield* refuses(store.confirm({ ...confirmation, orderId: "order-2" }), "AlreadyTaken", {
          what: "order-key",
          orderId: "order-1"
        })
        yield* answers(store.read({ by: "id", id: order.id }), { order, payments: [] })
        yield* answers(store.events("order-2"), [])
      })
    ),
    specify(
      "confirm lets another merchant have the same key",
      Effect.gen(function*() {
        yield* confirmed(1)
        const order = yield* confirmed(2, { order: { merchant: "other" }, key: keyOf(1) })
        assert.equal(order.state.key, keyOf(1))
      })
    ),
    specify(
      "confirm of an abandoned order is accepted: a key proves that it exists",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1)
        yield* store.abandon("order-1")
        const order = yield* store.confirm(confirmation)
        assert.equal(order.registration, "confirmed")
        assert.equal(order.revision, 2)
        assert.deepEqual((yield* store.events("order-1")).map(({ id }) => id), [eventId("order-1", 2, 0)])
      })
    ),
    specify(
      "confirm of an unknown order is refused",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refuses(store.confirm(confirmation), "OrderNotFound", { order: { by: "id", id: "order-1" } })
      })
    ),
    specify(
      "confirm for no subscriber stores the event all the same",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        assert.equal((yield* store.events("order-1")).length, 1)
      })
    ),
    specify(
      "confirm for a subscriber named twice opens one delivery",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* confirmed(1, { subscribers: ["mail", "mail"] })
        yield* answers(outbox.backlog("mail"), 1)
      })
    ),
    specify(
      "confirm opens no delivery for a subscriber that wants other events",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* confirmed(1, {
          subscribers: [{ name: "mail", types: ["return.visited"] }, { name: "books", types: ["order.created"] }]
        })
        yield* answers(outbox.backlog("mail"), 0)
        yield* answers(outbox.backlog("books"), 1)
      })
    ),
    specify(
      "confirm of an abandoned order takes its idempotency key again, unless another order has it",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of [1, 2]) {
          yield* reserved(number)
          yield* store.abandon(`order-${number}`, { _tag: "CreatorDied" })
        }
        const { idempotencyKey } = newOrder(2)
        const holder = yield* reserved(3, { idempotencyKey })
        yield* store.confirm(confirmation)
        const second = yield* store.confirm({ ...confirmation, orderId: "order-2", key: keyOf(2) })
        assert.equal(second.registration, "confirmed")
        assert.equal("abandonedBecause" in second, false)
        assert.equal((yield* store.reserve(newOrder(1))).order.id, "order-1")
        yield* answers(store.reserve(newOrder(3, { idempotencyKey })), { created: false, order: holder })
      })
    ),
    specify(
      "abandon takes a reservation to abandoned at its next revision",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* reserved(1)
        const expected = { ...order, registration: "abandoned", revision: 1 } as const
        yield* answers(store.abandon(order.id), expected)
        yield* answers(store.read({ by: "id", id: order.id }), { order: expected, payments: [] })
      })
    ),
    specify(
      "abandon keeps why",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1)
        const because = {
          _tag: "TransportFailure",
          obstacle: "connect-refused",
          sent: "not-sent",
          retryable: true
        } as const
        const order = yield* store.abandon("order-1", because)
        assert.deepEqual(order.abandonedBecause, because)
        yield* answers(store.read({ by: "id", id: "order-1" }), { order, payments: [] })
        yield* answers(store.abandon("order-1", { _tag: "CreatorDied" }), order)
      })
    ),
    specify(
      "abandon repeated changes nothing",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1)
        const order = yield* store.abandon("order-1")
        yield* answers(store.abandon("order-1"), order)
      })
    ),
    specify(
      "abandon leaves a confirmed order as it is",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* answers(store.abandon(order.id), order)
      })
    ),
    specify(
      "abandon tells nobody",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1)
        yield* store.abandon("order-1")
        yield* answers(store.events("order-1"), [])
      })
    ),
    specify(
      "abandon of an unknown order is refused",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refuses(store.abandon("order-1"), "OrderNotFound", { order: { by: "id", id: "order-1" } })
      })
    ),
    specify(
      "confirm and abandon at once end confirmed, with the key and one event",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1)
        yield* atOnce((caller) => caller % 2 === 0 ? store.abandon("order-1") : store.confirm(confirmation))
        const { order } = yield* store.read({ by: "id", id: "order-1" })
        assert.equal(order.registration, "confirmed")
        assert.equal(order.state.key, keyOf(1))
        assert.equal((yield* store.events("order-1")).length, 1)
      })
    )
  ]
}
