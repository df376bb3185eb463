/**
 * What the use cases count, looked at where it matters: what was lost, given up or late, and what is no more.
 */
import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { TestClock } from "effect/testing"
import {
  countFromZero,
  measureBacklogs,
  Outdated,
  receiveNotification,
  refreshOrder,
  relayEvents,
  workInbox
} from "../../src/index.ts"
import {
  minute,
  named,
  notSent,
  orderOf,
  refusal,
  type Shop,
  Subscribers,
  Taps,
  test,
  Untapped
} from "../support/shop.ts"
import { GatewayFailure } from "../../src/gateway/GatewayFailure.ts"

/** A test whose metrics are its own. */
const measured = <A, E>(name: string, body: Effect.Effect<A, E, Shop>) =>
  test(name, Effect.provideService(body, Metric.MetricRegistry, new Map()))

/** The series of a metric: the words of its labels, and its count or value; of a histogram the sum. */
const seriesOf = (name: string) =>
  Effect.map(Metric.snapshot, (snapshots) =>
    Object.fromEntries(
      snapshots.filter(({ id }) => id === name).map(({ attributes = {}, state }) => {
        const words = Object.entries(attributes).filter(([label]) => label !== "unit").map(([, word]) => word)
        const value = "sum" in state ? state.sum : "count" in state ? state.count : "value" in state ? state.value : -1
        return [words.join(" "), value]
      })
    ))

describe("metrics of the use cases", () => {
  measured(
    "a lost compare-and-set is counted apart from the commit that succeeds in the end",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { store } = yield* Untapped
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      let losses = 2
      taps.store = {
        commit: (change) =>
          losses-- > 0
            ? Effect.fail(new Outdated({ orderId: order.id, expectedRevision: 1, actualRevision: 2 }))
            : store.commit(change)
      }
      yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual(yield* seriesOf("docdata_commits_total"), { "outdated shop": 2, "stored shop": 1 })
      assert.deepEqual(yield* seriesOf("docdata_refreshes_total"), { "shop operator changed": 1 })
      assert.deepEqual(yield* seriesOf("docdata_status_changes_total"), { "shop paid": 1 })
      assert.deepEqual(yield* seriesOf("docdata_orders_created_total"), { shop: 1 })
    })
  )

  measured(
    "a notification is timed from its first arrival, also when it was coalesced and repeated",
    Effect.gen(function*() {
      const taps = yield* Taps
      const order = yield* orderOf("web-1")
      const notify = receiveNotification({ merchant: "shop", orderReference: order.orderReference })
      yield* notify
      yield* notify
      taps.gateway = { status: () => Effect.fail(new GatewayFailure({ operation: "status", reason: notSent })) }
      yield* workInbox()
      taps.gateway = {}
      yield* TestClock.adjust(minute)
      yield* workInbox()
      assert.deepEqual(yield* seriesOf("docdata_notifications_total"), { "received shop": 1, "coalesced shop": 1 })
      assert.deepEqual(yield* seriesOf("docdata_inbox_items_total"), { "repeated shop": 1, "done shop": 1 })
      assert.deepEqual(yield* seriesOf("docdata_refreshes_total"), {
        "shop notification failed GatewayFailure": 1,
        "shop notification unchanged": 1
      })
      assert.deepEqual(yield* seriesOf("docdata_notification_lag_seconds"), { shop: 60 })
    })
  )

  measured(
    "what alerts watch is there with zero before it happens, and to say so again changes no count",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const counted = { merchants: ["shop"], subscribers: ["books"] }
      yield* countFromZero(counted)
      assert.strictEqual((yield* seriesOf("docdata_status_changes_total"))["shop charged_back"], 0)
      assert.deepEqual(yield* seriesOf("docdata_notifications_total"), {
        "unknown-order": 0,
        "not-durable": 0,
        limited: 0,
        "received shop": 0,
        "coalesced shop": 0
      })
      assert.deepEqual(yield* seriesOf("docdata_deliveries_total"), {
        "delivered books": 0,
        "repeated books": 0,
        "dead-lettered books": 0
      })
      yield* receiveNotification({ merchant: "shop", orderReference: order.orderReference })
      yield* Effect.flip(receiveNotification({ merchant: "shop", orderReference: "nobody" }))
      yield* countFromZero(counted)
      const notifications = yield* seriesOf("docdata_notifications_total")
      assert.deepInclude(notifications, { "received shop": 1, "unknown-order": 1 })
      assert.deepEqual(yield* seriesOf("docdata_orders_created_total"), { shop: 1 })
    })
  )

  measured(
    "deliveries are counted by how they end, and what waits is measured; of a subscriber that is gone nothing is left",
    Effect.gen(function*() {
      const subscribers = yield* Subscribers
      subscribers.names.push("gone")
      subscribers.behave = (subscriber, event) =>
        subscriber === "gone" ? Effect.fail(refusal(subscriber, event, true)) : Effect.void
      yield* orderOf("web-1")
      yield* TestClock.adjust(minute)
      yield* measureBacklogs()
      assert.deepEqual(yield* seriesOf("docdata_outbox_open"), { books: 1, gone: 1 })
      assert.deepEqual(yield* seriesOf("docdata_outbox_oldest_seconds"), { books: 60, gone: 60 })
      yield* relayEvents()
      assert.deepEqual(yield* seriesOf("docdata_deliveries_total"), { "delivered books": 1, "dead-lettered gone": 1 })
      assert.deepEqual(yield* seriesOf("docdata_delivery_lag_seconds"), { books: 60 })
      yield* measureBacklogs()
      assert.deepEqual(yield* seriesOf("docdata_outbox_dead_letters"), { books: 0, gone: 1 })
      subscribers.names.pop()
      yield* measureBacklogs()
      assert.deepEqual(yield* seriesOf("docdata_outbox_dead_letters"), { books: 0 })
    })
  )
})
