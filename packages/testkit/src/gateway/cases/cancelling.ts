/** Giving up orders: the five results. */
import { isCancelled, PaymentGateway } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { merchant, ordered, reported, totalMinor } from "../gatewaySample.ts"
import { ProviderWorld } from "../ProviderWorld.ts"

const cancelled = (orderKey: string) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return (yield* gateway.cancel(merchant, { orderKey })).value
  })

export const cancelling: Group<PaymentGateway | ProviderWorld> = {
  title: "cancel",
  cases: [
    specify(
      "of an order that nobody began to pay: no payments, and then already cancelled",
      Effect.gen(function*() {
        const orderKey = yield* ordered()
        assert.deepEqual(yield* cancelled(orderKey), { _tag: "NoPayments" })
        assert.deepEqual(yield* cancelled(orderKey), { _tag: "AlreadyCancelled" })
      })
    ),
    specify(
      "of a payment that has begun: cancelled",
      Effect.gen(function*() {
        const { begin } = yield* ProviderWorld
        const orderKey = yield* ordered()
        yield* begin(orderKey)
        assert.deepEqual(yield* cancelled(orderKey), { _tag: "Cancelled" })
        const [payment] = (yield* reported(orderKey)).payments
        assert.equal(payment?.authorization.status, "CANCELED")
        assert.deepEqual(yield* cancelled(orderKey), { _tag: "AlreadyCancelled" })
      })
    ),
    specify(
      "of an approved payment: cancelled, and the approved money is gone although its word stays",
      Effect.gen(function*() {
        const { authorize } = yield* ProviderWorld
        const orderKey = yield* ordered()
        yield* authorize(orderKey)
        assert.equal((yield* reported(orderKey)).totals.acquirerApproved, totalMinor)
        assert.deepEqual(yield* cancelled(orderKey), { _tag: "Cancelled" })
        const { payments, totals } = yield* reported(orderKey)
        assert.deepEqual([totals.acquirerApproved, totals.reversed], [0, totalMinor])
        assert.equal(payments[0]?.authorization.status, "AUTHORIZED")
        assert.equal(payments[0]?.authorization.reversal?.amount.minor, totalMinor)
      })
    ),
    specify(
      "of a captured payment: not cancelled, and the money stays",
      Effect.gen(function*() {
        const { pay } = yield* ProviderWorld
        const orderKey = yield* ordered()
        yield* pay(orderKey)
        const result = yield* cancelled(orderKey)
        assert.deepEqual(result, { _tag: "NotCancelled" })
        assert.equal(isCancelled(result), false)
        assert.equal((yield* reported(orderKey)).totals.captured, totalMinor)
      })
    ),
    specify(
      "of a payment whose acquirer has not answered: pending, which is no cancellation",
      Effect.gen(function*() {
        const { askAcquirer, begin } = yield* ProviderWorld
        const orderKey = yield* ordered()
        yield* askAcquirer(yield* begin(orderKey))
        const result = yield* cancelled(orderKey)
        assert.deepEqual(result, { _tag: "Pending" })
        assert.equal(isCancelled(result), false)
      })
    ),
    specify(
      "takes an order as a whole: one captured payment and nothing is cancelled for good",
      Effect.gen(function*() {
        const { begin, pay } = yield* ProviderWorld
        const orderKey = yield* ordered()
        yield* begin(orderKey)
        yield* pay(orderKey)
        assert.deepEqual(yield* cancelled(orderKey), { _tag: "NotCancelled" })
      })
    )
  ]
}
