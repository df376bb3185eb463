import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import {
  cancelOrder,
  expireOrder,
  listPaymentMethods,
  orderMenuUrl,
  OrderStore,
  refreshDueOrders,
  refreshOrder,
  startPayment,
  StoreFailure
} from "../../src/index.ts"
import {
  account,
  Accounts,
  callCount,
  create,
  day,
  eventTypesOf,
  hour,
  named,
  orderOf,
  requestFor,
  second,
  startMs,
  statusOf,
  Taps,
  test,
  timeout
} from "../support/shop.ts"

const ideal = { payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } } as const
const readOf = (order: { readonly id: string }) => OrderStore.use((store) => store.read(named(order)))
const statusEvents = (order: { readonly id: string }) =>
  Effect.map(eventTypesOf(order), (all) => all.filter((events) => events.includes("->")))

describe("starting a payment", () => {
  test(
    "puts a new order in progress, with its event, and looks soon",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const started = yield* startPayment(named(order), ideal)
      assert.strictEqual(started.payment._tag, "Accepted")
      assert.strictEqual(started.redirect?.method, "GET")
      assert.deepEqual(yield* statusEvents(order), ["new -> in_progress"])
      const { order: stored } = yield* readOf(order)
      assert.strictEqual(stored.nextRefreshAtMs, startMs + 15 * second)
      yield* startPayment(named(order), ideal)
      assert.deepEqual(yield* statusEvents(order), ["new -> in_progress"])
    })
  )

  test(
    "leaves an order new whose attempt was refused at once",
    Effect.gen(function*() {
      const { declineNext } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* declineNext
      const { payment } = yield* startPayment(named(order), ideal)
      assert.strictEqual(payment._tag, "Failed")
      assert.strictEqual(yield* statusOf(order), "new")
      yield* refreshOrder(named(order), { observedBy: "start" })
      assert.deepEqual(yield* statusEvents(order), [])
    })
  )

  test(
    "is refused without a call for an inactive merchant and for orders that are over or paid",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const accounts = yield* Accounts
      const paid = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: paid.state.key })
      yield* refreshOrder(named(paid), { observedBy: "operator" })
      const cancelled = yield* orderOf("web-2")
      yield* cancelOrder(named(cancelled))
      for (const order of [paid, cancelled]) {
        const failure = yield* Effect.flip(startPayment(named(order), ideal))
        assert.strictEqual(failure._tag, "WrongState")
      }
      const open = yield* orderOf("web-3")
      yield* Ref.set(accounts, [account({ active: false })])
      assert.strictEqual((yield* Effect.flip(startPayment(named(open), ideal)))._tag, "MerchantInactive")
      assert.strictEqual(yield* callCount("start"), 0)
    })
  )

  test(
    "is allowed for an inactive merchant's reading calls: its orders are still looked at",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const accounts = yield* Accounts
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* Ref.set(accounts, [account({ active: false })])
      yield* TestClock.adjust(hour)
      assert.strictEqual(yield* refreshDueOrders(), 1)
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "keeps a pending order pending: money is under way already",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({
        do: "authorize",
        orderKey: order.state.key,
        method: "VISA",
        amount: { minor: 1000, currency: "EUR" }
      })
      yield* refreshOrder(named(order), { observedBy: "operator" })
      yield* startPayment(named(order), ideal)
      assert.strictEqual(yield* statusOf(order), "pending")
    })
  )

  test(
    "is found out by a refresh when no answer came",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* plan({ operation: "start", executed: true, reason: timeout })
      const failure = yield* Effect.flip(startPayment(named(order), ideal))
      assert.strictEqual(failure._tag, "GatewayFailure")
      assert.strictEqual(yield* statusOf(order), "new")
      yield* TestClock.adjust(15 * second)
      yield* refreshDueOrders()
      assert.strictEqual(yield* statusOf(order), "in_progress")
      assert.strictEqual(yield* callCount("start"), 1)
    })
  )

  test(
    "sends the shopper on although the store fails after Docdata answered",
    Effect.gen(function*() {
      const taps = yield* Taps
      const order = yield* orderOf("web-1")
      const failing = Effect.fail(new StoreFailure({ operation: "OrderStore.commit", retryable: true, code: "busy" }))
      // The first commit only plans a check, before Docdata is asked.
      const { commit } = yield* OrderStore
      let commits = 0
      taps.store = { commit: (change) => Effect.suspend(() => (commits++ === 0 ? commit(change) : failing)) }
      const { redirect } = yield* startPayment(named(order), ideal)
      assert.isDefined(redirect)
      taps.store = {}
      assert.strictEqual(yield* statusOf(order), "new")
      yield* TestClock.adjust(15 * second)
      yield* refreshDueOrders()
      assert.strictEqual(yield* statusOf(order), "in_progress")
    })
  )
})

describe("expiring an order", () => {
  test(
    "without attempt: expired, with its event",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* expireOrder(named(order))
      assert.deepEqual(yield* statusEvents(order), ["new -> expired"])
      yield* expireOrder(named(order))
      assert.deepEqual(yield* statusEvents(order), ["new -> expired"])
    })
  )

  test(
    "lets money that came in at the last moment win",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* expireOrder(named(order))
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "happens by itself after the configured days and not a day before, with its event",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* TestClock.adjust(20.9 * day)
      yield* refreshDueOrders()
      assert.strictEqual(yield* statusOf(order), "new")
      yield* TestClock.adjust(0.2 * day)
      yield* refreshDueOrders()
      assert.deepEqual(yield* statusEvents(order), ["new -> expired"])
    })
  )

  test(
    "uses the account's own days",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* TestClock.adjust(3.1 * day)
      yield* refreshDueOrders()
      assert.strictEqual(yield* statusOf(order), "expired")
    }),
    { accounts: [account({ policy: { ...account().policy, expireAfterDays: 3 } })] }
  )
})

describe("the menu and its methods", () => {
  test(
    "address names the order's own merchant, key and language; asks nothing",
    Effect.gen(function*() {
      const order = yield* create(
        requestFor("web-1", { merchant: "outlet", shopOrder: { minor: 100, language: "de" } })
      )
      const url = new URL(yield* orderMenuUrl(named(order), {}))
      assert.strictEqual(url.searchParams.get("merchant_name"), "stall_7")
      assert.strictEqual(url.searchParams.get("payment_cluster_key"), order.state.key)
      assert.strictEqual(url.searchParams.get("client_language"), "de")
      const other = new URL(yield* orderMenuUrl(named(order), { language: "fr", defaultMethod: "IDEAL" }))
      assert.strictEqual(other.searchParams.get("client_language"), "fr")
      assert.strictEqual(other.searchParams.get("default_pm"), "IDEAL")
      assert.strictEqual(yield* callCount("create"), 1)
    }),
    {
      accounts: [
        account(),
        account({
          name: "outlet",
          credentials: {
            ...account().credentials,
            subjectMerchant: { name: "stall_7", token: Redacted.make("t-1") }
          }
        })
      ]
    }
  )

  test(
    "methods are those Docdata offers at this moment, and nothing is stored",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const methods = yield* listPaymentMethods(named(order))
      assert.include(methods.map(({ name }) => name), "IDEAL")
      assert.deepEqual((yield* readOf(order)).order, order)
      assert.strictEqual((yield* Effect.flip(listPaymentMethods({ by: "id", id: "x" })))._tag, "OrderNotFound")
    })
  )
})
