import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import { Inbox, OrderStore, receiveNotification, refreshOrder, StoreFailure, workInbox } from "../../src/index.ts"
import { inboxAttemptsMax, inboxLeaseMs, refreshGapMs } from "../../src/inbox/index.ts"
import {
  Accounts,
  callCount,
  create,
  day,
  eventTypesOf,
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

const notify = (order: { readonly orderReference: string }) =>
  receiveNotification({ merchant: "shop", orderReference: order.orderReference })
const backlog = Inbox.use((inbox) => inbox.backlog())
const deadLettered = Inbox.use((inbox) => inbox.deadLettered(50))
const received = (events: ReadonlyArray<string>) => events.filter((one) => one === "notification.received").length

describe("a notification", () => {
  test(
    "is durable before it is answered, and nothing is asked of Docdata meanwhile",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      assert.deepEqual(yield* notify(order), { coalesced: false })
      assert.strictEqual(yield* backlog, 1)
      assert.strictEqual(yield* callCount("status"), 0)
    })
  )

  test(
    "of an unknown order is refused, so that forged ones fill no inbox",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      for (
        const name of [
          { merchant: "shop", orderReference: "forged" },
          { merchant: "other", orderReference: order.orderReference }
        ]
      ) {
        assert.strictEqual((yield* Effect.flip(receiveNotification(name)))._tag, "OrderNotFound")
      }
      assert.strictEqual(yield* backlog, 0)
    })
  )

  test(
    "leads to a refresh, to its event and to the status, once",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* notify(order)
      assert.strictEqual(yield* workInbox(), 1)
      assert.strictEqual(yield* workInbox(), 0)
      assert.strictEqual(yield* backlog, 0)
      assert.deepEqual(yield* eventTypesOf(order), [
        "order.created",
        "notification.received",
        "payment.added",
        "new -> paid",
        "order.fulfilment_changed",
        "shop_order.status_changed",
        "shop_order.fulfilment_changed"
      ])
    })
  )

  test(
    "joins one that waits: 10,000 for one order within a second cost at most two status calls",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      taps.gateway = { status: (merchant, input) => Effect.delay(gateway.status(merchant, input), 20) }
      const worker = yield* Effect.forkChild(Effect.forever(Effect.andThen(workInbox(), Effect.sleep(10))))
      for (let sent = 0; sent < 10_000; sent += 500) {
        if (sent === 5000) yield* act({ do: "pay", orderKey: order.state.key })
        yield* Effect.forEach(Array.from({ length: 500 }), () => notify(order), { discard: true })
        yield* TestClock.adjust(49)
      }
      yield* TestClock.adjust(5 * second)
      worker.interruptUnsafe()
      assert.strictEqual(yield* callCount("status"), 2)
      assert.strictEqual(yield* statusOf(order), "paid")
      assert.strictEqual(yield* backlog, 0)
      assert.strictEqual(received(yield* eventTypesOf(order)), 2)
    })
  )

  test(
    "that comes while the order is refreshed is refreshed afterwards, because it may speak of something younger",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      yield* notify(order)
      const asked = yield* Deferred.make<void>()
      taps.gateway = {
        status: (merchant, input) =>
          Effect.tap(
            gateway.status(merchant, input),
            () => Effect.andThen(Deferred.succeed(asked, undefined), Effect.sleep(500))
          )
      }
      const round = yield* Effect.forkChild(workInbox())
      yield* Deferred.await(asked)
      yield* TestClock.adjust(100)
      yield* act({ do: "pay", orderKey: order.state.key })
      assert.deepEqual(yield* notify(order), { coalesced: false })
      yield* finish(round)
      assert.strictEqual(yield* statusOf(order), "new")
      yield* TestClock.adjust(refreshGapMs)
      yield* finish(yield* Effect.forkChild(workInbox()))
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "waits at most once for the gap between two refreshes, although somebody keeps looking",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* refreshOrder(named(order), { observedBy: "return" })
      yield* notify(order)
      yield* workInbox()
      assert.strictEqual(received(yield* eventTypesOf(order)), 0)
      yield* TestClock.adjust(refreshGapMs)
      yield* refreshOrder(named(order), { observedBy: "return" })
      yield* workInbox()
      assert.strictEqual(received(yield* eventTypesOf(order)), 1)
      assert.strictEqual(yield* backlog, 0)
    })
  )

  test(
    "comes again when Docdata gives no answer, later each time, and is handled when it does",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* plan({ operation: "status", executed: false, times: 5, reason: notSent })
      yield* notify(order)
      let rounds = 0
      for (let waitedMs = 0; waitedMs < 70 * second; waitedMs += second) {
        rounds += yield* workInbox()
        yield* TestClock.adjust(second)
      }
      assert.strictEqual(rounds, 6)
      assert.strictEqual(yield* statusOf(order), "paid")
      assert.strictEqual(received(yield* eventTypesOf(order)), 1)
      assert.strictEqual(yield* backlog, 0)
    })
  )

  test(
    "that Docdata refuses to speak of is dead-lettered with the reason, and the others go on",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const bad = yield* orderOf("web-1")
      const good = yield* orderOf("web-2")
      yield* act({ do: "pay", orderKey: good.state.key })
      taps.gateway = {
        status: (merchant, input) =>
          gateway.status(merchant, input.orderKey === bad.state.key ? { orderKey: "0".repeat(32) } : input)
      }
      yield* notify(bad)
      yield* notify(good)
      assert.strictEqual(yield* workInbox(), 2)
      assert.strictEqual(yield* statusOf(good), "paid")
      const [item] = yield* deadLettered
      assert.deepInclude(item, { orderReference: bad.orderReference, attempts: 1 })
      assert.strictEqual(item?.reason, "GatewayFailure: status Rejected REQUEST_DATA_INCORRECT")
      assert.strictEqual(yield* backlog, 0)
      taps.gateway = {}
      yield* act({ do: "pay", orderKey: bad.state.key })
      assert.isTrue(yield* Inbox.use((inbox) => inbox.retryDeadLetter(item?.id ?? "", 0)))
      yield* workInbox()
      assert.strictEqual(yield* statusOf(bad), "paid")
    })
  )

  for (const kind of ["internal", "credentials"] as const) {
    test(
      `a notification that the provider cannot answer for now (${kind}) waits and is not dead-lettered`,
      Effect.gen(function*() {
        const { plan } = yield* FakeProvider
        const order = yield* orderOf("web-1")
        const errors = [{ code: "REQUEST_DATA_E1", message: "Order of somebody could not be read" }] as const
        yield* plan({ operation: "status", executed: false, reason: { _tag: "Rejected", kind, errors: [...errors] } })
        yield* notify(order)
        assert.strictEqual(yield* workInbox(), 1)
        assert.lengthOf(yield* deadLettered, 0)
        assert.strictEqual(yield* backlog, 1)
      })
    )
  }

  for (const kind of ["refused", "not-found"] as const) {
    test(
      `a notification of an order that the provider has no answer for (${kind}) is dead-lettered, whatever its words are`,
      Effect.gen(function*() {
        const { plan } = yield* FakeProvider
        const order = yield* orderOf("web-1")
        const errors = [{ code: "order.unknown", message: "No such order." }] as const
        yield* plan({ operation: "status", executed: false, reason: { _tag: "Rejected", kind, errors: [...errors] } })
        yield* notify(order)
        yield* workInbox()
        assert.lengthOf(yield* deadLettered, 1)
      })
    )
  }

  test(
    "whose handling is a fault of ours comes back when its claim ends, and the others go on",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const bad = yield* orderOf("web-1")
      const good = yield* orderOf("web-2")
      for (const order of [bad, good]) yield* act({ do: "pay", orderKey: order.state.key })
      taps.gateway = {
        status: (merchant, input) =>
          input.orderKey === bad.state.key ? Effect.die(new Error("a fault")) : gateway.status(merchant, input)
      }
      yield* notify(bad)
      yield* notify(good)
      yield* workInbox()
      assert.deepEqual([yield* statusOf(bad), yield* statusOf(good)], ["new", "paid"])
      taps.gateway = {}
      yield* TestClock.adjust(inboxLeaseMs - second)
      assert.strictEqual(yield* workInbox(), 0)
      yield* TestClock.adjust(2 * second)
      assert.strictEqual(yield* workInbox(), 1)
      assert.strictEqual(yield* statusOf(bad), "paid")
    })
  )

  test(
    "is handled again when the process dies before the commit, and is over when it dies after it",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { store } = yield* Untapped
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* notify(order)
      const end = Effect.die(new Error("the process ends here"))
      taps.store = { commit: () => end }
      yield* workInbox()
      assert.deepEqual([yield* statusOf(order), yield* backlog], ["new", 1])
      yield* TestClock.adjust(inboxLeaseMs + second)
      taps.store = { commit: (change) => Effect.andThen(store.commit(change), end) }
      yield* workInbox()
      taps.store = {}
      assert.deepEqual([yield* statusOf(order), yield* backlog], ["paid", 0])
      const events = yield* eventTypesOf(order)
      assert.strictEqual(events.filter((one) => one === "new -> paid").length, 1)
    })
  )

  test(
    "goes back to waiting when the store is busy",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* notify(order)
      const busy = Effect.fail(new StoreFailure({ operation: "OrderStore.commit", retryable: true, code: "busy" }))
      taps.store = { commit: () => busy }
      yield* workInbox()
      taps.store = {}
      yield* TestClock.adjust(2 * second)
      assert.strictEqual(yield* workInbox(), 1)
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "of a reservation waits for the key; of one that was given up it is dead-lettered for a person to see",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { store } = yield* Untapped
      taps.gateway = { create: () => Effect.die(new Error("the process ends here")) }
      yield* Effect.exit(create(requestFor("web-1")))
      taps.gateway = {}
      const { items: [reserved] } = yield* store.list({}, { limit: 1 })
      assert.isDefined(reserved)
      yield* notify(reserved)
      yield* workInbox()
      assert.strictEqual(yield* backlog, 1)
      yield* store.abandon(reserved.id)
      yield* TestClock.adjust(5 * second)
      yield* workInbox()
      assert.strictEqual(yield* backlog, 0)
      assert.match((yield* deadLettered)[0]?.reason ?? "", /^NotConfirmed/)
    })
  )

  test(
    "of an account that is no longer configured is dead-lettered, and handled once it is again",
    Effect.gen(function*() {
      const accounts = yield* Accounts
      const order = yield* orderOf("web-1")
      yield* notify(order)
      const before = yield* Ref.getAndSet(accounts, [])
      yield* workInbox()
      const [item] = yield* deadLettered
      assert.match(item?.reason ?? "", /^UnknownMerchant/)
      yield* Ref.set(accounts, before)
      yield* Inbox.use((inbox) => inbox.retryDeadLetter(item?.id ?? "", 0))
      yield* workInbox()
      assert.strictEqual(received(yield* eventTypesOf(order)), 1)
    })
  )

  test(
    "is dead-lettered after twenty failed tries, which take about a day",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* plan({ operation: "status", executed: false, times: 100, reason: timeout })
      yield* notify(order)
      let waitedMs = 0
      for (; (yield* backlog) > 0 && waitedMs < 5 * day; waitedMs += 5 * minute) {
        yield* workInbox()
        yield* TestClock.adjust(5 * minute)
      }
      assert.strictEqual((yield* deadLettered)[0]?.attempts, inboxAttemptsMax)
      assert.isAbove(waitedMs, 14 * hour)
      assert.isBelow(waitedMs, 2 * day)
      assert.strictEqual((yield* OrderStore.use((store) => store.read(named(order)))).order.state.status, "new")
    })
  )

  test(
    "of a slow order delays no other one",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const slow = yield* orderOf("web-1")
      const quick = yield* orderOf("web-2")
      for (const order of [slow, quick]) yield* act({ do: "pay", orderKey: order.state.key })
      taps.gateway = {
        status: (merchant, input) =>
          Effect.delay(gateway.status(merchant, input), input.orderKey === slow.state.key ? 30 * second : 10)
      }
      yield* notify(slow)
      const round = yield* Effect.forkChild(workInbox())
      yield* TestClock.adjust(second)
      yield* notify(quick)
      assert.strictEqual(yield* finish(round), 1)
      yield* finish(yield* Effect.forkChild(workInbox()), 10)
      assert.deepEqual([yield* statusOf(slow), yield* statusOf(quick)], ["new", "paid"])
      yield* TestClock.adjust(minute)
      assert.strictEqual(yield* statusOf(slow), "paid")
      assert.strictEqual(yield* backlog, 0)
    })
  )
})
