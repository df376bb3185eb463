/**
 * How orders are given up, and what comes afterwards.
 */
import { cancelOrder, expireOrder } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { ScenarioWorld } from "../ScenarioWorld.ts"
import {
  countOf,
  dayMs,
  heldBecause,
  hourMs,
  later,
  named,
  notified,
  order,
  relayed,
  type Shop,
  stored,
  story
} from "../shop.ts"

export const closing: Group<Shop> = {
  title: "an order is given up",
  cases: [
    specify(
      "by the shop before anybody paid",
      Effect.gen(function*() {
        const one = yield* order("web-1")
        yield* cancelOrder(named(one))
        yield* cancelOrder(named(one))
        yield* relayed
        assert.deepEqual(yield* story(one), ["new -> cancelled"])
      })
    ),
    specify(
      "by the shop while a card waits for its goods",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.authorize(one.state.key)
        yield* notified(one)
        yield* cancelOrder(named(one))
        yield* relayed
        assert.deepEqual(yield* story(one), ["new -> pending", "pending -> cancelled"])
      })
    ),
    specify(
      "too late: the money wins, and the order is held for a person",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.pay(one.state.key, { method: "IDEAL" })
        const { result } = yield* cancelOrder(named(one))
        assert.equal(result._tag, "NotCancelled")
        assert.equal((yield* stored(one)).state.status, "paid")
        assert.ok(yield* heldBecause(one))
      })
    ),
    specify(
      "although no answer came to the cancel: repeating it says so",
      Effect.gen(function*() {
        const { loseAnswer } = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* loseAnswer("cancel", true)
        yield* Effect.flip(cancelOrder(named(one)))
        assert.equal((yield* stored(one)).state.status, "new")
        yield* cancelOrder(named(one))
        assert.equal((yield* stored(one)).state.status, "cancelled")
      })
    ),
    specify(
      "by time, and told",
      Effect.gen(function*() {
        const one = yield* order("web-1")
        yield* later(20 * dayMs)
        assert.equal((yield* stored(one)).state.status, "new")
        yield* later(2 * dayMs)
        assert.deepEqual(yield* story(one), ["new -> expired"])
      })
    ),
    specify(
      "by time, and paid afterwards: found without a notification, and held",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* expireOrder(named(one))
        yield* later(dayMs)
        yield* world.pay(one.state.key, { method: "IDEAL" })
        yield* later(7 * hourMs)
        assert.deepEqual(yield* story(one), ["new -> expired", "expired -> paid"])
        assert.ok(yield* heldBecause(one))
      })
    ),
    specify(
      "and nobody looks any more when its time and the grace are over",
      Effect.gen(function*() {
        const one = yield* order("web-1")
        yield* cancelOrder(named(one))
        yield* later(36 * dayMs)
        const calls = yield* countOf("status")
        yield* later(30 * dayMs)
        assert.equal(yield* countOf("status"), calls)
        assert.equal((yield* stored(one)).nextRefreshAtMs, undefined)
      })
    )
  ]
}
