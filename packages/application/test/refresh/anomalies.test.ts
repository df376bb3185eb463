import { FakeProvider } from "@docdata/memory"
import type { Finding } from "@docdata/domain"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import {
  Anomalies,
  capturePayment,
  clearHold,
  Inbox,
  OrderStore,
  raiseAnomaly,
  refreshOrder,
  refundPayment,
  resolveAnomaly,
  type ShopStatuses,
  workInbox
} from "../../src/index.ts"
import { detectAnomalies } from "../../src/refresh/anomaliesAfter.ts"
import {
  account,
  Accounts,
  eventTypesOf,
  minute,
  named,
  orderOf,
  second,
  startMs,
  Taps,
  test,
  timeout,
  Untapped
} from "../support/shop.ts"

const refresh = (order: { readonly id: string }) => refreshOrder(named(order), { observedBy: "operator" })
const all = Effect.map(Anomalies.use((anomalies) => anomalies.list({}, { limit: 50 })), ({ items }) => items)
const open = (order: { readonly id: string }) => OrderStore.use((store) => store.anomalies(order.id))
const kinds = (order: { readonly id: string }) =>
  Effect.map(open(order), (anomalies) => anomalies.map(({ kind, level, subject }) => [kind, subject, level]))
const raisedCount = (order: { readonly id: string }) =>
  Effect.map(eventTypesOf(order), (types) => types.filter((type) => type === "anomaly.raised").length)

/** A paid order of which the bank took a part back. */
const partlyReturned = Effect.gen(function*() {
  const { act } = yield* FakeProvider
  const order = yield* orderOf("web-1")
  const paymentId = yield* act({ do: "pay", orderKey: order.state.key })
  yield* act({ do: "charge-back", paymentId, minor: 990 })
  yield* refresh(order)
  return { order, paymentId }
})

describe("an anomaly of a refresh", () => {
  test(
    "is raised with the commit of the decision and told once, however often it is seen",
    Effect.gen(function*() {
      const { order } = yield* partlyReturned
      const [first] = yield* open(order)
      assert.deepInclude(first, {
        merchant: "shop",
        orderId: order.id,
        kind: "partial-chargeback",
        subject: "",
        level: "warning",
        data: { chargedBack: 990, currency: "EUR" },
        raisedAtMs: startMs,
        changedAtMs: startMs
      })
      yield* TestClock.adjust(minute)
      for (let count = 0; count < 3; count++) yield* refresh(order)
      assert.deepEqual(yield* open(order), [first!])
      assert.strictEqual(yield* raisedCount(order), 1)
      const published = (yield* OrderStore.use((store) => store.events(order.id))).at(-1)
      assert.deepEqual(published?.payload, {
        type: "anomaly.raised",
        anomalyId: first!.id,
        kind: "partial-chargeback",
        subject: "",
        level: "warning",
        data: { chargedBack: 990, currency: "EUR" }
      })
    })
  )

  test(
    "keeps its acknowledgement while its figures change, and is not told again",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* partlyReturned
      const [first] = yield* open(order)
      const acknowledged = { atMs: startMs + second, by: "key-1", note: "asked the bank" }
      yield* Anomalies.use((anomalies) => anomalies.acknowledge({ id: first!.id, acknowledged }))
      yield* TestClock.adjust(minute)
      yield* act({ do: "charge-back", paymentId, minor: 1000 })
      yield* refresh(order)
      assert.deepInclude((yield* open(order))[0], {
        id: first!.id,
        data: { chargedBack: 1990, currency: "EUR" },
        raisedAtMs: startMs,
        changedAtMs: startMs + minute,
        acknowledged
      })
      assert.strictEqual(yield* raisedCount(order), 1)
    })
  )

  test(
    "stands while reports are refused, and so does what is known of captures and refunds",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const { order, paymentId } = yield* partlyReturned
      const [first] = yield* open(order)
      yield* refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 100 })
      yield* TestClock.adjust(second)
      // The payment twice, once with the refund failed: nobody can tell which entry is right.
      taps.gateway = {
        status: (merchant, input) =>
          Effect.map(gateway.status(merchant, input), (answer) => {
            const [line] = answer.value.payments
            const refunds = line!.authorization.refunds.map((refund) => ({ ...refund, status: "FAILED" }))
            const failed = { ...line!, authorization: { ...line!.authorization, refunds } }
            return { ...answer, value: { ...answer.value, payments: [failed, line!] } }
          })
      }
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [
        ["partial-chargeback", "", "warning"],
        ["report-refused", "", "error"]
      ])
      assert.deepEqual((yield* open(order))[0], first)
      const [refund] = yield* OrderStore.use((store) => store.modifications(order.id))
      assert.strictEqual(refund?.state, "filed")
      taps.gateway = {}
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [["partial-chargeback", "", "warning"]])
      assert.strictEqual(yield* raisedCount(order), 2)
    })
  )

  test(
    "is resolved by the refresh that no longer has it, and raised anew when it comes back",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      const paymentId = yield* act({ do: "begin", orderKey: order.state.key })
      yield* act({ do: "word", paymentId, status: "SURPRISE" })
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [["unknown-status-word", paymentId, "warning"]])
      yield* TestClock.adjust(minute)
      yield* act({ do: "word", paymentId, status: "REDIRECTED_FOR_AUTHENTICATION" })
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [])
      assert.strictEqual((yield* all)[0]?.resolvedAtMs, startMs + minute)
      yield* act({ do: "word", paymentId, status: "SURPRISE" })
      yield* refresh(order)
      assert.lengthOf(yield* all, 2)
      assert.strictEqual(yield* raisedCount(order), 2)
    })
  )

  test(
    "stands for a hold as long as the hold does",
    Effect.gen(function*() {
      const store = yield* OrderStore
      const order = yield* orderOf("web-1")
      yield* store.commit({
        orderId: order.id,
        expectedRevision: order.revision,
        committedAtMs: startMs,
        state: { ...order.state, hold: "paid-after-close" },
        payments: [],
        events: [],
        subscribers: [],
        modifications: [],
        nextRefreshAtMs: undefined,
        quietRefreshes: 0
      })
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [["paid-after-close", "", "error"]])
      yield* clearHold(named(order))
      assert.deepEqual(yield* kinds(order), [])
    })
  )

  test(
    "tells of a capture whose call had no answer until a report names it",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      const paymentId = yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" })
      yield* refresh(order)
      yield* plan({ operation: "capture", executed: true, reason: timeout })
      yield* Effect.flip(capturePayment(named(order), { paymentId, reference: "C1" }))
      const { modifications } = yield* OrderStore
      assert.strictEqual((yield* modifications(order.id))[0]?.state, "unclear")
      assert.deepEqual(detectAnomalies({ findings: [], order: order.state }, yield* modifications(order.id)), [{
        kind: "modification-unclear",
        subject: "capture C1",
        level: "error",
        data: { modification: "capture", reference: "C1", paymentId, amountMinor: 4990, currency: "EUR" }
      }])
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [])
    })
  )
})

describe("what a refresh is concerned about", () => {
  const about = (...findings: ReadonlyArray<Finding>) =>
    detectAnomalies(
      { findings, order: { key: "", status: "paid", fulfilment: "ship", createdAtMs: 0, currency: "EUR" } },
      []
    )

  test(
    "is no finding for the record, and each kind and subject once",
    Effect.sync(() => {
      const voided = { kind: "voided", paymentId: "1" } as const
      const lines = { kind: "lines-above-totals", lines: 2, reported: 1, currency: "EUR" } as const
      const detected = about(
        { kind: "text-trimmed", paymentId: "1" },
        voided,
        voided,
        { ...voided, paymentId: "2" },
        { ...lines, total: "captured" },
        { ...lines, total: "refunded" }
      )
      assert.deepEqual(detected.map(({ kind, subject }) => `${kind} ${subject}`), [
        "voided 1",
        "voided 2",
        "lines-above-totals captured",
        "lines-above-totals refunded"
      ])
    })
  )
})

describe("an anomaly that no refresh finds", () => {
  const statuses: ShopStatuses["statuses"] = {
    new: "open",
    in_progress: "open",
    pending: "open",
    paid: "paid",
    paid_refunded: "paid",
    cancelled: "lost",
    charged_back: "lost",
    refunded: "lost",
    expired: "lost",
    unknown: null
  }
  const refused = { kind: "shop-transition-refused", subject: "", level: "warning", data: { from: "a" } } as const

  test(
    "is raised once with its events, outlasts looks, and is resolved by whoever raised it",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const raised = yield* Effect.all([1, 2, 3].map(() => raiseAnomaly(named(order), refused)), {
        concurrency: "unbounded"
      })
      assert.lengthOf(raised.filter((one) => one), 1)
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [["shop-transition-refused", "", "warning"]])
      assert.strictEqual(yield* raisedCount(order), 1)
      assert.isTrue(yield* resolveAnomaly(named(order), refused))
      assert.isFalse(yield* resolveAnomaly(named(order), refused))
      assert.deepEqual(yield* kinds(order), [])
    }),
    // Only of a shop that keeps statuses of its own: one without has refused nothing.
    { accounts: [account({ shop: { statuses } })] }
  )

  test(
    "leaves what is stored of the order as it is",
    Effect.gen(function*() {
      const { read } = yield* OrderStore
      const { order } = yield* partlyReturned
      const before = yield* read(named(order))
      yield* raiseAnomaly(named(order), refused)
      const after = yield* read(named(order))
      assert.deepEqual(after, { ...before, order: { ...before.order, revision: before.order.revision + 1 } })
    })
  )

  test(
    "stands for a dead-lettered notification until the order was refreshed",
    Effect.gen(function*() {
      const { receive } = yield* Inbox
      const accounts = yield* Accounts
      const order = yield* orderOf("web-1")
      yield* receive({ id: "n1", merchant: "shop", orderReference: order.orderReference, receivedAtMs: startMs })
      const before = yield* Ref.getAndSet(accounts, [])
      yield* workInbox()
      assert.deepEqual(yield* kinds(order), [["notification-dead-lettered", order.orderReference, "error"]])
      assert.deepEqual((yield* all)[0]?.data, { reason: "UnknownMerchant" })
      assert.strictEqual(yield* raisedCount(order), 1)
      yield* Ref.set(accounts, before)
      yield* refresh(order)
      assert.deepEqual(yield* kinds(order), [])
    })
  )

  test(
    "stands without an order for a dead-lettered notification of none",
    Effect.gen(function*() {
      const { receive } = yield* Inbox
      yield* receive({ id: "n1", merchant: "shop", orderReference: "R-nobody", receivedAtMs: startMs })
      yield* workInbox()
      const [only] = yield* all
      assert.deepInclude(only, { kind: "notification-dead-lettered", merchant: "shop", subject: "R-nobody" })
      assert.notProperty(only, "orderId")
    })
  )
})
