/**
 * How orders are paid although nobody said so.
 */
import { refreshOrder } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { ScenarioWorld } from "../ScenarioWorld.ts"
import { dayMs, hourMs, later, minuteMs, named, notified, order, Received, relayed, type Shop, story } from "../shop.ts"

export const lost: Group<Shop> = {
  title: "a notification is lost",
  cases: [
    specify(
      "while the shopper waits: a minute later the order is paid",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.pay(one.state.key, { method: "IDEAL" })
        yield* later(minuteMs)
        assert.deepEqual(yield* story(one), ["new -> paid"])
      })
    ),
    specify(
      "and the shopper comes back: the order is refreshed, and the visit is told",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.pay(one.state.key, { method: "IDEAL" })
        const { order: seen } = yield* refreshOrder(named(one), {
          observedBy: "return",
          events: [{ type: "return.visited", callback: "SUCCESS" }]
        })
        assert.equal(seen.state.status, "paid")
        yield* relayed
        assert.ok((yield* Received).some(({ payload }) => payload.type === "return.visited"))
      })
    ),
    specify(
      "and found after a day, once",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* later(dayMs)
        yield* world.pay(one.state.key, { method: "IDEAL" })
        yield* later(hourMs)
        yield* later(hourMs)
        assert.deepEqual(yield* story(one), ["new -> paid"])
      })
    ),
    specify(
      "a hundred come at once instead: everything is told once",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.pay(one.state.key, { method: "IDEAL" })
        yield* Effect.forEach(
          Array.from({ length: 100 }),
          () => refreshOrder(named(one), { observedBy: "notification" }),
          { concurrency: "unbounded", discard: true }
        )
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> paid"])
      })
    ),
    specify(
      "and the first refresh brings no answer",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.pay(one.state.key, { method: "IDEAL" })
        yield* world.loseAnswer("status", true)
        yield* later(minuteMs)
        yield* later(30 * minuteMs)
        assert.deepEqual(yield* story(one), ["new -> paid"])
      })
    )
  ]
}
