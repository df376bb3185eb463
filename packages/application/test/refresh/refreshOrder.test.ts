import { FakeProvider } from "@docdata/testkit"
import { defaultPolicy } from "@docdata/domain"
import { assert, describe } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import { OrderStore, Outbox, refreshOrder } from "../../src/index.ts"
import { refreshUnshared } from "../../src/refresh/index.ts"
import {
  account,
  Accounts,
  callCount,
  create,
  eventTypesOf,
  hour,
  inShop,
  minute,
  named,
  orderOf,
  requestFor,
  second,
  startMs,
  statusOf,
  Taps,
  test,
  timeout,
  Untapped
} from "../support/shop.ts"

const approving = { ...defaultPolicy, paidWhen: { default: "approved", rules: [] } } as const

const observationsOf = (orderId: string) =>
  Effect.map(OrderStore.use((store) => store.observations(orderId, { limit: 50 })), ({ items }) => items)

describe("a refresh of an order", () => {
  test(
    "stores status, payments, the refresh and its events in one revision, and opens a delivery of each event",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      const paymentId = yield* act({ do: "pay", orderKey: order.state.key })
      yield* TestClock.adjust(second)
      const { order: seen, outcome } = yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepInclude(seen, { revision: 2, observedFromMs: startMs + second, quietRefreshes: 0 })
      assert.strictEqual(outcome?.decision.status, "paid")
      const { order: stored, payments } = yield* OrderStore.use((store) => store.read(named(order)))
      assert.deepEqual(stored, seen)
      assert.deepEqual(payments.map((row) => [row.paymentId, row.debitedMinor]), [[paymentId, 4990]])
      const [observation] = yield* observationsOf(order.id)
      assert.deepInclude(observation, { revision: 2, observedBy: "operator", rules: "strict" })
      assert.match(observation?.exchange?.requestText ?? "", /^status/)
      assert.deepEqual(yield* eventTypesOf(order), [
        "order.created",
        "payment.added",
        "new -> paid",
        "order.fulfilment_changed",
        "shop_order.status_changed",
        "shop_order.fulfilment_changed"
      ])
      assert.strictEqual(yield* Outbox.use((outbox) => outbox.backlog("books")), 6)
    })
  )

  test(
    "tells nothing twice: the same report again changes nothing",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      for (let i = 0; i < 5; i++) yield* refreshOrder(named(order), { observedBy: "schedule" })
      assert.strictEqual((yield* eventTypesOf(order)).filter((events) => events === "new -> paid").length, 1)
      const { order: stored } = yield* OrderStore.use((store) => store.read(named(order)))
      assert.strictEqual(stored.quietRefreshes, 4)
    })
  )

  test(
    "costs at most two status calls for 10,000 calls at once, and stores the events of all of them once",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      taps.gateway = { status: (merchant, input) => Effect.delay(gateway.status(merchant, input), 200) }
      const calls = yield* Effect.forkChild(Effect.forEach(
        Array.from({ length: 10_000 }),
        () => refreshOrder(named(order), { observedBy: "notification", events: [{ type: "notification.received" }] }),
        { concurrency: "unbounded", discard: true }
      ))
      yield* TestClock.adjust(second)
      yield* Fiber.join(calls)
      assert.isAtMost(yield* callCount("status"), 2)
      assert.strictEqual(yield* statusOf(order), "paid")
      const events = yield* eventTypesOf(order)
      assert.strictEqual(events.filter((one) => one === "notification.received").length, 2)
      assert.strictEqual(events.filter((one) => one === "new -> paid").length, 1)
    })
  )

  test(
    "keeps the events of a visitor who joined the refresh of a notification",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      taps.gateway = { status: (merchant, input) => Effect.delay(gateway.status(merchant, input), 200) }
      const refresh = (callback: string) =>
        refreshOrder(named(order), { observedBy: "return", events: [{ type: "return.visited", callback }] })
      const calls = yield* Effect.forkChild(Effect.all([
        refreshOrder(named(order), { observedBy: "schedule" }),
        refresh("SUCCESS"),
        refreshOrder(named(order), { observedBy: "notification", events: [{ type: "notification.received" }] }),
        refresh("PENDING"),
        refresh("SUCCESS")
      ], { concurrency: "unbounded" }))
      yield* TestClock.adjust(second)
      yield* Fiber.join(calls)
      assert.deepEqual(yield* eventTypesOf(order), [
        "order.created",
        "return.visited",
        "notification.received",
        "return.visited"
      ])
    })
  )

  test(
    "drops a report that was asked for before the last stored one, and keeps the events that came with it",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      const asked = yield* Deferred.make<void>()
      const gate = yield* Deferred.make<void>()
      taps.gateway = {
        status: (merchant, input) =>
          Effect.tap(
            gateway.status(merchant, input),
            () => Effect.andThen(Deferred.succeed(asked, undefined), Deferred.await(gate))
          )
      }
      const slow = yield* Effect.forkChild(
        refreshUnshared(named(order), { observedBy: "notification", events: [{ type: "notification.received" }] })
      )
      yield* Deferred.await(asked)
      taps.gateway = {}
      yield* TestClock.adjust(second)
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* refreshUnshared(named(order), { observedBy: "return" })
      yield* Deferred.succeed(gate, undefined)
      const late = yield* Fiber.join(slow)
      assert.isUndefined(late.outcome)
      assert.strictEqual(late.order.state.status, "paid")
      assert.strictEqual(yield* statusOf(order), "paid")
      assert.strictEqual((yield* eventTypesOf(order)).at(-1), "notification.received")
      assert.strictEqual((yield* observationsOf(order.id)).length, 1)
      const { order: stored, payments } = yield* OrderStore.use((store) => store.read(named(order)))
      assert.deepEqual(stored, late.order)
      assert.strictEqual(payments.length, 1)
    })
  )

  test(
    "decides again on what somebody else stored meanwhile, with the same report",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { store } = yield* Untapped
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      const run = yield* inShop
      let isFirst = true
      taps.store = {
        commit: (change) =>
          Effect.suspend(() => {
            if (!isFirst) return store.commit(change)
            isFirst = false
            // Somebody else is faster between the decision and the commit.
            return Effect.andThen(
              run(Effect.orDie(refreshUnshared(named(order), { observedBy: "operator" }))),
              store.commit(change)
            )
          })
      }
      yield* refreshUnshared(named(order), { observedBy: "notification" })
      assert.strictEqual(yield* statusOf(order), "paid")
      assert.deepEqual((yield* eventTypesOf(order)).filter((events) => events === "new -> paid"), ["new -> paid"])
      assert.strictEqual(yield* callCount("status"), 2)
    })
  )

  test(
    "gives up after ten lost races, with an error that says to look again",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { store } = yield* Untapped
      const order = yield* orderOf("web-1")
      let commits = 0
      taps.store = {
        commit: (change) =>
          Effect.suspend(() => {
            commits++
            return store.commit({ ...change, expectedRevision: change.expectedRevision - 1 })
          })
      }
      const failure = yield* Effect.flip(refreshOrder(named(order), { observedBy: "operator" }))
      assert.deepInclude(failure, { _tag: "Contended", orderId: order.id })
      assert.strictEqual(commits, 10)
      assert.strictEqual(yield* callCount("status"), 1)
    })
  )

  test(
    "stores the answer although the caller was interrupted after Docdata gave it",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { store } = yield* Untapped
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      const reached = yield* Deferred.make<void>()
      taps.store = {
        commit: (change) =>
          Effect.andThen(Deferred.succeed(reached, undefined), Effect.delay(store.commit(change), 100))
      }
      const refreshing = yield* Effect.forkChild(refreshUnshared(named(order), { observedBy: "operator" }))
      yield* Deferred.await(reached)
      const interrupting = yield* Effect.forkChild(Fiber.interrupt(refreshing))
      yield* TestClock.adjust(second)
      yield* Fiber.join(interrupting)
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "ends at once when whoever asked goes away before Docdata answered",
    Effect.gen(function*() {
      const taps = yield* Taps
      const order = yield* orderOf("web-1")
      const asked = yield* Deferred.make<void>()
      taps.gateway = { status: () => Effect.andThen(Deferred.succeed(asked, undefined), Effect.never) }
      const refreshing = yield* Effect.forkChild(refreshUnshared(named(order), { observedBy: "operator" }))
      yield* Deferred.await(asked)
      refreshing.interruptUnsafe()
      yield* TestClock.adjust(second)
      assert.isDefined(refreshing.pollUnsafe())
      assert.deepEqual((yield* OrderStore.use((store) => store.read(named(order)))).order, order)
    })
  )

  test(
    "changes nothing when Docdata gives no answer",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* plan({ operation: "status", executed: false, reason: timeout })
      const failure = yield* Effect.flip(refreshOrder(named(order), { observedBy: "operator" }))
      assert.strictEqual(failure._tag, "GatewayFailure")
      assert.deepEqual((yield* OrderStore.use((store) => store.read(named(order)))).order, order)
    })
  )

  test(
    "does not count a payment that another order of the merchant has, and tells so",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const one = yield* orderOf("web-1")
      const other = yield* orderOf("web-2")
      yield* act({ do: "pay", orderKey: one.state.key })
      yield* refreshOrder(named(one), { observedBy: "operator" })
      // Docdata mixes orders up: the report of one comes for the other.
      taps.gateway = { status: (merchant) => gateway.status(merchant, { orderKey: one.state.key }) }
      const { outcome } = yield* refreshOrder(named(other), { observedBy: "operator" })
      assert.include((outcome?.findings ?? []).map(({ kind }) => kind), "foreign-payment-id")
      assert.notStrictEqual(yield* statusOf(other), "paid")
      const mine = yield* OrderStore.use((store) => store.read(named(one)))
      const theirs = yield* OrderStore.use((store) => store.read(named(other)))
      assert.strictEqual(mine.payments.length, 1)
      assert.deepEqual(theirs.payments, [])
    })
  )

  test(
    "follows the policy that the order's own account has at that moment",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const accounts = yield* Accounts
      const careful = yield* create(requestFor("web-1"))
      const quick = yield* create(requestFor("web-1", { merchant: "quick" }))
      for (const order of [careful, quick]) yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" })
      for (const order of [careful, quick]) yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual([yield* statusOf(careful), yield* statusOf(quick)], ["pending", "paid"])
      yield* Ref.update(accounts, (all) => all.map((one) => ({ ...one, policy: approving })))
      yield* refreshOrder(named(careful), { observedBy: "operator" })
      assert.strictEqual(yield* statusOf(careful), "paid")
    }),
    { accounts: [account(), account({ name: "quick", policy: approving })] }
  )

  test(
    "refuses, before any call, an order without a key, an unknown account, and one that acts for somebody else",
    Effect.gen(function*() {
      const accounts = yield* Accounts
      const taps = yield* Taps
      taps.gateway = { create: () => Effect.die(new Error("the process ends here")) }
      yield* Effect.exit(create(requestFor("web-0")))
      const { items: [reserved] } = yield* OrderStore.use((store) => store.list({}, { limit: 1 }))
      assert.isDefined(reserved)
      const early = yield* Effect.flip(refreshOrder(named(reserved), { observedBy: "operator" }))
      assert.deepInclude(early, { _tag: "NotConfirmed", registration: "reserved" })
      taps.gateway = {}
      const order = yield* create(requestFor("web-1"))
      assert.strictEqual(order.subjectMerchant, "stall_7")
      const acting = { ...account().credentials, subjectMerchant: { name: "stall_8", token: Redacted.make("t-2") } }
      for (const other of [account(), account({ credentials: acting })]) {
        yield* Ref.set(accounts, [other])
        const mismatch = yield* Effect.flip(refreshOrder(named(order), { observedBy: "operator" }))
        assert.deepInclude(mismatch, { _tag: "MerchantMismatch", subjectMerchant: "stall_7" })
      }
      yield* Ref.set(accounts, [])
      const unknown = yield* Effect.flip(refreshOrder(named(order), { observedBy: "operator" }))
      assert.deepInclude(unknown, { _tag: "UnknownMerchant", merchant: "shop" })
      assert.strictEqual(yield* callCount("status"), 0)
      const missing = yield* Effect.flip(refreshOrder({ by: "id", id: "none" }, { observedBy: "operator" }))
      assert.strictEqual(missing._tag, "OrderNotFound")
    }),
    {
      accounts: [account({
        credentials: {
          ...account().credentials,
          subjectMerchant: { name: "stall_7", token: Redacted.make("t-1") }
        }
      })]
    }
  )

  test(
    "asks in the name of the subject merchant the order was created for, without the fee of the creation",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* create(requestFor("web-1"))
      const asked: Array<unknown> = []
      taps.gateway = {
        status: (merchant, input) => {
          asked.push(merchant.subjectMerchant?.name, merchant.subjectMerchant?.fee)
          return gateway.status(merchant, input)
        }
      }
      yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.deepEqual(asked, ["stall_7", undefined])
    }),
    {
      accounts: [account({
        credentials: {
          ...account().credentials,
          subjectMerchant: {
            name: "stall_7",
            token: Redacted.make("t-1"),
            fee: { moment: "fully-paid", amount: { minor: 10, currency: "EUR" } }
          }
        }
      })]
    }
  )

  test(
    "does not put off a refresh that was promised, and plans its own when that time has come",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const promised = order.nextRefreshAtMs ?? 0
      yield* TestClock.setTime(promised - 10 * second)
      const { order: early } = yield* refreshOrder(named(order), { observedBy: "operator" })
      assert.strictEqual(early.nextRefreshAtMs, promised)
      yield* TestClock.setTime(promised)
      const { order: due } = yield* refreshOrder(named(order), { observedBy: "schedule" })
      assert.isAbove(due.nextRefreshAtMs ?? 0, promised)
      assert.isAtMost(due.nextRefreshAtMs ?? 0, promised + minute)
      assert.isBelow(promised, startMs + hour)
    })
  )
})
