import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import {
  capturePayment,
  type Modification,
  OrderStore,
  refreshDueOrders,
  refreshOrder,
  refundPayment,
  StoreFailure
} from "../../src/index.ts"
import {
  account,
  callCount,
  day,
  finish,
  hour,
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

const secret = account().credentials.password

const refresh = (order: { readonly id: string }) => refreshOrder(named(order), { observedBy: "operator" })

/** A card payment that waits for its goods. */
const authorised = (number: string) =>
  Effect.gen(function*() {
    const { act } = yield* FakeProvider
    const order = yield* orderOf(number)
    const paymentId = yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" })
    yield* refresh(order)
    return { order, paymentId }
  })

/** An order that is paid. */
const paid = (number: string) =>
  Effect.gen(function*() {
    const { act } = yield* FakeProvider
    const order = yield* orderOf(number)
    const paymentId = yield* act({ do: "pay", orderKey: order.state.key })
    yield* refresh(order)
    return { order, paymentId }
  })

const commitFails = new StoreFailure({ operation: "OrderStore.commit", retryable: true, code: "busy" })

const read = (order: { readonly id: string }) =>
  OrderStore.use((store) => store.read(named(order))).pipe(Effect.map((snapshot) => snapshot.order))

const modificationsOf = (order: { readonly id: string }) => OrderStore.use((store) => store.modifications(order.id))

const countedMinor = (modifications: ReadonlyArray<Modification>): number =>
  modifications.filter(({ state }) => state !== "failed").reduce((sum, { amountMinor }) => sum + amountMinor, 0)

describe("capturing", () => {
  test(
    "goes from filed to confirmed when a report shows it, and the order is paid",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* authorised("web-1")
      assert.strictEqual(yield* statusOf(order), "pending")
      const modification = yield* capturePayment(named(order), { paymentId, reference: "c-1" })
      assert.deepInclude(modification, { kind: "capture", state: "filed", amountMinor: 4990, currency: "EUR" })
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.deepEqual((yield* modificationsOf(order)).map(({ state }) => state), ["confirmed"])
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "for the last time of less than is authorised gives the rest up, and the order is paid",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* authorised("web-1")
      const request = { paymentId, reference: "c-1", amountMinor: 3000, final: true }
      assert.deepInclude(yield* capturePayment(named(order), request), { state: "filed", final: true })
      yield* refresh(order)
      assert.deepInclude((yield* read(order)).state, { status: "pending", releasedMinor: 1990 })
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.deepInclude((yield* read(order)).state, { status: "paid", fulfilment: "ship", releasedMinor: 1990 })
      yield* refresh(order)
      assert.deepInclude((yield* read(order)).state, { status: "paid", releasedMinor: 1990 })
    })
  )

  test(
    "in parcels gives up what is left after the last one",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* authorised("web-1")
      yield* capturePayment(named(order), { paymentId, reference: "c-1", amountMinor: 2000 })
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.deepInclude((yield* read(order)).state, { status: "pending", fulfilment: "ship" })
      yield* capturePayment(named(order), { paymentId, reference: "c-2", amountMinor: 1000, final: true })
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.deepInclude((yield* read(order)).state, { status: "paid", releasedMinor: 1990 })
    })
  )

  test(
    "for the last time gives nothing up when it fails or is refused",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const { order, paymentId } = yield* authorised("web-1")
      const request = { paymentId, reference: "c-1", amountMinor: 3000, final: true }
      yield* plan({ operation: "capture", executed: false, reason: notSent })
      yield* Effect.flip(capturePayment(named(order), request))
      yield* refresh(order)
      assert.isUndefined((yield* read(order)).state.releasedMinor)
      yield* capturePayment(named(order), request)
      yield* act({ do: "move-captures", paymentId, to: "FAILED" })
      yield* refresh(order)
      assert.isUndefined((yield* read(order)).state.releasedMinor)
      assert.strictEqual(yield* statusOf(order), "pending")
    })
  )

  test(
    "is asked of Docdata once per reference, at once and afterwards",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const { order, paymentId } = yield* authorised("web-1")
      taps.gateway = { capture: (merchant, input) => Effect.delay(gateway.capture(merchant, input), 300) }
      const request = { paymentId, reference: "c-1", amountMinor: 1000 }
      const calls = yield* Effect.forkChild(Effect.forEach(
        Array.from({ length: 20 }),
        () => capturePayment(named(order), request),
        { concurrency: "unbounded" }
      ))
      const modifications = yield* finish(calls)
      assert.deepEqual([...new Set(modifications.map(({ reference }) => reference))], ["c-1"])
      assert.strictEqual((yield* capturePayment(named(order), request)).state, "filed")
      assert.strictEqual(yield* callCount("capture"), 1)
    })
  )

  test(
    "refuses the same reference for another amount or payment",
    Effect.gen(function*() {
      const { order, paymentId } = yield* authorised("web-1")
      yield* capturePayment(named(order), { paymentId, reference: "c-1", amountMinor: 1000 })
      const failure = yield* Effect.flip(
        capturePayment(named(order), { paymentId, reference: "c-1", amountMinor: 1001 })
      )
      assert.deepInclude(failure, { _tag: "AlreadyTaken", what: "modification-reference" })
      assert.strictEqual(yield* callCount("capture"), 1)
    })
  )

  test(
    "in parts: a filed part is not replaced by the next one, and the parts are never more than there is",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* authorised("web-1")
      yield* capturePayment(named(order), { paymentId, reference: "c-1", amountMinor: 2000 })
      yield* capturePayment(named(order), { paymentId, reference: "c-2", amountMinor: 2000 })
      const tooMuch = yield* Effect.flip(
        capturePayment(named(order), { paymentId, reference: "c-3", amountMinor: 991 })
      )
      assert.deepInclude(tooMuch, { _tag: "ModificationTooLarge", leftMinor: 990, askedMinor: 991 })
      yield* capturePayment(named(order), { paymentId, reference: "c-4" })
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.deepEqual((yield* modificationsOf(order)).map(({ amountMinor, state }) => [amountMinor, state]), [
        [2000, "confirmed"],
        [2000, "confirmed"],
        [990, "confirmed"]
      ])
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "replaces an automatic capture that is filed, which would leave nothing to capture",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const { order, paymentId } = yield* authorised("web-1")
      yield* gateway.capture(
        { environment: "test", merchantName: "lantern_shop", password: secret },
        { orderKey: order.state.key, paymentId }
      )
      const replacing: Array<unknown> = []
      taps.gateway = {
        capture: (merchant, input) => {
          replacing.push(input.replaceFiled)
          return gateway.capture(merchant, input)
        }
      }
      yield* capturePayment(named(order), { paymentId, reference: "c-1", amountMinor: 1500 })
      yield* capturePayment(named(order), { paymentId, reference: "c-2", amountMinor: 500 })
      assert.deepEqual(replacing, [true, false])
    })
  )

  for (const slow of ["c-1", "c-2", "c-3"]) {
    test(
      `in parts at once, of which ${slow} is slow on its way: none replaces another, and the automatic one is replaced`,
      Effect.gen(function*() {
        const { act } = yield* FakeProvider
        const taps = yield* Taps
        const { gateway, store } = yield* Untapped
        const { order, paymentId } = yield* authorised("web-1")
        yield* gateway.capture(
          { environment: "test", merchantName: "lantern_shop", password: secret },
          { orderKey: order.state.key, paymentId }
        )
        taps.gateway = {
          capture: (merchant, input) =>
            Effect.delay(gateway.capture(merchant, input), input.captureReference === slow ? 900 : 100)
        }
        // Everybody reads before anybody writes.
        taps.store = { intend: (modification, limit) => Effect.delay(store.intend(modification, limit), 50) }
        const calls = yield* Effect.forkChild(Effect.forEach(
          ["c-1", "c-2", "c-3"],
          (reference) => capturePayment(named(order), { paymentId, reference, amountMinor: 1500 }),
          { concurrency: "unbounded" }
        ))
        assert.deepEqual((yield* finish(calls)).map(({ state }) => state), ["filed", "filed", "filed"])
        yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
        yield* refresh(order)
        assert.deepEqual((yield* modificationsOf(order)).map(({ state }) => state), [
          "confirmed",
          "confirmed",
          "confirmed"
        ])
        const { payments } = yield* store.read(named(order))
        assert.strictEqual(payments[0]?.debitedMinor, 4500)
      })
    )
  }

  test(
    "asks for what is left after the wait for another capture, also where others took money meanwhile",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const { order, paymentId } = yield* authorised("web-1")
      taps.gateway = {
        capture: (merchant, input) =>
          Effect.delay(gateway.capture(merchant, input), input.captureReference === "c-1" ? 20 * second : 0)
      }
      const first = yield* Effect.forkChild(
        capturePayment(named(order), { paymentId, reference: "c-1", amountMinor: 1500 })
      )
      const rest = yield* Effect.forkChild(capturePayment(named(order), { paymentId, reference: "c-2" }))
      yield* TestClock.adjust(second)
      yield* gateway.capture(
        { environment: "test", merchantName: "lantern_shop", password: secret },
        { orderKey: order.state.key, paymentId, amount: { minor: 2000, currency: "EUR" } }
      )
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.strictEqual((yield* finish(first, second)).state, "filed")
      assert.deepInclude(yield* finish(rest, second), { state: "filed", amountMinor: 4990 - 1500 - 2000 })
    })
  )

  test(
    "waits no longer for another capture than its call can take",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const { order, paymentId } = yield* authorised("web-1")
      taps.gateway = {
        capture: (merchant, input) =>
          Effect.delay(gateway.capture(merchant, input), input.captureReference === "c-1" ? 10 * minute : 0)
      }
      const request = { paymentId, amountMinor: 1500 }
      const first = yield* Effect.forkChild(capturePayment(named(order), { ...request, reference: "c-1" }))
      const second = yield* Effect.forkChild(capturePayment(named(order), { ...request, reference: "c-2" }))
      assert.strictEqual((yield* finish(second, 1000)).state, "filed")
      assert.strictEqual(yield* callCount("capture"), 1)
      yield* finish(first, minute)
    })
  )

  test(
    "that fails at the acquirer becomes failed by the report and frees the limit again",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* authorised("web-1")
      yield* capturePayment(named(order), { paymentId, reference: "c-1" })
      yield* act({ do: "move-captures", paymentId, to: "FAILED" })
      yield* refresh(order)
      assert.deepEqual((yield* modificationsOf(order)).map(({ state }) => state), ["failed"])
      const again = yield* capturePayment(named(order), { paymentId, reference: "c-2" })
      assert.deepInclude(again, { amountMinor: 4990, state: "filed" })
    })
  )

  test(
    "of nothing, of an unknown payment, or of an order that is not there is refused without a call",
    Effect.gen(function*() {
      const { order, paymentId } = yield* paid("web-1")
      const nothing = yield* Effect.flip(capturePayment(named(order), { paymentId, reference: "c-1" }))
      assert.strictEqual(nothing._tag, "WrongState")
      const unknown = yield* Effect.flip(capturePayment(named(order), { paymentId: "4200009999", reference: "c-1" }))
      assert.deepInclude(unknown, { _tag: "PaymentNotFound", paymentId: "4200009999" })
      const missing = yield* Effect.flip(capturePayment({ by: "id", id: "none" }, { paymentId, reference: "c-1" }))
      assert.strictEqual(missing._tag, "OrderNotFound")
      assert.strictEqual(yield* callCount("capture"), 0)
      assert.deepEqual(yield* modificationsOf(order), [])
    })
  )
})

describe("refunding", () => {
  test(
    "never gives back more than was captured, however many ask at once",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway, store } = yield* Untapped
      const { order, paymentId } = yield* paid("web-1")
      taps.gateway = { refund: (merchant, input) => Effect.delay(gateway.refund(merchant, input), 200) }
      taps.store = {
        read: (name, ids) => Effect.andThen(Effect.yieldNow, store.read(name, ids)),
        modifications: (id) => Effect.andThen(Effect.yieldNow, store.modifications(id)),
        intend: (modification, limit) => Effect.andThen(Effect.yieldNow, store.intend(modification, limit))
      }
      const calls = yield* Effect.forkChild(Effect.forEach(
        Array.from({ length: 40 }, (_, i) => i),
        (i) => Effect.result(refundPayment(named(order), { paymentId, reference: `r-${i}`, amountMinor: 700 })),
        { concurrency: "unbounded" }
      ))
      const results = yield* finish(calls)
      assert.strictEqual(results.filter(({ _tag }) => _tag === "Success").length, 7)
      for (const result of results) {
        if (result._tag === "Failure") assert.strictEqual(result.failure._tag, "ModificationTooLarge")
      }
      assert.strictEqual(countedMinor(yield* modificationsOf(order)), 4900)
      taps.store = {}
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* TestClock.adjust(second)
      yield* refresh(order)
      assert.strictEqual(yield* statusOf(order), "paid_refunded")
      yield* Effect.flatMap(
        Effect.forkChild(refundPayment(named(order), { paymentId, reference: "rest" })),
        (refunding) => finish(refunding)
      )
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.strictEqual(yield* statusOf(order), "refunded")
    })
  )

  test(
    "counts what the back office gave back, which no request of ours knew of",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { gateway } = yield* Untapped
      const { order, paymentId } = yield* paid("web-1")
      yield* gateway.refund({ environment: "test", merchantName: "lantern_shop", password: secret }, {
        orderKey: order.state.key,
        paymentId,
        scope: { _tag: "Amount", amount: { minor: 4000, currency: "EUR" } }
      })
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      const tooMuch = yield* Effect.flip(
        refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 1000 })
      )
      assert.deepInclude(tooMuch, { _tag: "ModificationTooLarge", leftMinor: 990 })
      assert.strictEqual((yield* refundPayment(named(order), { paymentId, reference: "r-2" })).amountMinor, 990)
    })
  )

  test(
    "leaves out what the bank took back",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* paid("web-1")
      yield* act({ do: "charge-back", paymentId, minor: 4000 })
      yield* refresh(order)
      assert.strictEqual((yield* refundPayment(named(order), { paymentId, reference: "r-1" })).amountMinor, 990)
    })
  )

  test(
    "of which nobody knows whether Docdata has it still counts towards the limit, is not asked again, and is resolved by a report",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const { order, paymentId } = yield* paid("web-1")
      yield* plan({ operation: "refund", executed: true, reason: timeout })
      const request = { paymentId, reference: "r-1", amountMinor: 3000 }
      const failure = yield* Effect.flip(refundPayment(named(order), request))
      assert.strictEqual(failure._tag, "GatewayFailure")
      assert.strictEqual((yield* refundPayment(named(order), request)).state, "unclear")
      const tooMuch = yield* Effect.flip(
        refundPayment(named(order), { paymentId, reference: "r-2", amountMinor: 2000 })
      )
      assert.strictEqual(tooMuch._tag, "ModificationTooLarge")
      assert.strictEqual(yield* callCount("refund"), 1)
      yield* refresh(order)
      assert.strictEqual((yield* refundPayment(named(order), request)).state, "filed")
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* refresh(order)
      assert.strictEqual((yield* refundPayment(named(order), request)).state, "confirmed")
    })
  )

  test(
    "that never reached Docdata leaves its reference free, for another amount as well",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const { order, paymentId } = yield* paid("web-1")
      yield* plan({ operation: "refund", executed: false, reason: notSent })
      yield* Effect.flip(refundPayment(named(order), { paymentId, reference: "r-1" }))
      assert.deepEqual(yield* modificationsOf(order), [])
      const again = yield* refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 1000 })
      assert.deepInclude(again, { amountMinor: 1000, state: "filed" })
    })
  )

  test(
    "repeated while the first call is under way answers as that does, and asks itself if nothing came of it",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const { gateway } = yield* Untapped
      const taps = yield* Taps
      const { order, paymentId } = yield* paid("web-1")
      taps.gateway = { refund: (merchant, input) => Effect.delay(gateway.refund(merchant, input), second) }
      yield* plan({ operation: "refund", executed: false, reason: notSent })
      const before = yield* callCount("refund")
      const refund = Effect.result(refundPayment(named(order), { paymentId, reference: "r-1" }))
      const calls = yield* Effect.forkChild(Effect.all([refund, refund], { concurrency: "unbounded" }))
      yield* TestClock.adjust(4 * second)
      const [first, again] = yield* Fiber.join(calls)
      assert.strictEqual(first._tag, "Failure")
      assert.deepNestedInclude(again, { _tag: "Success", "success.state": "filed" })
      // The one that was not sent counts as none.
      assert.strictEqual((yield* callCount("refund")) - before, 1)
    })
  )

  test(
    "that was written down before a crash still counts towards the limit, and becomes unclear so that a person sees it",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { order, paymentId } = yield* paid("web-1")
      taps.gateway = { refund: () => Effect.die(new Error("the process ends here")) }
      yield* Effect.exit(refundPayment(named(order), { paymentId, reference: "r-1", amountMinor: 4000 }))
      taps.gateway = {}
      yield* TestClock.adjust(minute)
      yield* refreshDueOrders()
      assert.deepEqual((yield* modificationsOf(order)).map(({ state }) => state), ["intended"])
      const tooMuch = yield* Effect.flip(
        refundPayment(named(order), { paymentId, reference: "r-2", amountMinor: 1000 })
      )
      assert.strictEqual(tooMuch._tag, "ModificationTooLarge")
      // Five minutes after it was asked for nobody waits for an answer any more, and the order is refreshed right then.
      yield* TestClock.adjust(4 * minute + second)
      yield* refreshDueOrders()
      assert.deepEqual((yield* modificationsOf(order)).map(({ state }) => state), ["unclear"])
    })
  )

  test(
    "is watched hourly until it is proven, although nothing else would be refreshed before tomorrow",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const { order, paymentId } = yield* paid("web-1")
      yield* TestClock.adjust(day)
      yield* refreshDueOrders()
      yield* refundPayment(named(order), { paymentId, reference: "r-1" })
      yield* TestClock.adjust(2 * minute)
      yield* refreshDueOrders()
      yield* act({ do: "move-refunds", paymentId, to: "CAPTURED" })
      yield* TestClock.adjust(hour)
      yield* refreshDueOrders()
      assert.strictEqual(yield* statusOf(order), "refunded")
      const { order: stored } = yield* OrderStore.use((store) => store.read(named(order)))
      assert.isAbove((stored.nextRefreshAtMs ?? 0) - startMs, 6 * day)
    })
  )

  test(
    "answers what a report knew before the answer came",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const run = yield* inShop
      const { gateway } = yield* Untapped
      const { order, paymentId } = yield* paid("web-1")
      taps.gateway = {
        refund: (merchant, input) =>
          Effect.tap(
            gateway.refund(merchant, input),
            () =>
              Effect.orDie(Effect.andThen(act({ do: "move-refunds", paymentId, to: "CAPTURED" }), run(refresh(order))))
          )
      }
      const modification = yield* refundPayment(named(order), { paymentId, reference: "r-1" })
      assert.strictEqual(modification.state, "confirmed")
    })
  )
})

describe("a store that fails before Docdata is asked", () => {
  test(
    "leaves no request behind: repeating it refunds once",
    Effect.gen(function*() {
      const { order, paymentId } = yield* paid("web-1")
      const taps = yield* Taps
      const request = { paymentId, reference: "refund-1", amountMinor: 1000 }
      // The refresh that was promised when the order was created is over; the next one is a day away.
      yield* TestClock.adjust(minute)
      yield* refreshDueOrders()
      taps.store = { commit: () => Effect.fail(commitFails) }
      yield* Effect.flip(refundPayment(named(order), request))
      assert.lengthOf(yield* modificationsOf(order), 0)
      taps.store = {}
      assert.strictEqual((yield* refundPayment(named(order), request)).state, "filed")
      assert.strictEqual(yield* callCount("refund"), 1)
    })
  )
})
