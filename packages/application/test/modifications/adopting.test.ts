/**
 * Captures and refunds that Docdata knows and this database has forgotten: it was restored from an older copy.
 */
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { capturePayment, OrderStore, refreshOrder, refundPayment, type StoredOrder } from "../../src/index.ts"
import { callCount, named, notSent, orderOf, Taps, test, Untapped } from "../support/shop.ts"

const refresh = (order: StoredOrder) => refreshOrder(named(order), { observedBy: "operator" })

const opened = (doing: "authorize" | "pay") =>
  Effect.gen(function*() {
    const { act } = yield* FakeProvider
    const order = yield* orderOf("web-1")
    const paymentId = yield* act({ do: doing, orderKey: order.state.key, method: "VISA" })
    yield* refresh(order)
    return { order, paymentId }
  })

/** The database as it was before anything was asked for. */
const forgetting = (order: StoredOrder) =>
  OrderStore.use((store) =>
    Effect.forEach(
      ["capture", "refund"] as const,
      (kind) =>
        Effect.flatMap(store.modifications(order.id), (all) =>
          Effect.forEach(
            all.filter((one) => one.kind === kind),
            ({ reference }) => store.withdraw({ orderId: order.id, kind, reference })
          ))
    )
  )

/** Asked of Docdata by a process whose database is lost: nothing of it is stored here. */
const askedElsewhere = <E, R>(order: StoredOrder, ask: Effect.Effect<unknown, E, R>) =>
  Effect.gen(function*() {
    const taps = yield* Taps
    const { store } = yield* Untapped
    // The answer is never written down, and what was intended is taken back with the database.
    taps.store = { resolve: () => Effect.succeed(false) }
    yield* Effect.exit(ask)
    taps.store = {}
    yield* forgetting(order)
    assert.deepEqual(yield* store.modifications(order.id), [])
  })

describe("a capture or refund that Docdata knows under the reference", () => {
  test(
    "is taken over, and not asked for a second time",
    Effect.gen(function*() {
      const { order, paymentId } = yield* opened("pay")
      const request = { paymentId, reference: "r-1", amountMinor: 990 }
      yield* askedElsewhere(order, refundPayment(named(order), request))
      const before = yield* callCount("refund")
      const adopted = yield* refundPayment(named(order), request)
      assert.deepInclude(adopted, { state: "filed", amountMinor: 990 })
      assert.strictEqual(yield* callCount("refund"), before)
      assert.deepEqual(yield* refundPayment(named(order), request), adopted)
      yield* (yield* FakeProvider).act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      const stored = yield* OrderStore.use((store) => store.modifications(order.id))
      assert.deepEqual(stored.map(({ reference, state }) => [reference, state]), [["r-1", "confirmed"]])
    })
  )

  test(
    "for another amount is refused, and nothing is asked for",
    Effect.gen(function*() {
      const { order, paymentId } = yield* opened("authorize")
      const request = { paymentId, reference: "c-1", amountMinor: 3000 }
      yield* askedElsewhere(order, capturePayment(named(order), request))
      const before = yield* callCount("capture")
      const refused = yield* Effect.flip(capturePayment(named(order), { ...request, amountMinor: 1000 }))
      assert.strictEqual(refused._tag, "AlreadyTaken")
      assert.strictEqual(yield* callCount("capture"), before)
    })
  )

  test(
    "is not asked for while Docdata does not say what it knows, and the reference stays free",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const { order, paymentId } = yield* opened("pay")
      yield* plan({ operation: "status", executed: false, reason: notSent })
      const request = { paymentId, reference: "r-1", amountMinor: 990 }
      assert.strictEqual((yield* Effect.flip(refundPayment(named(order), request)))._tag, "GatewayFailure")
      assert.deepInclude(yield* refundPayment(named(order), request), { state: "filed" })
    })
  )
})
