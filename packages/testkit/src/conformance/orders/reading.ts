import assert from "node:assert/strict"
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, refuses } from "../expectations.ts"
import { committed, confirmed, keyOf, reserved, row } from "../sample.ts"

const byId = { by: "id", id: "order-1" } as const
const byKey = { by: "key", merchant: "shop", key: keyOf(1) } as const
const byReference = { by: "order-reference", merchant: "shop", orderReference: "R1" } as const

export const reading: Group<OrderStore> = {
  title: "read",
  cases: [
    specify(
      "finds an order by id, by key and by reference",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        for (const name of [byId, byKey, byReference]) yield* answers(store.read(name), { order, payments: [] })
      })
    ),
    specify(
      "refuses an unknown id, key and reference with the name that was asked for",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(2)
        for (const name of [byId, byKey, byReference]) {
          yield* refuses(store.read(name), "OrderNotFound", { order: name })
        }
      })
    ),
    specify(
      "finds a key only within its merchant",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const name = { ...byKey, merchant: "other" }
        yield* refuses(store.read(name), "OrderNotFound", { order: name })
      })
    ),
    specify(
      "finds a reference only within its merchant",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const name = { ...byReference, merchant: "other" }
        yield* refuses(store.read(name), "OrderNotFound", { order: name })
      })
    ),
    specify(
      "gives each merchant its own order of the same key and reference",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* confirmed(2, { order: { merchant: "other", orderReference: "R1" }, key: keyOf(1) })
        assert.equal((yield* store.read(byKey)).order.id, "order-1")
        assert.equal((yield* store.read({ ...byKey, merchant: "other" })).order.id, "order-2")
        assert.equal((yield* store.read({ ...byReference, merchant: "other" })).order.id, "order-2")
      })
    ),
    specify(
      "finds no reservation under the empty key that its state has",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* reserved(1)
        yield* refuses(store.read({ by: "key", merchant: "shop", key: "" }), "OrderNotFound", {})
      })
    ),
    specify(
      "tells keys and references apart by case, and takes no pattern",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        for (const orderReference of ["r1", "R%", "R_", "R1 "]) {
          yield* refuses(store.read({ ...byReference, orderReference }), "OrderNotFound", {})
        }
      })
    ),
    specify(
      "answers payments ascending by number, not by text",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), { payments: [row("10000000001"), row("9"), row("999")] })
        const { payments } = yield* store.read(byId)
        assert.deepEqual(payments.map(({ paymentId }) => paymentId), ["9", "999", "10000000001"])
      })
    ),
    specify(
      "answers only the order's own payments when no ids are asked for",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), { payments: [row("1")] })
        yield* committed(yield* confirmed(2), { payments: [row("2")] })
        assert.deepEqual((yield* store.read(byId)).payments, [row("1")])
      })
    ),
    specify(
      "answers rows of other orders under the ids asked for with their owner's key",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), { payments: [row("2"), row("30")] })
        yield* committed(yield* confirmed(2), { payments: [row("7", { status: "PAID" }), row("8")] })
        const { order, payments } = yield* store.read(byId, ["7", "2", "99"])
        const foreign = row("7", { status: "PAID", orderKey: keyOf(2) })
        assert.deepEqual(payments, [row("2"), foreign, row("30")])
        yield* answers(store.paymentsElsewhere(order, ["7", "2", "99", "7"]), [foreign])
        yield* answers(store.paymentsElsewhere({ ...order, merchant: "other" }, ["7"]), [])
        yield* answers(store.paymentsElsewhere(order, []), [])
      })
    ),
    specify(
      "answers a foreign row once, however often its id is asked for",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* committed(yield* confirmed(2), { payments: [row("7")] })
        assert.deepEqual((yield* store.read(byId, ["7", "7"])).payments, [row("7", { orderKey: keyOf(2) })])
      })
    ),
    specify(
      "answers no rows of other merchants",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* committed(yield* confirmed(2, { order: { merchant: "other" } }), { payments: [row("7")] })
        assert.deepEqual((yield* store.read(byId, ["7"])).payments, [])
      })
    ),
    specify(
      "does not answer a row that its owner no longer has",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* committed(yield* committed(yield* confirmed(2), { payments: [row("7")] }), { payments: [] })
        assert.deepEqual((yield* store.read(byId, ["7"])).payments, [])
      })
    )
  ]
}
