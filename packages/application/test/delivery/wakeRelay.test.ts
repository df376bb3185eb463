import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { BackgroundWork, layerWakeRelay, OrderStore, refreshOrder, relayEvents, StoreFailure } from "../../src/index.ts"
import { named, orderOf, second, Subscribers, Taps, test } from "../support/shop.ts"

const minuteMs = 60 * second

/** The relay at work, which polls once a minute: what comes at once was woken. */
const relayAtWork = Effect.flatMap(
  BackgroundWork,
  ({ run }) => Effect.forkChild(run("outbox", { round: Effect.orDie(relayEvents()), pollMs: minuteMs }))
)

const gotTypes = Effect.map(Subscribers, ({ got }) => got.map(({ event }) => event.payload.type))

// Time enough for some rounds, and far from the next poll.
const aMoment = Effect.forEach([1, 2, 3, 4, 5], () => TestClock.adjust(10), { discard: true })

describe("an event", () => {
  test(
    "leaves as soon as its change is stored",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      yield* relayAtWork
      yield* aMoment
      const order = yield* orderOf("web-1")
      yield* aMoment
      assert.deepStrictEqual(yield* gotTypes, ["order.created"])
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* refreshOrder(named(order), { observedBy: "return" })
      yield* aMoment
      assert.include(yield* gotTypes, "order.status_changed")
    }).pipe(Effect.provide(layerWakeRelay))
  )

  test(
    "that nobody woke the relay for is found by polling",
    Effect.gen(function*() {
      yield* relayAtWork
      yield* aMoment
      yield* orderOf("web-1")
      yield* aMoment
      assert.deepStrictEqual(yield* gotTypes, [])
      yield* TestClock.adjust(minuteMs)
      assert.deepStrictEqual(yield* gotTypes, ["order.created"])
    })
  )
})

describe("a change", () => {
  const wakes = (change: Effect.Effect<unknown, unknown, OrderStore>) =>
    Effect.gen(function*() {
      let woken = 0
      const counting = { ...yield* BackgroundWork, wake: () => Effect.sync(() => void woken++) }
      yield* Effect.exit(change.pipe(Effect.provide(layerWakeRelay), Effect.provideService(BackgroundWork, counting)))
      return woken
    })

  const commit = (orderId: string, over: { readonly events: number; readonly revision: number }) =>
    OrderStore.use((store) =>
      Effect.flatMap(store.read({ by: "id", id: orderId }), ({ order: { state } }) =>
        store.commit({
          orderId,
          expectedRevision: over.revision,
          committedAtMs: 0,
          state,
          payments: [],
          events: Array.from({ length: over.events }, () => ({ type: "notification.received" as const })),
          subscribers: ["books"],
          modifications: [],
          nextRefreshAtMs: undefined,
          quietRefreshes: 0
        }))
    )

  test(
    "wakes the relay once, if it tells something and was stored",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { id } = yield* orderOf("web-1")
      assert.strictEqual(yield* wakes(commit(id, { events: 2, revision: 1 })), 1)
      assert.strictEqual(yield* wakes(commit(id, { events: 0, revision: 2 })), 0)
      assert.strictEqual(yield* wakes(commit(id, { events: 1, revision: 2 })), 0)
      taps.store = {
        commit: () => Effect.fail(new StoreFailure({ operation: "OrderStore.commit", retryable: true, code: "busy" }))
      }
      assert.strictEqual(yield* wakes(commit(id, { events: 1, revision: 3 })), 0)
    })
  )
})
