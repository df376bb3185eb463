/**
 * What a shop and a person are told of the end of a capture or refund, and of money that a bank took back.
 */
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import {
  Anomalies,
  capturePayment,
  OrderStore,
  refreshOrder,
  refundPayment,
  resolveModification,
  type StoredOrder
} from "../../src/index.ts"
import { day, minute, named, orderOf, test, timeout } from "../support/shop.ts"

const refresh = (order: StoredOrder) => refreshOrder(named(order), { observedBy: "operator" })

const opened = (doing: "authorize" | "pay") =>
  Effect.gen(function*() {
    const { act } = yield* FakeProvider
    const order = yield* orderOf("web-1")
    const paymentId = yield* act({ do: doing, orderKey: order.state.key, method: "VISA" })
    yield* refresh(order)
    return { order, paymentId }
  })

const ends = (order: StoredOrder) =>
  Effect.map(
    OrderStore.use((store) => store.events(order.id)),
    (events) =>
      events.flatMap(({ payload }) =>
        "reference" in payload && payload.type !== "modification.resolved"
          ? [[payload.type, payload.reference, payload.amountMinor]]
          : []
      )
  )

const raised = Effect.map(
  Anomalies.use((anomalies) => anomalies.list({}, { limit: 10 })),
  ({ items }) =>
    items.filter(({ resolvedAtMs }) => resolvedAtMs === undefined).map(({ kind, subject }) => [kind, subject])
)

describe("the end of a capture or refund", () => {
  test(
    "that a report confirms is told once",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* opened("authorize")
      yield* capturePayment(named(order), { paymentId, reference: "c-1" })
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      yield* refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 990 })
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      yield* refresh(order)
      assert.deepEqual(yield* ends(order), [["capture.confirmed", "c-1", 4990], ["refund.confirmed", "r-1", 990]])
      assert.deepEqual(yield* raised, [])
    })
  )

  test(
    "that failed is told, and stands as an anomaly that a person acknowledges",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* opened("pay")
      yield* refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 990 })
      yield* act({ do: "move-refunds", paymentId, to: "FAILED" })
      yield* refresh(order)
      assert.deepEqual(yield* ends(order), [["refund.failed", "r-1", 990]])
      assert.deepEqual(yield* raised, [["modification-failed", "refund r-1"]])
      yield* refresh(order)
      assert.deepEqual(yield* ends(order), [["refund.failed", "r-1", 990]])
      assert.deepEqual(yield* raised, [["modification-failed", "refund r-1"]])
    })
  )

  test(
    "that a person knows is told as the end that it is",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const { order, paymentId } = yield* opened("pay")
      yield* plan({ operation: "refund", executed: false, reason: timeout })
      yield* Effect.flip(refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 990 }))
      yield* TestClock.adjust(2 * day)
      const verdict = { kind: "refund", reference: "r-1", by: "key-1", evidence: "bank" } as const
      yield* resolveModification(named(order), { ...verdict, outcome: "failed" })
      assert.deepEqual(yield* ends(order), [["refund.failed", "r-1", 990]])
    })
  )
})

describe("what a person has to look at", () => {
  test(
    "is every chargeback, of all of the money as well as of a part",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* opened("pay")
      yield* act({ do: "charge-back", paymentId })
      yield* refresh(order)
      assert.deepEqual(yield* raised, [["chargeback", ""]])
    })
  )

  test(
    "is an authorised card that nobody captures, before it lapses",
    Effect.gen(function*() {
      const { order } = yield* opened("authorize")
      yield* TestClock.adjust(5 * day - minute)
      yield* refresh(order)
      assert.deepEqual(yield* raised, [])
      yield* TestClock.adjust(2 * minute)
      yield* refresh(order)
      assert.deepEqual((yield* raised).map(([kind]) => kind), ["capture-due"])
    })
  )
})
