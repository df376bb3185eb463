import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { expireOrder, OrderStore, previewOrder, refreshOrder } from "../../src/index.ts"
import { callCount, named, orderOf, second, test } from "../support/shop.ts"

const everything = (orderId: string) =>
  OrderStore.use((store) =>
    Effect.all([
      store.read({ by: "id", id: orderId }),
      store.events(orderId),
      store.observations(orderId, { limit: 50 })
    ])
  )

describe("a preview of a refresh", () => {
  test(
    "asks Docdata, decides what the refresh would, and stores nothing",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* TestClock.adjust(second)
      const before = yield* everything(order.id)
      const { order: stored, outcome } = yield* previewOrder(named(order))
      assert.strictEqual(yield* callCount("status"), 1)
      assert.deepEqual(yield* everything(order.id), before)
      assert.deepEqual(stored, before[0].order)
      const refreshed = yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual(outcome, refreshed.outcome)
      assert.strictEqual(outcome.decision.status, "paid")
    })
  )

  test(
    "with an intent decides as the use case would that has it",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const { outcome } = yield* previewOrder(named(order), { wanted: "expired" })
      assert.strictEqual(outcome.decision.status, "expired")
      assert.deepEqual(outcome, (yield* expireOrder(named(order))).outcome)
    })
  )

  test(
    "of an order that is not there fails before any call",
    Effect.gen(function*() {
      const failure = yield* Effect.flip(previewOrder({ by: "id", id: "ord_nobody" }))
      assert.strictEqual(failure._tag, "OrderNotFound")
      assert.strictEqual(yield* callCount("status"), 0)
    })
  )
})
