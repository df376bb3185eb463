/**
 * How orders begin.
 */
import { listPaymentMethods, orderMenuUrl } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { ScenarioWorld } from "../ScenarioWorld.ts"
import { countOf, named, order, Received, relayed, type Shop } from "../shop.ts"

export const creating: Group<Shop> = {
  title: "an order is created",
  cases: [
    specify(
      "once, however often the shop repeats its request",
      Effect.gen(function*() {
        const first = yield* order("web-1")
        const again = yield* order("web-1")
        assert.equal(again.id, first.id)
        assert.equal(again.state.key, first.state.key)
        assert.match(first.state.key, /^[0-9A-Z]{32}$/)
        assert.equal(yield* countOf("create"), 1)
      })
    ),
    specify(
      "under a fresh reference by itself when the answer was lost, as nobody holds the lost order's key",
      Effect.gen(function*() {
        const { loseAnswer } = yield* ScenarioWorld
        yield* loseAnswer("create", true)
        const created = yield* order("web-1")
        assert.equal(created.registration, "confirmed")
        assert.equal(created.orderAttempt, 2)
        assert.equal(yield* countOf("create"), 2)
        assert.equal((yield* order("web-1")).id, created.id)
      })
    ),
    specify(
      "and leads to a menu and to methods in its own name",
      Effect.gen(function*() {
        const one = yield* order("web-1")
        const url = new URL(yield* orderMenuUrl(named(one), {}))
        assert.equal(url.searchParams.get("payment_cluster_key"), one.state.key)
        const methods = yield* listPaymentMethods(named(one))
        assert.ok(methods.some(({ name }) => name === "IDEAL"))
      })
    ),
    specify(
      "and is told once",
      Effect.gen(function*() {
        yield* order("web-1")
        yield* relayed
        yield* relayed
        assert.deepEqual((yield* Received).map(({ payload }) => payload.type), ["order.created"])
      })
    )
  ]
}
