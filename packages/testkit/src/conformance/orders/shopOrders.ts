import assert from "node:assert/strict"
import { OrderStore, type ShopOrderChange } from "@docdata/application"
import { attemptOf } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, callerCount, refuses } from "../expectations.ts"
import { change, committed, confirmed, reserved, secondMs, startMs } from "../sample.ts"

const name = { merchant: "shop", shopReference: "web-1" }

/** An attempt at the one order of the shop. */
const attempt = (number: number) =>
  confirmed(number, { order: { shopReference: "web-1", createdAtMs: startMs + number * secondMs } })

const first: ShopOrderChange = {
  expectedRevision: 0,
  attempts: [{
    id: "order-1",
    createdAtMs: startMs,
    status: "paid",
    fulfilment: "ship",
    coveredAtMs: startMs,
    keptMinor: 1001,
    currency: "EUR"
  }],
  shopStatus: "processing"
}

export const shopOrders: Group<OrderStore> = {
  title: "the shop's order",
  cases: [
    specify(
      "is its confirmed orders, the oldest first, before anything changed",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const second = yield* attempt(2)
        const older = yield* attempt(1)
        yield* reserved(3, { shopReference: "web-1" })
        yield* confirmed(4)
        yield* confirmed(5, { order: { shopReference: "web-1", merchant: "other" } })
        yield* answers(store.shopOrder(name), {
          ...name,
          revision: 0,
          attempts: [older, second].map((one) => attemptOf(one))
        })
      })
    ),
    specify(
      "of a number that nobody gave has no attempts",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* answers(store.shopOrder({ merchant: "shop", shopReference: "nobody" }), {
          merchant: "shop",
          shopReference: "nobody",
          revision: 0,
          attempts: []
        })
      })
    ),
    specify(
      "is what the last commit made of it, whichever attempt it was of",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const one = yield* attempt(1)
        const other = yield* attempt(2)
        const { expectedRevision: _, ...changed } = first
        yield* store.commit(change(one, { shopOrder: first }))
        yield* answers(store.shopOrder(name), { ...name, revision: 1, ...changed })
        const { shopStatus: __, ...second } = { ...first, expectedRevision: 1, attempts: [attemptOf(other)] }
        yield* store.commit(change(other, { shopOrder: second }))
        yield* answers(store.shopOrder(name), { ...name, revision: 2, attempts: second.attempts })
      })
    ),
    specify(
      "is refused on an older revision, as the whole change is",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const one = yield* attempt(1)
        const other = yield* attempt(2)
        yield* store.commit(change(one, { shopOrder: first }))
        yield* refuses(
          store.commit(change(other, { state: { ...other.state, status: "paid" }, shopOrder: first })),
          "Outdated",
          { orderId: "order-2", expectedRevision: 1, actualRevision: 1, isOfShopOrder: true }
        )
        yield* answers(Effect.map(store.read({ by: "id", id: "order-2" }), ({ order }) => order), other)
      })
    ),
    specify(
      "is not counted on by a change that makes nothing of it",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const one = yield* attempt(1)
        const other = yield* attempt(2)
        yield* store.commit(change(one, { shopOrder: first }))
        yield* committed(other)
        assert.equal((yield* store.shopOrder(name)).revision, 1)
      })
    ),
    specify(
      "of several attempts that change it at once succeeds exactly one",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const orders = yield* Effect.forEach(Array.from({ length: callerCount }, (_, index) => index + 1), attempt)
        const results = yield* atOnce((caller) =>
          Effect.result(store.commit(change(orders[caller]!, { shopOrder: first })))
        )
        assert.equal(results.filter(({ _tag }) => _tag === "Success").length, 1)
        for (const result of results) {
          if (result._tag === "Failure") assert.equal(result.failure._tag, "Outdated")
        }
        assert.equal((yield* store.shopOrder(name)).revision, 1)
      })
    )
  ]
}
