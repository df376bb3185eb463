/**
 * Several orders at Docdata for one order of the shop: a dead one beside a paid one, two paid ones, and what a refund of one
 * of them does.
 */
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import {
  Anomalies,
  cancelOrder,
  clearHold,
  expireOrder,
  OrderStore,
  refreshDueOrders,
  refreshOrder,
  refundPayment,
  type StoredOrder
} from "../../src/index.ts"
import type { ShopStatuses } from "../../src/ports/index.ts"
import { account, create, day, named, requestFor, test } from "../support/shop.ts"

const attempt = (number: number) =>
  Effect.tap(create(requestFor("web-1", { idempotencyKey: `web-1-try-${number}` })), () => TestClock.adjust(1000))

const refresh = (order: StoredOrder) => refreshOrder(named(order), { observedBy: "operator" })

const paid = (order: StoredOrder) =>
  Effect.gen(function*() {
    const paymentId = yield* (yield* FakeProvider).act({ do: "pay", orderKey: order.state.key })
    yield* TestClock.adjust(1000)
    yield* refresh(order)
    return paymentId
  })

const refunded = (order: StoredOrder, paymentId: string) =>
  Effect.gen(function*() {
    yield* refundPayment(named(order), { paymentId, reference: "twice" })
    yield* (yield* FakeProvider).act({ do: "move-refunds", paymentId, to: "CAPTURED" })
    yield* TestClock.adjust(1000)
  })

/** What the shop was told of its order, by each of the payment orders. */
const publishedBy = (...orders: ReadonlyArray<StoredOrder>) =>
  Effect.map(
    Effect.forEach(orders, ({ id }) => OrderStore.use((store) => store.events(id))),
    (events) =>
      events.flat().flatMap(({ payload }) =>
        payload.type === "shop_order.status_changed" || payload.type === "shop_order.fulfilment_changed"
          ? [`${payload.from} -> ${payload.to}`]
          : []
      )
  )

const stateOf = (order: StoredOrder) =>
  Effect.map(
    OrderStore.use((store) => store.read(named(order))),
    ({ order: { state } }) => [state.status, state.fulfilment, state.hold]
  )

const paidTwice = Effect.map(
  Anomalies.use((anomalies) => anomalies.list({ kind: "paid-twice" }, { limit: 10 })),
  ({ items }) => items.map(({ data, orderId, resolvedAtMs }) => [orderId, data["kept"], resolvedAtMs !== undefined])
)

describe("several attempts at one order of the shop", () => {
  test(
    "a dead attempt beside a paid one moves nothing, however long after",
    Effect.gen(function*() {
      const first = yield* attempt(1)
      const second = yield* attempt(2)
      yield* paid(second)
      assert.deepEqual(yield* publishedBy(first, second), ["new -> paid", "wait -> ship"])
      yield* TestClock.adjust(22 * day)
      yield* expireOrder(named(first))
      assert.deepEqual(yield* stateOf(first), ["expired", "stop", undefined])
      assert.deepEqual(yield* publishedBy(first), [])
    })
  )

  test(
    "both paid: only the one that was paid first ships, and a person is told what to give back",
    Effect.gen(function*() {
      const first = yield* attempt(1)
      const second = yield* attempt(2)
      yield* paid(second)
      yield* paid(first)
      assert.deepEqual(yield* stateOf(second), ["paid", "ship", undefined])
      assert.deepEqual(yield* stateOf(first), ["paid", "wait", "paid-twice"])
      assert.deepEqual(yield* paidTwice, [[first.id, 4990, false]])
      assert.deepEqual(yield* publishedBy(second, first), ["new -> paid", "wait -> ship"])
      // The same report again says nothing new, and neither does an operator who lets it go.
      yield* refresh(first)
      yield* clearHold(named(first))
      assert.deepEqual(yield* stateOf(first), ["paid", "wait", "paid-twice"])
      assert.deepEqual(yield* paidTwice, [[first.id, 4990, false]])
    })
  )

  test(
    "a refund of the second payment ends the hold and its anomaly, and the goods go on",
    Effect.gen(function*() {
      const first = yield* attempt(1)
      const second = yield* attempt(2)
      yield* paid(first)
      const paymentId = yield* paid(second)
      yield* refunded(second, paymentId)
      yield* refresh(second)
      assert.deepEqual(yield* stateOf(second), ["refunded", "stop", undefined])
      assert.deepEqual(yield* paidTwice, [[second.id, 4990, true]])
      assert.deepEqual(yield* publishedBy(first, second), ["new -> paid", "wait -> ship"])
    })
  )

  test(
    "a refund of the first payment passes the goods on to the second, and nothing ships twice",
    Effect.gen(function*() {
      const first = yield* attempt(1)
      const second = yield* attempt(2)
      const paymentId = yield* paid(first)
      yield* paid(second)
      yield* refunded(first, paymentId)
      yield* refresh(first)
      assert.deepEqual(yield* stateOf(first), ["refunded", "stop", undefined])
      // The order that leads now is due at once.
      yield* refreshDueOrders()
      assert.deepEqual(yield* stateOf(second), ["paid", "ship", undefined])
      assert.deepEqual(yield* paidTwice, [[second.id, 4990, true]])
      assert.deepEqual(yield* publishedBy(first, second), ["new -> paid", "wait -> ship"])
    })
  )

  test(
    "a new attempt opens an expired order again",
    Effect.gen(function*() {
      const first = yield* attempt(1)
      yield* TestClock.adjust(22 * day)
      yield* expireOrder(named(first))
      assert.deepEqual(yield* publishedBy(first), ["new -> expired", "wait -> stop"])
      const second = yield* attempt(2)
      assert.deepEqual(yield* publishedBy(second), ["expired -> new", "stop -> wait"])
      yield* paid(second)
      assert.deepEqual(yield* publishedBy(second), ["expired -> new", "stop -> wait", "new -> paid", "wait -> ship"])
    })
  )

  test(
    "a cancel that is not confirmed holds the goods of the shop's order",
    Effect.gen(function*() {
      const order = yield* attempt(1)
      yield* paid(order)
      yield* cancelOrder(named(order))
      assert.deepEqual(yield* publishedBy(order), ["new -> paid", "wait -> ship", "ship -> wait"])
      const { attempts } = yield* OrderStore.use((store) => store.shopOrder(order))
      assert.deepEqual(attempts.map(({ fulfilment, status }) => [status, fulfilment]), [["paid", "wait"]])
    })
  )

  const shop: ShopStatuses = {
    statuses: {
      new: "open",
      in_progress: "open",
      pending: "open",
      paid: "paid",
      paid_refunded: "paid",
      cancelled: "cancelled",
      charged_back: "lost",
      refunded: "refunded",
      expired: "cancelled",
      unknown: null
    },
    moves: { open: ["paid", "cancelled"], paid: ["refunded", "lost"], cancelled: ["open"], refunded: [], lost: [] }
  }

  test(
    "the shop's own status follows its order and not the attempts",
    Effect.gen(function*() {
      const first = yield* attempt(1)
      yield* TestClock.adjust(22 * day)
      yield* expireOrder(named(first))
      const second = yield* attempt(2)
      yield* paid(second)
      yield* paid(first)
      const steps = (yield* Effect.forEach([first, second], ({ id }) => OrderStore.use((store) => store.events(id))))
        .flat().flatMap(({ payload }) =>
          payload.type === "shop_order.status_changed" ? [`${payload.shop?.step} ${payload.shop?.status}`] : []
        )
      assert.deepEqual(steps, ["moved cancelled", "moved open", "moved paid"])
      const { items } = yield* Anomalies.use((anomalies) =>
        anomalies.list({ kind: "shop-transition-refused" }, { limit: 10 })
      )
      assert.deepEqual(items, [])
    }),
    { accounts: [account({ shop })] }
  )
})
