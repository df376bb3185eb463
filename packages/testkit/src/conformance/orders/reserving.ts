import assert from "node:assert/strict"
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, callerCount, refuses } from "../expectations.ts"
import { confirmed, newOrder, reserved } from "../sample.ts"

const first = newOrder(1)
const storedFirst = {
  ...first,
  orderAttempt: 1,
  registration: "reserved",
  revision: 0,
  state: {
    key: "",
    status: "new",
    fulfilment: "wait",
    createdAtMs: first.createdAtMs,
    currency: first.currency,
    grossMinor: first.grossMinor
  },
  quietRefreshes: 0
} as const

export const reserving: Group<OrderStore> = {
  title: "reserve",
  cases: [
    specify(
      "writes the intent down: revision 0, status new, fulfilment wait, no key, nothing due",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* answers(store.reserve(first), { created: true, order: storedFirst })
        yield* answers(store.read({ by: "id", id: first.id }), { order: storedFirst, payments: [] })
      })
    ),
    specify(
      "keeps the subject merchant when there is one",
      Effect.gen(function*() {
        const order = yield* reserved(1, { subjectMerchant: "seller-7" })
        assert.equal(order.subjectMerchant, "seller-7")
      })
    ),
    specify(
      "tells nobody: a reservation has no event",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        yield* answers(store.events(first.id), [])
      })
    ),
    specify(
      "keeps texts of any language and sums up to the largest safe integer",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const request = newOrder(1, { shopReference: "заказ № 5 “ü'\"\\ 🧾", grossMinor: Number.MAX_SAFE_INTEGER })
        yield* store.reserve(request)
        const { order } = yield* store.read({ by: "id", id: request.id })
        assert.equal(order.shopReference, request.shopReference)
        assert.equal(order.grossMinor, Number.MAX_SAFE_INTEGER)
        assert.equal(order.state.grossMinor, Number.MAX_SAFE_INTEGER)
      })
    ),
    specify(
      "repeated with the same key answers with the order of the first call",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        const again = newOrder(2, { idempotencyKey: first.idempotencyKey, fingerprint: first.fingerprint })
        yield* answers(store.reserve(again), { created: false, order: storedFirst })
        yield* refuses(store.read({ by: "id", id: again.id }), "OrderNotFound", {})
      })
    ),
    specify(
      "repeated by several at once is written once",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const reservations = yield* atOnce((caller) => store.reserve({ ...first, id: `order-of-${caller}` }))
        assert.equal(reservations.filter(({ created }) => created).length, 1)
        assert.equal(new Set(reservations.map(({ order }) => order.id)).size, 1)
        assert.equal((yield* store.list({}, { limit: 10 })).items.length, 1)
      })
    ),
    specify(
      "repeated after the order was confirmed answers with the confirmed order",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* answers(store.reserve(first), { created: false, order })
      })
    ),
    specify(
      "takes the key of an abandoned order again, for any request, and counts another attempt",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        yield* store.abandon(first.id)
        const { idempotencyKey, shopReference } = first
        const again = yield* store.reserve(newOrder(2, { idempotencyKey, shopReference }))
        assert.deepEqual([again.created, again.order.id, again.order.orderAttempt], [true, "order-2", 2])
        yield* answers(store.reserve(newOrder(3, { idempotencyKey, fingerprint: again.order.fingerprint })), {
          created: false,
          order: again.order
        })
      })
    ),
    specify(
      "by several at once takes the key of an abandoned order once",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        yield* store.abandon(first.id)
        const { fingerprint, idempotencyKey } = first
        const all = yield* atOnce((caller) =>
          store.reserve(newOrder(caller + 2, { fingerprint, idempotencyKey, id: `again-${caller}` }))
        )
        assert.equal(all.filter(({ created }) => created).length, 1)
        assert.equal(new Set(all.map(({ order }) => order.id)).size, 1)
      })
    ),
    specify(
      "refuses the same key with another fingerprint, and writes nothing",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        const other = newOrder(2, { idempotencyKey: first.idempotencyKey })
        yield* refuses(store.reserve(other), "AlreadyTaken", { what: "idempotency-key", orderId: first.id })
        yield* refuses(store.read({ by: "id", id: other.id }), "OrderNotFound", {})
        yield* answers(store.read({ by: "id", id: first.id }), { order: storedFirst, payments: [] })
      })
    ),
    specify(
      "takes the same key of another merchant as another request",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        const other = newOrder(2, { merchant: "other", idempotencyKey: first.idempotencyKey })
        assert.equal((yield* store.reserve(other)).created, true)
      })
    ),
    specify(
      "refuses a reference that the merchant has used, and writes nothing",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        const other = newOrder(2, { orderReference: first.orderReference })
        yield* refuses(store.reserve(other), "AlreadyTaken", { what: "order-reference", orderId: first.id })
        yield* refuses(store.read({ by: "id", id: other.id }), "OrderNotFound", {})
      })
    ),
    specify(
      "refuses the reference of an abandoned order: it is taken for ever",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        yield* store.abandon(first.id)
        const other = newOrder(2, { orderReference: first.orderReference })
        yield* refuses(store.reserve(other), "AlreadyTaken", { what: "order-reference", orderId: first.id })
      })
    ),
    specify(
      "lets another merchant use the same reference",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        const other = newOrder(2, { merchant: "other", orderReference: first.orderReference })
        assert.equal((yield* store.reserve(other)).created, true)
      })
    ),
    specify(
      "of several at once with one reference takes one",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const results = yield* atOnce((caller) =>
          Effect.result(store.reserve(newOrder(caller, { orderReference: "R" })))
        )
        assert.equal(results.filter(({ _tag }) => _tag === "Success").length, 1)
        for (const result of results) {
          if (result._tag === "Failure") assert.equal(result.failure._tag, "AlreadyTaken")
        }
      })
    ),
    specify(
      "refuses the id of another order, also of another merchant",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        const other = newOrder(2, { id: first.id, merchant: "other" })
        yield* refuses(store.reserve(other), "AlreadyTaken", { what: "id", orderId: first.id })
      })
    ),
    specify(
      "looks at the idempotency key first, then at the reference, then at the id",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* store.reserve(first)
        yield* store.reserve(newOrder(2))
        yield* refuses(
          store.reserve(newOrder(3, { idempotencyKey: first.idempotencyKey, orderReference: "R2", id: "order-2" })),
          "AlreadyTaken",
          { what: "idempotency-key", orderId: first.id }
        )
        yield* refuses(store.reserve(newOrder(3, { orderReference: "R2", id: first.id })), "AlreadyTaken", {
          what: "order-reference",
          orderId: "order-2"
        })
      })
    ),
    specify(
      "counts the attempts for the same shop order from 1, abandoned ones included",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1, { shopReference: "S" })
        yield* store.abandon("order-1")
        assert.equal((yield* reserved(2, { shopReference: "S" })).orderAttempt, 2)
        assert.equal((yield* reserved(3, { shopReference: "S" })).orderAttempt, 3)
      })
    ),
    specify(
      "counts no attempt for a repeated or refused call",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1, { shopReference: "S" })
        yield* reserved(1, { shopReference: "S" })
        yield* Effect.flip(store.reserve(newOrder(2, { shopReference: "S", orderReference: "R1" })))
        assert.equal((yield* reserved(3, { shopReference: "S" })).orderAttempt, 2)
      })
    ),
    specify(
      "counts the attempts of each merchant apart",
      Effect.gen(function*() {
        yield* reserved(1, { shopReference: "S" })
        assert.equal((yield* reserved(2, { shopReference: "S", merchant: "other" })).orderAttempt, 1)
      })
    ),
    specify(
      "gives several attempts at once different numbers",
      Effect.gen(function*() {
        const orders = yield* atOnce((caller) => reserved(caller, { shopReference: "S" }))
        const numbers = orders.map(({ orderAttempt }) => orderAttempt).toSorted((a, b) => a - b)
        assert.deepEqual(numbers, Array.from({ length: callerCount }, (_, index) => index + 1))
      })
    )
  ]
}
