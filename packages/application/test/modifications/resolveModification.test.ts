import type { StatusReport } from "@docdata/domain"
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { OrderStore, refreshOrder, refundPayment, resolveModification } from "../../src/index.ts"
import { type ModificationVerdict, resolvableAfterMs } from "../../src/modifications/index.ts"
import {
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

const verdict: ModificationVerdict = {
  kind: "refund",
  reference: "r-1",
  outcome: "failed",
  by: "key-1",
  evidence: "back-office"
}

const refresh = (order: { readonly id: string }) => refreshOrder(named(order), { observedBy: "operator" })

const withoutReferences = (report: StatusReport): StatusReport => ({
  ...report,
  payments: report.payments.map(({ authorization, ...line }) => {
    const refunds = authorization.refunds.map(({ merchantReference: _reference, ...refund }) => refund)
    return { ...line, authorization: { ...authorization, refunds } }
  })
})

/** A paid order of which half was asked back, and Docdata never answered. With `executed` it has the request. */
const unanswered = (executed: boolean) =>
  Effect.gen(function*() {
    const { act, plan } = yield* FakeProvider
    const order = yield* orderOf("web-1")
    const paymentId = yield* act({ do: "pay", orderKey: order.state.key })
    yield* refresh(order)
    yield* plan({ operation: "refund", executed, reason: timeout })
    yield* Effect.flip(refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 3000 }))
    return { order, paymentId }
  })

const modificationOf = (order: { readonly id: string }) =>
  Effect.map(OrderStore.use((store) => store.modifications(order.id)), ([modification]) => modification!)

const open = (order: { readonly id: string }) =>
  Effect.map(OrderStore.use((store) => store.anomalies(order.id)), (anomalies) => anomalies.map(({ kind }) => kind))

const abandonedCount = (order: { readonly id: string }) =>
  Effect.map(eventTypesOf(order), (types) => types.filter((type) => type === "modification.resolved").length)

describe("a refund that no report names", () => {
  test(
    "that a person saw fail no longer counts towards the limit; what was said is told and ends the anomaly, in one change",
    Effect.gen(function*() {
      const { order, paymentId } = yield* unanswered(false)
      yield* refresh(order)
      assert.deepEqual(yield* open(order), ["modification-unclear"])
      yield* TestClock.adjust(resolvableAfterMs)
      const resolved = yield* resolveModification(named(order), verdict)
      assert.deepInclude(resolved, { state: "failed", changedAtMs: startMs + resolvableAfterMs })
      assert.deepEqual(yield* modificationOf(order), resolved)
      assert.deepEqual(yield* open(order), [])
      const events = yield* OrderStore.use((store) => store.events(order.id))
      assert.deepEqual(events.at(-2)?.payload, { type: "modification.resolved", ...verdict })
      assert.strictEqual(events.at(-1)?.payload.type, "refund.failed")
      const again = yield* refundPayment(named(order), { paymentId, reference: "r-2" })
      assert.strictEqual(again.amountMinor, 4990)
    })
  )

  test(
    "that a person saw done still counts towards the limit",
    Effect.gen(function*() {
      const { order, paymentId } = yield* unanswered(false)
      yield* TestClock.adjust(resolvableAfterMs)
      const resolved = yield* resolveModification(named(order), { ...verdict, outcome: "confirmed", evidence: "bank" })
      assert.strictEqual(resolved.state, "confirmed")
      const rest = yield* refundPayment(named(order), { paymentId, reference: "r-2" })
      assert.strictEqual(rest.amountMinor, 1990)
    })
  )

  test(
    "may be resolved again like this, which tells nothing twice, and not otherwise",
    Effect.gen(function*() {
      const { order } = yield* unanswered(false)
      yield* TestClock.adjust(resolvableAfterMs)
      const resolved = yield* resolveModification(named(order), verdict)
      yield* TestClock.adjust(second)
      assert.deepEqual(yield* resolveModification(named(order), verdict), resolved)
      assert.strictEqual(yield* abandonedCount(order), 1)
      const failure = yield* Effect.flip(resolveModification(named(order), { ...verdict, outcome: "confirmed" }))
      assert.deepInclude(failure, { _tag: "ModificationNotUnclear", state: "failed" })
    })
  )

  test(
    "is resolved once, although several say so at once",
    Effect.gen(function*() {
      const { order } = yield* unanswered(false)
      yield* TestClock.adjust(resolvableAfterMs)
      const outcomes = (["failed", "confirmed", "failed"] as const).map((outcome) =>
        Effect.exit(resolveModification(named(order), { ...verdict, outcome }))
      )
      yield* Effect.all(outcomes, { concurrency: "unbounded" })
      assert.strictEqual(yield* abandonedCount(order), 1)
    })
  )

  test(
    "cannot be resolved while its request may be on its way",
    Effect.gen(function*() {
      const { order } = yield* unanswered(false)
      yield* TestClock.adjust(resolvableAfterMs - minute)
      const failure = yield* Effect.flip(resolveModification(named(order), verdict))
      assert.deepInclude(failure, { _tag: "ResolvedTooEarly", fromMs: startMs + resolvableAfterMs })
      assert.strictEqual((yield* modificationOf(order)).state, "unclear")
    })
  )
})

describe("a refund that a report names", () => {
  test(
    "is what the report says, whatever a person says",
    Effect.gen(function*() {
      const { order } = yield* unanswered(true)
      yield* TestClock.adjust(resolvableAfterMs)
      const failure = yield* Effect.flip(resolveModification(named(order), verdict))
      assert.deepInclude(failure, { _tag: "ModificationNotUnclear", state: "filed" })
      assert.strictEqual(yield* abandonedCount(order), 0)
    })
  )
})

/** Reports no longer repeat the references of refunds. */
const forgetReferences = Effect.gen(function*() {
  const taps = yield* Taps
  const { gateway } = yield* Untapped
  taps.gateway = {
    status: (merchant, input) =>
      Effect.map(gateway.status(merchant, input), (answer) => ({ ...answer, value: withoutReferences(answer.value) }))
  }
})

/** A paid order of which a part was asked back, which Docdata took; reports do not repeat the reference. */
const filed = Effect.gen(function*() {
  const { act } = yield* FakeProvider
  yield* forgetReferences
  const order = yield* orderOf("web-1")
  const paymentId = yield* act({ do: "pay", orderKey: order.state.key })
  yield* refresh(order)
  const modification = yield* refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 3000 })
  assert.strictEqual(modification.state, "filed")
  return { order, paymentId }
})

describe("a refund whose reference Docdata does not repeat", () => {
  test(
    "is not called failed while a refund that nothing names is under way, and the refusal says what is shown",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      yield* forgetReferences
      const { order, paymentId } = yield* unanswered(true)
      yield* TestClock.adjust(resolvableAfterMs)
      const failure = yield* Effect.flip(resolveModification(named(order), verdict))
      const shown = { orderId: order.id, paymentId, status: "NEW", amountMinor: 3000, currency: "EUR" }
      assert.deepInclude(failure, { _tag: "UnnamedRefundUnderWay", ...shown })
      assert.strictEqual((yield* modificationOf(order)).state, "unclear")
      assert.strictEqual(yield* abandonedCount(order), 0)
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      assert.strictEqual((yield* resolveModification(named(order), verdict)).state, "failed")
      // What the report shows as done is not given back once more.
      const rest = yield* refundPayment(named(order), { paymentId, reference: "r-2" })
      assert.strictEqual(rest.amountMinor, 1990)
    })
  )

  test(
    "may be called confirmed meanwhile",
    Effect.gen(function*() {
      yield* forgetReferences
      const { order } = yield* unanswered(true)
      yield* TestClock.adjust(resolvableAfterMs)
      assert.strictEqual(
        (yield* resolveModification(named(order), { ...verdict, outcome: "confirmed" })).state,
        "confirmed"
      )
    })
  )

  test(
    "and that Docdata took is resolved by a person too, or it would count towards the limit twice for ever",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* filed
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      const done: ModificationVerdict = { ...verdict, outcome: "confirmed", evidence: "bank" }
      assert.strictEqual((yield* Effect.flip(resolveModification(named(order), done)))._tag, "ResolvedTooEarly")
      yield* TestClock.adjust(resolvableAfterMs)
      assert.strictEqual((yield* resolveModification(named(order), done)).state, "confirmed")
      const rest = yield* refundPayment(named(order), { paymentId, reference: "r-2" })
      assert.strictEqual(rest.amountMinor, 1990)
    })
  )

  test(
    "and that Docdata took is not called failed while it may be under way",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* filed
      yield* TestClock.adjust(resolvableAfterMs)
      const failure = yield* Effect.flip(resolveModification(named(order), verdict))
      assert.strictEqual(failure._tag, "UnnamedRefundUnderWay")
      yield* act({ do: "move-refunds", paymentId, to: "FAILED" })
      assert.strictEqual((yield* resolveModification(named(order), verdict)).state, "failed")
      const rest = yield* refundPayment(named(order), { paymentId, reference: "r-2" })
      assert.strictEqual(rest.amountMinor, 4990)
    })
  )

  test(
    "may be called failed beside a refund that another modification names",
    Effect.gen(function*() {
      const { order, paymentId } = yield* unanswered(false)
      yield* refundPayment(named(order), { paymentId, reference: "r-2", amountMinor: 500 })
      yield* TestClock.adjust(resolvableAfterMs)
      assert.strictEqual((yield* resolveModification(named(order), verdict)).state, "failed")
    })
  )
})

test(
  "a modification that is not there cannot be resolved",
  Effect.gen(function*() {
    const { order } = yield* unanswered(false)
    yield* TestClock.adjust(resolvableAfterMs)
    for (const other of [{ reference: "r-9" }, { kind: "capture" as const }]) {
      const failure = yield* Effect.flip(resolveModification(named(order), { ...verdict, ...other }))
      assert.strictEqual(failure._tag, "ModificationNotFound")
    }
  })
)
