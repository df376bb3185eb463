/**
 * Docdata reports one payment under two orders, and their looks overlap.
 */
import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { OrderStore, previewOrder, refreshUnshared } from "../../src/index.ts"
import { inShop, named, orderOf, statusOf, Taps, test, Untapped } from "../support/shop.ts"

describe("a payment that two orders report", () => {
  test(
    "is counted for the order that stores it first, also when the other one had decided to count it",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway, store } = yield* Untapped
      const [first, second] = [yield* orderOf("web-1"), yield* orderOf("web-2")]
      const paymentId = yield* act({ do: "pay", orderKey: first.state.key })
      taps.gateway = { status: (merchant) => gateway.status(merchant, { orderKey: first.state.key }) }
      const run = yield* inShop
      let decided = ""
      taps.store = {
        commit: (change) =>
          Effect.suspend(() => {
            if (change.orderId !== second.id || decided !== "") return store.commit(change)
            decided = change.state.status
            // The other order's look is stored between this one's decision and its commit.
            const other = run(Effect.orDie(refreshUnshared(named(first), { observedBy: "operator" })))
            return Effect.andThen(other, store.commit(change))
          })
      }
      const { outcome } = yield* refreshUnshared(named(second), { observedBy: "notification" })
      assert.strictEqual(decided, "paid")
      assert.strictEqual(yield* statusOf(first), "paid")
      assert.notStrictEqual(yield* statusOf(second), "paid")
      assert.deepEqual(outcome?.findings.filter(({ kind }) => kind === "foreign-payment-id"), [
        { kind: "foreign-payment-id", paymentId, orderKey: first.state.key }
      ])
      const { payments } = yield* OrderStore.use((orders) => orders.read(named(second)))
      assert.deepEqual(payments, [])
    })
  )

  test(
    "is found at the order that has it, also when its number comes with leading zeros",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const [first, second] = [yield* orderOf("web-1"), yield* orderOf("web-2")]
      const paymentId = yield* act({ do: "pay", orderKey: first.state.key })
      yield* refreshUnshared(named(first), { observedBy: "operator" })
      taps.gateway = {
        status: (merchant) =>
          Effect.map(gateway.status(merchant, { orderKey: first.state.key }), (answer) => ({
            ...answer,
            value: { ...answer.value, payments: answer.value.payments.map((line) => ({ ...line, id: `00${line.id}` })) }
          }))
      }
      const { outcome: previewed } = yield* previewOrder(named(second))
      const { outcome } = yield* refreshUnshared(named(second), { observedBy: "notification" })
      for (const findings of [previewed.findings, outcome?.findings]) {
        assert.deepEqual(findings?.filter(({ kind }) => kind === "foreign-payment-id"), [
          { kind: "foreign-payment-id", paymentId, orderKey: first.state.key }
        ])
      }
      assert.notStrictEqual(yield* statusOf(second), "paid")
    })
  )
})
