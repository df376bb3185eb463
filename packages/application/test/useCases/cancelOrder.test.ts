import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import {
  cancelOrder,
  type CancelResult,
  clearHold,
  GatewayFailure,
  OrderStore,
  refreshDueOrders,
  refreshUnshared
} from "../../src/index.ts"
import {
  callCount,
  day,
  eventTypesOf,
  inShop,
  minute,
  named,
  notSent,
  orderOf,
  second,
  startMs,
  statusOf,
  Taps,
  test,
  timeout,
  Untapped
} from "../support/shop.ts"

const stateOf = (order: { readonly id: string }) =>
  Effect.map(OrderStore.use((store) => store.read(named(order))), (snapshot) => snapshot.order.state)

describe("cancelling an order", () => {
  test(
    "without any attempt: the order is cancelled, with its event, and stays so when repeated",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const first = yield* cancelOrder(named(order))
      assert.strictEqual(first.result._tag, "NoPayments")
      assert.strictEqual(first.order.state.status, "cancelled")
      const again = yield* cancelOrder(named(order))
      assert.strictEqual(again.result._tag, "AlreadyCancelled")
      assert.strictEqual(yield* statusOf(order), "cancelled")
      assert.deepEqual((yield* eventTypesOf(order)).filter((events) => events.includes("->")), ["new -> cancelled"])
    })
  )

  test(
    "with an authorised payment: it is given up at Docdata, and the order is cancelled",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" })
      const { result } = yield* cancelOrder(named(order))
      assert.strictEqual(result._tag, "Cancelled")
      assert.strictEqual(yield* statusOf(order), "cancelled")
    })
  )

  test(
    "with captured money: Docdata refuses, the order stays paid and is held",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      const { outcome, result } = yield* cancelOrder(named(order))
      assert.strictEqual(result._tag, "NotCancelled")
      assert.include((outcome?.findings ?? []).map(({ kind }) => kind), "cancel-not-confirmed")
      const state = yield* stateOf(order)
      assert.strictEqual(state.status, "paid")
      assert.isDefined(state.hold)
      assert.notStrictEqual(state.fulfilment, "ship")
    })
  )

  test(
    "while the acquirer was asked: pending is no cancellation; the order waits and is held",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      const paymentId = yield* act({ do: "begin", orderKey: order.state.key })
      yield* act({ do: "word", paymentId, status: "AUTHORIZATION_REQUESTED" })
      const { result } = yield* cancelOrder(named(order))
      assert.strictEqual(result._tag, "Pending")
      const state = yield* stateOf(order)
      assert.strictEqual(state.status, "pending")
      assert.isDefined(state.hold)
    })
  )

  for (const [tag, status] of [["Unrecognised", "new"], ["NotCancelled", "new"], ["Cancelled", "cancelled"]] as const) {
    test(
      `reads Docdata's answer and not its success: ${tag} without attempts leaves the order ${status}`,
      Effect.gen(function*() {
        const taps = yield* Taps
        const { gateway } = yield* Untapped
        const order = yield* orderOf("web-1")
        const value: CancelResult = tag === "Unrecognised" ? { _tag: tag, word: "MAYBE" } : { _tag: tag }
        taps.gateway = {
          cancel: (merchant, input) => Effect.map(gateway.cancel(merchant, input), (answer) => ({ ...answer, value }))
        }
        yield* cancelOrder(named(order))
        const state = yield* stateOf(order)
        assert.deepEqual(state.hold !== undefined, status === "new")
        assert.strictEqual(state.status, status)
      })
    )
  }

  test(
    "does not lose the request when a younger refresh, which knew nothing of it, is stored first",
    Effect.gen(function*() {
      const taps = yield* Taps
      const run = yield* inShop
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      let isFirst = true
      taps.gateway = {
        status: (merchant, input) =>
          Effect.suspend(() => {
            if (!isFirst) return gateway.status(merchant, input)
            isFirst = false
            return Effect.tap(gateway.status(merchant, input), () =>
              Effect.andThen(
                TestClock.adjust(second),
                run(Effect.orDie(refreshUnshared(named(order), { observedBy: "notification" })))
              ))
          })
      }
      yield* cancelOrder(named(order))
      assert.strictEqual(yield* statusOf(order), "cancelled")
    })
  )

  test(
    "passes a refusal on, changes nothing, and looks again soon",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* plan({ operation: "cancel", executed: true, reason: timeout })
      const failure = yield* Effect.flip(cancelOrder(named(order)))
      assert.strictEqual(failure._tag, "GatewayFailure")
      const { order: stored } = yield* OrderStore.use((store) => store.read(named(order)))
      assert.strictEqual(stored.state.status, "new")
      assert.isAtMost(stored.nextRefreshAtMs ?? 0, startMs + 15 * second)
      yield* cancelOrder(named(order))
      assert.strictEqual(yield* statusOf(order), "cancelled")
    })
  )

  test(
    "is not forgotten when no refresh follows: a paid order waits and is held until somebody cleared it",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* refreshUnshared(named(order), { observedBy: "operator" })
      assert.strictEqual((yield* stateOf(order)).fulfilment, "ship")
      yield* plan({ operation: "status", executed: false, reason: timeout })
      yield* Effect.flip(cancelOrder(named(order)))
      assert.deepInclude(yield* stateOf(order), { hold: "cancel-not-confirmed", fulfilment: "wait" })
      yield* TestClock.adjust(15 * second)
      yield* refreshDueOrders()
      assert.deepInclude(yield* stateOf(order), { hold: "cancel-not-confirmed", fulfilment: "wait" })
      const { order: cleared } = yield* clearHold(named(order))
      assert.strictEqual(cleared.state.fulfilment, "ship")
      assert.isUndefined((yield* stateOf(order)).hold)
      yield* clearHold(named(order))
      assert.strictEqual((yield* stateOf(order)).fulfilment, "ship")
    })
  )

  test(
    "leaves an order free when Docdata certainly did nothing",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* refreshUnshared(named(order), { observedBy: "operator" })
      yield* plan({ operation: "cancel", executed: false, reason: notSent })
      yield* Effect.flip(cancelOrder(named(order)))
      assert.isUndefined((yield* stateOf(order)).hold)
      yield* TestClock.adjust(15 * second)
      yield* refreshDueOrders()
      assert.strictEqual((yield* stateOf(order)).fulfilment, "ship")
    })
  )

  for (const [unanswered, turns] of [["first", [timeout, notSent]], ["second", [notSent, timeout]]] as const) {
    test(
      `holds the order when of two at once the ${unanswered} has no answer and Docdata certainly did nothing for the other`,
      Effect.gen(function*() {
        const taps = yield* Taps
        const { gateway, store } = yield* Untapped
        const order = yield* orderOf("web-1")
        const answers = turns.map(() => Deferred.makeUnsafe<void, GatewayFailure>())
        let asked = 0
        taps.gateway = {
          cancel: (merchant, input) =>
            Effect.suspend(() => Effect.andThen(Deferred.await(answers[asked++]!), gateway.cancel(merchant, input)))
        }
        // Both have read that nothing holds the order before one of them holds it.
        const haveRead = Deferred.makeUnsafe<void>()
        taps.store = { commit: (change) => Effect.andThen(Deferred.await(haveRead), store.commit(change)) }
        const cancels = yield* Effect.forEach(turns, () => Effect.forkChild(Effect.exit(cancelOrder(named(order)))))
        yield* TestClock.adjust(second)
        yield* Deferred.succeed(haveRead, undefined)
        yield* TestClock.adjust(second)
        assert.strictEqual(asked, 2)
        for (const [turn, reason] of turns.entries()) {
          yield* Deferred.fail(answers[turn]!, new GatewayFailure({ operation: "cancel", reason }))
          yield* TestClock.adjust(second)
        }
        for (const cancel of cancels) yield* Fiber.join(cancel)
        assert.strictEqual((yield* stateOf(order)).hold, "cancel-not-confirmed")
      })
    )
  }

  test(
    "takes a success without a word, as versions before 1.3 answer, for a confirmation",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      const value: CancelResult = { _tag: "Unrecognised", word: "" }
      taps.gateway = {
        cancel: (merchant, input) => Effect.map(gateway.cancel(merchant, input), (answer) => ({ ...answer, value }))
      }
      yield* cancelOrder(named(order))
      assert.strictEqual(yield* statusOf(order), "cancelled")
    })
  )

  test(
    "asks nothing of Docdata for an order it never knew",
    Effect.gen(function*() {
      const failure = yield* Effect.flip(
        cancelOrder({ by: "order-reference", merchant: "shop", orderReference: "none" })
      )
      assert.strictEqual(failure._tag, "OrderNotFound")
      assert.strictEqual(yield* callCount("cancel"), 0)
    })
  )

  test(
    "is undone by money that arrives afterwards: the order shows it and is held",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      const paymentId = yield* act({ do: "begin", orderKey: order.state.key, method: "BANK_TRANSFER" })
      yield* cancelOrder(named(order))
      assert.strictEqual(yield* statusOf(order), "cancelled")
      // The shopper had the transfer on its way.
      yield* act({ do: "word", paymentId, status: "AUTHORIZED" })
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      taps.gateway = {
        status: (merchant, input) =>
          Effect.map(gateway.status(merchant, input), (answer) => ({
            ...answer,
            value: {
              ...answer.value,
              totals: { ...answer.value.totals, captured: 4990 },
              payments: answer.value.payments.map((line) => ({
                ...line,
                authorization: {
                  ...line.authorization,
                  captures: [{ status: "CAPTURED", amount: { minor: 4990, currency: "EUR" } }]
                }
              }))
            }
          }))
      }
      yield* TestClock.adjust(day)
      yield* refreshDueOrders()
      const state = yield* stateOf(order)
      assert.strictEqual(state.status, "paid")
      assert.isDefined(state.hold)
      assert.include(yield* eventTypesOf(order), "cancelled -> paid")
      assert.isAbove(day, minute)
    })
  )
})
