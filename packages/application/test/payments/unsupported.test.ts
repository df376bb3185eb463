/**
 * A payment provider that lacks an operation: whatever needs it is refused before anything is stored.
 */
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import {
  cancelOrder,
  capturePayment,
  chargeRecurring,
  type GatewayFailure,
  type Operation,
  OrderStore,
  proceedOnReturn,
  proceedPayment,
  refreshOrder,
  refundPayment,
  startPayment,
  type StoredOrder
} from "../../src/index.ts"
import { named, orderOf, type Shop, Taps, test } from "../support/shop.ts"

interface Paid {
  readonly order: StoredOrder
  readonly paymentId: string
}

const ideal = { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } as const
const result = { _tag: "Ideal" } as const

const paid = Effect.gen(function*() {
  const { act } = yield* FakeProvider
  const order = yield* orderOf("web-1")
  return { order, paymentId: yield* act({ do: "pay", orderKey: order.state.key }) }
})

const begun = Effect.gen(function*() {
  const { act } = yield* FakeProvider
  const order = yield* orderOf("web-1")
  return { order, paymentId: yield* act({ do: "begin", orderKey: order.state.key }) }
})

const authorised = Effect.gen(function*() {
  const { act } = yield* FakeProvider
  const order = yield* orderOf("web-1")
  return { order, paymentId: yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" }) }
})

/** Everything that is stored of an order. */
const storedOf = ({ id }: StoredOrder) =>
  OrderStore.use((store) =>
    Effect.all([store.read({ by: "id", id }), store.events(id), store.modifications(id), store.list({}, { limit: 9 })])
  )

type Use = (before: Paid) => Effect.Effect<unknown, { readonly _tag: string }, Shop>

const refusedUses: ReadonlyArray<readonly [what: string, Operation, Effect.Effect<Paid, unknown, Shop>, Use]> = [
  ["creating an order", "create", begun, () => orderOf("web-2")],
  ["starting a payment", "start", begun, ({ order }) => startPayment(named(order), { payment: ideal })],
  ["charging a series", "start", begun, ({ order }) => chargeRecurring(named(order), { series: "s", period: "p" })],
  ["proceeding", "proceed", begun, ({ order, paymentId }) => proceedPayment(named(order), { paymentId, result })],
  ["cancelling", "cancel", begun, ({ order }) => cancelOrder(named(order))],
  [
    "capturing",
    "capture",
    authorised,
    ({ order, paymentId }) => capturePayment(named(order), { paymentId, reference: "c-1", amountMinor: 100 })
  ],
  ["refunding", "refund", paid, ({ order, paymentId }) => refundPayment(named(order), { paymentId, reference: "r-1" })]
]

describe("a provider without an operation", () => {
  for (const [what, operation, before, use] of refusedUses) {
    test(
      `${what} is refused with the next step, and nothing is stored and nobody is asked`,
      Effect.gen(function*() {
        const { calls } = yield* FakeProvider
        const taps = yield* Taps
        const given = yield* Effect.orDie(before)
        yield* refreshOrder(named(given.order), { observedBy: "operator" })
        const stored = yield* storedOf(given.order)
        const asked = (yield* calls).filter((call) => call.operation === operation).length
        taps.gateway = { unsupported: new Set([operation]) }
        const failure = yield* Effect.flip(use(given))
        assert.strictEqual(failure._tag, "GatewayFailure")
        const { message, reason } = failure as GatewayFailure
        assert.deepEqual(reason, { _tag: "Unsupported" })
        assert.strictEqual(
          message,
          `${operation} not sent: the payment provider has no such operation; nothing was changed: do it in the ` +
            "provider's back office"
        )
        assert.deepEqual(yield* storedOf(given.order), stored)
        assert.strictEqual((yield* calls).filter((call) => call.operation === operation).length, asked)
      })
    )
  }

  test(
    "a shopper who comes back is no failure where the provider takes no callback parameters",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { order } = yield* begun
      const stored = yield* storedOf(order)
      taps.gateway = { unsupported: new Set(["proceed"]) }
      const shopper = { callback: "started", resultFor: () => result }
      assert.isUndefined(yield* proceedOnReturn(named(order), shopper))
      assert.deepEqual(yield* storedOf(order), stored)
    })
  )
})
