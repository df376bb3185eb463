import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import { chargeOverMs, chargeRecurring, refreshDueOrders, refreshOrder, startPayment } from "../../src/index.ts"
import {
  account,
  Accounts,
  callCount,
  create,
  finish,
  hour,
  minute,
  named,
  notSent,
  orderOf,
  requestFor,
  second,
  statusOf,
  Taps,
  test,
  timeout,
  Untapped
} from "../support/shop.ts"

/** A series S1 that began with a paid order. */
const seriesBegun = Effect.gen(function*() {
  const { act } = yield* FakeProvider
  const first = yield* create(requestFor("sub-1", { shopOrder: { minor: 900, series: "S1" } }))
  yield* act({ do: "pay", orderKey: first.state.key, method: "VISA" })
})

const november = { series: "S1", period: "2026-11" }
const chargesAtDocdata = callCount("start")

describe("charging a series", () => {
  test(
    "starts one payment for the period, and the refresh shows what became of it",
    Effect.gen(function*() {
      yield* seriesBegun
      const order = yield* orderOf("sub-2")
      const { payment } = yield* chargeRecurring(named(order), november)
      assert.strictEqual(payment._tag, "Accepted")
      yield* TestClock.adjust(15 * second)
      yield* refreshDueOrders()
      assert.strictEqual(yield* statusOf(order), "pending")
    })
  )

  test(
    "never charges a period twice, whoever repeats it, with the same order or another",
    Effect.gen(function*() {
      yield* seriesBegun
      const order = yield* orderOf("sub-2")
      const other = yield* orderOf("sub-3")
      yield* chargeRecurring(named(order), november)
      for (const one of [order, other]) {
        const failure = yield* Effect.flip(chargeRecurring(named(one), november))
        assert.deepInclude(failure, { _tag: "AlreadyCharged", series: "S1", period: "2026-11" })
      }
      yield* chargeRecurring(named(other), { series: "S1", period: "2026-12" })
      assert.strictEqual(yield* chargesAtDocdata, 2)
    })
  )

  test(
    "charges once when forty ask at once with two orders",
    Effect.gen(function*() {
      yield* seriesBegun
      const taps = yield* Taps
      const { gateway, store } = yield* Untapped
      const orders = [yield* orderOf("sub-2"), yield* orderOf("sub-3")] as const
      taps.gateway = { start: (merchant, input) => Effect.delay(gateway.start(merchant, input), 500) }
      // Let everybody in between everything.
      taps.store = {
        read: (name, ids) => Effect.andThen(Effect.yieldNow, store.read(name, ids)),
        events: (id) => Effect.andThen(Effect.yieldNow, store.events(id)),
        takePeriod: (claim) => Effect.andThen(Effect.yieldNow, store.takePeriod(claim)),
        commit: (change) => Effect.andThen(Effect.yieldNow, store.commit(change))
      }
      const charging = yield* Effect.forkChild(Effect.forEach(
        Array.from({ length: 40 }, (_, i) => orders[i % 2 === 0 ? 0 : 1]),
        (order) => Effect.result(chargeRecurring(named(order), november)),
        { concurrency: "unbounded" }
      ))
      const results = yield* finish(charging)
      assert.strictEqual(results.filter(({ _tag }) => _tag === "Success").length, 1)
      assert.strictEqual(yield* chargesAtDocdata, 1)
    })
  )

  for (const moment of ["before Docdata is asked", "after Docdata was asked"] as const) {
    test(
      `is not repeated at once after a crash ${moment}; long after, only if a refresh shows that nothing came of it`,
      Effect.gen(function*() {
        yield* seriesBegun
        const taps = yield* Taps
        const { gateway } = yield* Untapped
        const order = yield* orderOf("sub-2")
        const crash = Effect.die(new Error("the process ends here"))
        taps.gateway = {
          start: (merchant, input) =>
            moment === "before Docdata is asked" ? crash : Effect.andThen(gateway.start(merchant, input), crash)
        }
        yield* Effect.exit(chargeRecurring(named(order), november))
        taps.gateway = {}
        for (const waitMs of [0, 15 * second, 5 * minute]) {
          yield* TestClock.adjust(waitMs)
          yield* refreshDueOrders()
          assert.strictEqual((yield* Effect.flip(chargeRecurring(named(order), november)))._tag, "AlreadyCharged")
        }
        yield* TestClock.adjust(chargeOverMs)
        assert.strictEqual((yield* Effect.flip(chargeRecurring(named(order), november)))._tag, "AlreadyCharged")
        yield* refreshDueOrders()
        const again = yield* Effect.result(chargeRecurring(named(order), november))
        assert.strictEqual(again._tag, moment === "before Docdata is asked" ? "Success" : "Failure")
        assert.strictEqual(yield* chargesAtDocdata, 1)
      })
    )
  }

  test(
    "is not charged again by whoever looked at the order before somebody else charged it",
    Effect.gen(function*() {
      yield* seriesBegun
      const taps = yield* Taps
      const { store } = yield* Untapped
      const order = yield* orderOf("sub-2")
      // The slow one has read that the order was never charged, and sleeps for half an hour.
      let isSlow = true
      taps.store = {
        events: (id) =>
          Effect.suspend(() => {
            if (!isSlow) return store.events(id)
            isSlow = false
            return Effect.tap(store.events(id), () => Effect.sleep(hour / 2))
          })
      }
      const slow = yield* Effect.forkChild(Effect.result(chargeRecurring(named(order), november)))
      yield* TestClock.adjust(second)
      const { plan } = yield* FakeProvider
      yield* plan({ operation: "start", executed: false, reason: timeout })
      yield* Effect.flip(chargeRecurring(named(order), november))
      yield* TestClock.adjust(20 * minute)
      yield* refreshOrder(named(order), { observedBy: "schedule" })
      assert.strictEqual(yield* statusOf(order), "new")
      yield* TestClock.adjust(hour)
      assert.strictEqual((yield* finish(slow))._tag, "Failure")
      assert.strictEqual(yield* chargesAtDocdata, 1)
    })
  )

  test(
    "can be repeated with the same order after a refusal, once it is certain that nothing came of it",
    Effect.gen(function*() {
      yield* seriesBegun
      const { plan } = yield* FakeProvider
      const order = yield* orderOf("sub-2")
      yield* plan({ operation: "start", executed: false, reason: notSent })
      assert.strictEqual((yield* Effect.flip(chargeRecurring(named(order), november)))._tag, "GatewayFailure")
      yield* TestClock.adjust(chargeOverMs + minute)
      yield* refreshDueOrders()
      assert.strictEqual((yield* chargeRecurring(named(order), november)).payment._tag, "Accepted")
    })
  )

  test(
    "is not charged again while the first charge has hardly begun, however long that takes",
    Effect.gen(function*() {
      yield* seriesBegun
      const { act } = yield* FakeProvider
      const order = yield* orderOf("sub-2")
      const { payment } = yield* chargeRecurring(named(order), november)
      assert.strictEqual(payment._tag, "Accepted")
      const paymentId = payment._tag === "Accepted" ? payment.paymentId : ""
      yield* act({ do: "word", paymentId, status: "STARTED" })
      yield* TestClock.adjust(chargeOverMs + minute)
      yield* refreshOrder(named(order), { observedBy: "schedule" })
      assert.strictEqual(yield* statusOf(order), "new")
      assert.strictEqual((yield* Effect.flip(chargeRecurring(named(order), november)))._tag, "AlreadyCharged")
      assert.strictEqual(yield* chargesAtDocdata, 1)
    })
  )

  test(
    "is refused for an inactive merchant and for an order whose shopper is paying already",
    Effect.gen(function*() {
      yield* seriesBegun
      const accounts = yield* Accounts
      const order = yield* orderOf("sub-2")
      yield* startPayment(named(order), {
        payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } }
      })
      assert.strictEqual((yield* Effect.flip(chargeRecurring(named(order), november)))._tag, "AlreadyCharged")
      yield* Ref.set(accounts, [account({ active: false })])
      assert.strictEqual((yield* Effect.flip(chargeRecurring(named(order), november)))._tag, "MerchantInactive")
      assert.strictEqual(yield* chargesAtDocdata, 1)
    })
  )
})
