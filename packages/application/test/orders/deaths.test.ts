/**
 * A process that dies: before and after every single call of a use case to its store or to the provider. Whoever comes
 * next never asks for the same money twice, and what was asked for is found, or told to a person.
 */
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import {
  cancelOrder,
  capturePayment,
  chargeRecurring,
  OrderStore,
  refreshOrder,
  refundPayment,
  startPayment,
  type StoredOrder
} from "../../src/index.ts"
import { chargeOverMs } from "../../src/payments/index.ts"
import { reservationLeaseMs } from "../../src/orders/index.ts"
import {
  callCount,
  create,
  forkUntilReserved,
  hour,
  minute,
  named,
  orderOf,
  requestFor,
  second,
  type Shop,
  Taps,
  test,
  Untapped
} from "../support/shop.ts"

const refresh = (order: Pick<StoredOrder, "id">) => refreshOrder(named(order), { observedBy: "operator" })
const modificationsOf = (order: Pick<StoredOrder, "id">) => OrderStore.use((store) => store.modifications(order.id))
const kindsOf = (order: Pick<StoredOrder, "id">) =>
  Effect.map(OrderStore.use((store) => store.anomalies(order.id)), (all) => all.map(({ kind }) => kind))
const paymentsOf = (order: Pick<StoredOrder, "id">) =>
  Effect.map(OrderStore.use((store) => store.read(named(order))), ({ payments }) => payments)
const stateOf = (order: Pick<StoredOrder, "id">) =>
  Effect.map(OrderStore.use((store) => store.read(named(order))), (snapshot) => snapshot.order.state)

type Method = (...inputs: ReadonlyArray<unknown>) => Effect.Effect<unknown, unknown>

/** The service as a process sees it whose `step` may end before or after any of its calls. */
const stepped = <S extends object>(
  service: S,
  step: (call: Effect.Effect<unknown, unknown>) => Effect.Effect<unknown, unknown>
) =>
  new Proxy(service, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      return typeof method === "function"
        ? (...inputs: ReadonlyArray<unknown>) => step((method as Method)(...inputs))
        : method
    }
  })

/** Runs `body` in a process that dies at its call number `atCall`, from 1; answers how many calls it made. */
const dyingAt = (atCall: number, moment: "before" | "after", body: Effect.Effect<unknown, unknown, Shop>) =>
  Effect.gen(function*() {
    const taps = yield* Taps
    const { gateway, store } = yield* Untapped
    const death = Effect.die(new Error("the process ends here"))
    let count = 0
    const step = (call: Effect.Effect<unknown, unknown>) =>
      Effect.suspend(() => {
        count++
        if (count < atCall) return call
        // What is dead stays dead, whatever would still be tried.
        return count === atCall && moment === "after" ? Effect.andThen(Effect.exit(call), death) : death
      })
    taps.gateway = stepped(gateway, step)
    taps.store = stepped(store, step)
    yield* Effect.exit(body)
    taps.gateway = {}
    taps.store = {}
    return count
  })

/** The service runs on: minute by minute each of the orders is refreshed when it is due. */
const letPass = (ms: number, ...orders: ReadonlyArray<Pick<StoredOrder, "id">>) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    for (let passed = 0; passed < ms; passed += minute) {
      yield* TestClock.adjust(minute)
      const nowMs = yield* Clock.currentTimeMillis
      for (const one of orders) {
        const { order: { nextRefreshAtMs } } = yield* store.read(named(one))
        if (nextRefreshAtMs !== undefined && nextRefreshAtMs <= nowMs) {
          yield* refreshOrder(named(one), { observedBy: "schedule" })
        }
      }
    }
  })

interface Life<Begun> {
  /** What is there before the process that dies is started. */
  readonly begin: (number: string) => Effect.Effect<Begun, unknown, Shop>
  readonly request: (begun: Begun) => Effect.Effect<unknown, unknown, Shop>
  /** What the others do afterwards, and what must be true then; `executed` is how often the provider was asked so far. */
  readonly afterwards: (begun: Begun, executed: number) => Effect.Effect<void, unknown, Shop>
  readonly operation: string
}

/** Dies before and after each call there is, each time with an order of its own. */
const dies = <Begun>(name: string, { afterwards, begin, operation, request }: Life<Begun>) =>
  test(
    name,
    Effect.gen(function*() {
      const asked = callCount(operation)
      const whole = yield* dyingAt(Number.POSITIVE_INFINITY, "before", request(yield* begin("web-0")))
      assert.isAtLeast(whole, 3)
      for (let atCall = 1; atCall <= whole; atCall++) {
        for (const moment of ["before", "after"] as const) {
          const begun = yield* begin(`web-${atCall}-${moment}`)
          const before = yield* asked
          yield* dyingAt(atCall, moment, request(begun))
          yield* afterwards(begun, (yield* asked) - before)
        }
      }
    })
  )

const paidFor = (method: "authorize" | "pay") => (number: string) =>
  Effect.gen(function*() {
    const { act } = yield* FakeProvider
    const order = yield* orderOf(number)
    const paymentId = yield* act({ do: method, orderKey: order.state.key, method: "VISA" })
    yield* refresh(order)
    // The refreshes that a new order has coming are over.
    yield* letPass(2 * minute, order)
    return { order, paymentId }
  })

for (
  const { kind, move, operation, setUp } of [
    { kind: "capture", move: capturePayment, operation: "capture", setUp: paidFor("authorize") },
    { kind: "refund", move: refundPayment, operation: "refund", setUp: paidFor("pay") }
  ] as const
) {
  describe(`a process that dies over a ${kind}`, () => {
    dies(
      "leaves it asked for once at most, and either it is found, or the request can be repeated, or a person is told",
      {
        begin: setUp,
        operation,
        request: ({ order, paymentId }) => move(named(order), { paymentId, reference: "m-1", amountMinor: 1000 }),
        afterwards: ({ order, paymentId }, executed) =>
          Effect.gen(function*() {
            const { act } = yield* FakeProvider
            const before = (yield* callCount(operation)) - executed
            const repeat = Effect.gen(function*() {
              const repeating = yield* Effect.forkChild(
                Effect.exit(move(named(order), { paymentId, reference: "m-1", amountMinor: 1000 }))
              )
              // As long as the first call may be under way.
              yield* TestClock.adjust(minute)
              yield* Fiber.join(repeating)
            })
            yield* repeat
            yield* letPass(2 * hour, order)
            yield* repeat
            const asked = (yield* callCount(operation)) - before
            assert.isAtMost(asked, 1)
            const [modification] = yield* modificationsOf(order)
            if (asked === 0) {
              assert.strictEqual(modification?.state, "unclear")
              assert.include(yield* kindsOf(order), "modification-unclear")
              return
            }
            assert.strictEqual(modification?.state, "filed")
            yield* act({ do: kind === "capture" ? "move-captures" : "move-refunds", paymentId, to: "CAPTURED" })
            yield* letPass(2 * hour, order)
            assert.strictEqual((yield* modificationsOf(order))[0]?.state, "confirmed")
            assert.deepEqual((yield* kindsOf(order)).filter((one) => one === "modification-unclear"), [])
          })
      }
    )
  })
}

describe("a process that dies over a charge of a series", () => {
  const period = { series: "S1", period: "2026-11" }
  dies("leaves the period charged once in the end, with the same order, whatever another one tries", {
    begin: (number) =>
      Effect.gen(function*() {
        const { act } = yield* FakeProvider
        const series = `S-${number}`
        const first = yield* orderOf(`${number}-first`, { shopOrder: { minor: 900, series } })
        yield* act({ do: "pay", orderKey: first.state.key, method: "VISA" })
        return { order: yield* orderOf(number), other: yield* orderOf(`${number}-other`), series }
      }),
    operation: "start",
    request: ({ order, series }) => chargeRecurring(named(order), { ...period, series }),
    afterwards: ({ order, other, series }, executed) =>
      Effect.gen(function*() {
        const before = (yield* callCount("start")) - executed
        const repeat = Effect.exit(chargeRecurring(named(order), { ...period, series }))
        yield* repeat
        yield* Effect.exit(chargeRecurring(named(other), { ...period, series }))
        const first = (yield* callCount("start")) - before
        assert.isAtMost(first, 1)
        yield* letPass(chargeOverMs + minute, order, other)
        yield* repeat
        assert.strictEqual((yield* callCount("start")) - before, 1)
        yield* letPass(minute, order, other)
        const charged = [...yield* paymentsOf(order), ...yield* paymentsOf(other)]
        assert.lengthOf(charged, 1)
      })
  })
})

describe("a process that dies over a new order", () => {
  dies("leaves one order that can be paid, under this key, as soon as the lease is over", {
    begin: (number) => Effect.succeed(number),
    operation: "create",
    request: (number) => create(requestFor(number)),
    afterwards: (number, executed) =>
      Effect.gen(function*() {
        const before = (yield* callCount("create")) - executed
        const repeating = yield* forkUntilReserved(create(requestFor(number)))
        yield* TestClock.adjust(reservationLeaseMs + second)
        const order = yield* Fiber.join(repeating)
        const again = yield* create(requestFor(number))
        assert.strictEqual(again.id, order.id)
        // The first order that Docdata may have has no key here: nobody can pay it.
        assert.isAtMost((yield* callCount("create")) - before, 2)
        const { items } = yield* OrderStore.use((store) => store.list({ shopReference: number }, { limit: 10 }))
        assert.lengthOf(items.filter(({ registration }) => registration === "confirmed"), 1)
      })
  })
})

describe("a process that dies over a payment without the menu", () => {
  dies("leaves a payment that the next refresh finds, if it was started", {
    begin: (number) => orderOf(number),
    operation: "start",
    request: (order) =>
      startPayment(named(order), { payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } }),
    afterwards: (order, executed) =>
      Effect.gen(function*() {
        yield* letPass(minute, order)
        assert.lengthOf(yield* paymentsOf(order), executed)
        assert.strictEqual((yield* stateOf(order)).status, executed === 0 ? "new" : "in_progress")
      })
  })
})

describe("a process that dies over a cancel", () => {
  dies("leaves no order that ships while a cancel is under way, and repeating it cancels", {
    begin: paidFor("authorize"),
    operation: "cancel",
    request: ({ order }) => cancelOrder(named(order)),
    afterwards: ({ order }, executed) =>
      Effect.gen(function*() {
        yield* letPass(2 * minute, order)
        const { fulfilment, hold, status } = yield* stateOf(order)
        if (executed > 0) assert.include(["wait", "stop"], fulfilment)
        if (hold !== undefined) assert.include(yield* kindsOf(order), "cancel-not-confirmed")
        if (hold === undefined) assert.strictEqual(fulfilment, status === "cancelled" ? "stop" : "ship")
        yield* cancelOrder(named(order))
        assert.strictEqual((yield* stateOf(order)).status, "cancelled")
      })
  })
})
