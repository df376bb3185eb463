/**
 * A shop with statuses of its own, through the use cases: what it receives, and what a person has to look at.
 */
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { Anomalies, expireOrder, Merchants, OrderStore, refreshOrder, startPayment } from "../../src/index.ts"
import type { ShopStatuses } from "../../src/ports/index.ts"
import { account, day, named, orderOf, test } from "../support/shop.ts"

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
  moves: { open: ["paid", "cancelled"], paid: ["refunded", "lost"], cancelled: ["lost"], refunded: [], lost: [] }
}

const options = { accounts: [account({ shop })] }

/** The shop's part in each change of an order. */
const stepsOf = (order: { readonly id: string }) =>
  Effect.map(
    OrderStore.use((store) => store.events(order.id)),
    (events) =>
      events.flatMap(({ payload }) =>
        payload.type === "shop_order.status_changed"
          ? [`${payload.to}: ${payload.shop?.status ?? "-"} ${payload.shop?.step}`]
          : []
      )
  )

const anomaliesOf = Effect.map(
  Anomalies.use((anomalies) => anomalies.list({ kind: "shop-transition-refused" }, { limit: 10 })),
  ({ items }) => items.map(({ data, resolvedAtMs }) => [data["from"], data["to"], resolvedAtMs !== undefined])
)

describe("a shop with its own statuses", () => {
  test(
    "receives an order that expires",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* TestClock.adjust(22 * day)
      yield* expireOrder(named(order))
      assert.deepEqual(yield* stepsOf(order), ["expired: cancelled moved"])
    }),
    options
  )

  test(
    "receives both changes when two statuses are one to it",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* startPayment(named(order), {
        payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } }
      })
      const { act } = yield* FakeProvider
      yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" })
      yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual(yield* stepsOf(order), ["in_progress: open stayed", "pending: open stayed"])
      assert.deepEqual(yield* anomaliesOf, [])
    }),
    options
  )

  test(
    "receives a change that it refuses, and a person does, until it follows again",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* TestClock.adjust(22 * day)
      yield* expireOrder(named(order))
      const paymentId = yield* act({ do: "pay", orderKey: order.state.key })
      yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual(yield* stepsOf(order), ["expired: cancelled moved", "paid: paid refused"])
      assert.deepEqual(yield* anomaliesOf, [["cancelled", "paid", false]])
      // A refresh that changes nothing neither repeats nor ends it.
      yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual(yield* anomaliesOf, [["cancelled", "paid", false]])
      yield* act({ do: "charge-back", paymentId })
      yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual((yield* stepsOf(order)).slice(2), ["charged_back: lost moved"])
      assert.deepEqual(yield* anomaliesOf, [["cancelled", "paid", true]])
    }),
    options
  )

  test(
    "that is no longer kept has refused nothing, from the next refresh on",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* TestClock.adjust(22 * day)
      yield* expireOrder(named(order))
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual(yield* anomaliesOf, [["cancelled", "paid", false]])
      const merchants = Merchants.of({ find: () => Effect.succeed(account()), all: () => Effect.succeed([account()]) })
      yield* Effect.provideService(refreshOrder(named(order), { observedBy: "operator" }), Merchants, merchants)
      assert.deepEqual(yield* anomaliesOf, [["cancelled", "paid", true]])
    }),
    options
  )

  test(
    "that refuses the beginning of a payment is told, and so is a person",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* startPayment(named(order), {
        payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } }
      })
      assert.deepEqual(yield* stepsOf(order), ["in_progress: paying refused"])
      // One commit: a crash in between cannot leave a refusal that nobody receives.
      const events = yield* OrderStore.use((store) => store.events(order.id))
      assert.deepEqual(events.map(({ payload, revision }) => [revision, payload.type]).slice(1, 4), [
        [3, "order.status_changed"],
        [3, "shop_order.status_changed"],
        [3, "anomaly.raised"]
      ])
      assert.deepEqual(yield* anomaliesOf, [["open", "paying", false]])
    }),
    {
      accounts: [
        account({
          shop: {
            statuses: { ...shop.statuses, in_progress: "paying" },
            moves: { ...shop.moves, paying: ["paid"] }
          }
        })
      ]
    }
  )
})
