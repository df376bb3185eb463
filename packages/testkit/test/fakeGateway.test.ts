import { type CreateOrderInput, mayHaveHappened, type Merchant, PaymentGateway } from "@docdata/application"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import { FakeProvider, layerFakeGateway } from "../src/index.ts"

const merchant: Merchant = { environment: "test", merchantName: "shop", password: Redacted.make("secret") }

const order = (orderReference: string): CreateOrderInput => ({
  orderReference,
  profile: "standard",
  daysToPay: 14,
  buyer: {
    _tag: "Shopper",
    id: "c-1",
    name: { first: "Nobody", last: "Real" },
    email: "nobody@shop.example",
    language: "nl",
    gender: "undefined"
  },
  total: { minor: 4990, currency: "EUR" },
  billTo: {
    name: { first: "Nobody", last: "Real" },
    address: { street: "Kade", city: "Zwolle", country: "NL" }
  }
})

const created = (reference: string) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return (yield* gateway.create(merchant, order(reference))).value.orderKey
  })

const totals = (orderKey: string) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return (yield* gateway.status(merchant, { orderKey })).value.totals
  })

it.layer(layerFakeGateway())("a fake gateway", (it) => {
  it.effect("lets a test play the shopper, the bank and the acquirer", () =>
    Effect.gen(function*() {
      const gateway = yield* PaymentGateway
      const { act } = yield* FakeProvider
      const orderKey = yield* created("web-1")
      const paymentId = yield* act({ do: "authorize", orderKey, method: "VISA" })
      assert.include(yield* totals(orderKey), { registered: 4990, acquirerApproved: 4990, captured: 0 })
      yield* gateway.capture(merchant, { orderKey, paymentId })
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* gateway.refund(merchant, {
        orderKey,
        paymentId,
        scope: { _tag: "Amount", amount: { minor: 990, currency: "EUR" } }
      })
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* act({ do: "charge-back", paymentId, minor: 1000 })
      assert.include(yield* totals(orderKey), { captured: 4990, refunded: 990, chargedBack: 1000 })
    }))

  it.effect("finds a payment only beside the key of its own order", () =>
    Effect.gen(function*() {
      const gateway = yield* PaymentGateway
      const { act } = yield* FakeProvider
      const orderKey = yield* created("web-5")
      const other = yield* created("web-6")
      const paymentId = yield* act({ do: "authorize", orderKey })
      const { reason } = yield* Effect.flip(gateway.capture(merchant, { orderKey: other, paymentId }))
      assert.deepInclude(reason, { _tag: "Rejected", kind: "not-found" })
      assert.strictEqual((yield* gateway.capture(merchant, { orderKey, paymentId })).value._tag, "Filed")
    }))

  it.effect("makes money of a dated capture wait for its day", () =>
    Effect.gen(function*() {
      const gateway = yield* PaymentGateway
      const { act } = yield* FakeProvider
      const orderKey = yield* created("web-2")
      yield* TestClock.setTime(Date.UTC(2026, 0, 5, 12))
      const paymentId = yield* act({ do: "authorize", orderKey })
      yield* gateway.capture(merchant, { orderKey, paymentId, notBefore: "2026-01-06" })
      const refused = yield* Effect.flip(act({ do: "move-captures", paymentId, to: "CAPTURED" }))
      assert.match(refused.message, /the day that was asked for/)
      yield* TestClock.adjust("36 hours")
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      assert.include(yield* totals(orderKey), { captured: 4990 })
    }))

  it.effect("fails on demand, late, executed or not, and tells what reached the provider", () =>
    Effect.gen(function*() {
      const gateway = yield* PaymentGateway
      const { calls, plan } = yield* FakeProvider
      const orderKey = yield* created("web-3")
      const before = (yield* calls).length
      const deadline = { _tag: "TransportFailure", obstacle: "deadline", sent: "unknown", retryable: false } as const
      yield* plan({ operation: "cancel", executed: true, afterMs: 30_000, reason: deadline })
      const call = yield* Effect.forkChild(Effect.flip(gateway.cancel(merchant, { orderKey })))
      yield* TestClock.adjust("29 seconds")
      assert.isUndefined(call.pollUnsafe())
      yield* TestClock.adjust("1 second")
      const failure = yield* Fiber.join(call)
      assert.isTrue(mayHaveHappened(failure.operation, failure.reason))
      assert.deepInclude((yield* gateway.cancel(merchant, { orderKey })).value, { _tag: "AlreadyCancelled" })
      assert.deepStrictEqual((yield* calls).slice(before).map(({ executed, operation }) => [operation, executed]), [
        ["cancel", true],
        ["cancel", true]
      ])
    }))

  it.effect("says why an action is not possible", () =>
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const orderKey = yield* created("web-4")
      const paymentId = yield* act({ do: "pay", orderKey })
      for (
        const action of [
          { do: "pay", orderKey: "X" },
          { do: "approve", paymentId: "1" },
          { do: "approve", paymentId },
          { do: "move-refunds", paymentId, to: "CAPTURED" },
          { do: "charge-back", paymentId, minor: 5000 }
        ] as const
      ) {
        assert.strictEqual((yield* Effect.flip(act(action)))._tag, "ActionFailure")
      }
    }))
})
