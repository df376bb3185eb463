import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import {
  BackgroundWork,
  cancelOrder,
  expireOrder,
  graceMs,
  OrderStore,
  RefreshBudget,
  refreshConcurrencyMax,
  refreshConcurrencyTogether,
  refreshDueOrders,
  refreshOrder,
  refreshPollMs,
  type StoredOrder
} from "../../src/index.ts"
import {
  account,
  Accounts,
  callCount,
  create,
  day,
  eventTypesOf,
  finish,
  hour,
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
import { CallRate } from "../days/CallRate.ts"
import { begun } from "../days/VirtualService.ts"

/** The schedule as it runs in a process, until the test ends. Tests over months poll less often. */
const runningEvery = (pollMs: number) =>
  Effect.gen(function*() {
    const { run } = yield* BackgroundWork
    const round = Effect.orDie(refreshDueOrders())
    const schedule = yield* Effect.forkChild(run("schedule", { round, pollMs }))
    // What is due at once begins before time passes.
    yield* begun
    return schedule
  })
const running = runningEvery(refreshPollMs)

/** How long until the order is paid, to the step. */
const untilPaid = (order: StoredOrder, stepMs: number) =>
  Effect.gen(function*() {
    let waitedMs = 0
    while ((yield* statusOf(order)) !== "paid" && waitedMs < 2 * hour) {
      yield* TestClock.adjust(stepMs)
      waitedMs += stepMs
    }
    return waitedMs
  })

describe("with every notification lost", () => {
  for (
    const [when, ageMs, withinMs] of [
      ["while the shopper waits", 0, minute],
      ["up to half an hour", 25 * minute, minute],
      ["in the first day", 2 * hour, 5 * minute],
      ["late in the first day", 23 * hour, 5 * minute],
      ["afterwards", 25 * hour, hour],
      ["days later", 4 * day, hour]
    ] as const
  ) {
    test(
      `a paid order is right within ${withinMs / minute} minutes ${when}`,
      Effect.gen(function*() {
        const { act } = yield* FakeProvider
        const orders: Array<StoredOrder> = []
        for (let i = 0; i < 4; i++) orders.push(yield* orderOf(`web-${i}`))
        const schedule = yield* running
        yield* TestClock.adjust(ageMs + 44 * second)
        let worstMs = 0
        for (const order of orders) {
          yield* act({ do: "pay", orderKey: order.state.key })
          worstMs = Math.max(worstMs, yield* untilPaid(order, withinMs / 60))
          // Another moment of the schedule for each.
          yield* TestClock.adjust(7 * second)
        }
        schedule.interruptUnsafe()
        assert.isAtMost(worstMs, withinMs)
        assert.isAbove(worstMs, 0)
      })
    )
  }
})

describe("the scheduled refresh", () => {
  test(
    "finds money that arrives after a cancellation or an expiry, until the grace is over",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const expired = yield* orderOf("web-1")
      yield* expireOrder(named(expired))
      assert.strictEqual(yield* statusOf(expired), "expired")
      const schedule = yield* runningEvery(hour)
      yield* TestClock.adjust(30 * day)
      yield* act({ do: "pay", orderKey: expired.state.key, method: "BANK_TRANSFER" })
      yield* TestClock.adjust(7 * hour)
      schedule.interruptUnsafe()
      const { order } = yield* OrderStore.use((store) => store.read(named(expired)))
      assert.strictEqual(order.state.status, "paid")
      assert.isDefined(order.state.hold)
      assert.include(yield* eventTypesOf(expired), "expired -> paid")
    })
  )

  test(
    "never gives an order up before its own expiry and the grace are over, and does afterwards if it is closed",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* cancelOrder(named(order))
      const schedule = yield* runningEvery(hour)
      const lastMs = 21 * day + graceMs
      for (let atMs = 0; atMs < lastMs - day; atMs += day) {
        yield* TestClock.adjust(day)
        const { order: stored } = yield* OrderStore.use((store) => store.read(named(order)))
        assert.isDefined(stored.nextRefreshAtMs, `given up after ${atMs / day} days`)
      }
      yield* TestClock.adjust(3 * day)
      schedule.interruptUnsafe()
      assert.isUndefined((yield* OrderStore.use((store) => store.read(named(order)))).order.nextRefreshAtMs)
    })
  )

  test(
    "goes on for ever with an order whose money is still under way",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "authorize", orderKey: order.state.key, method: "VISA" })
      const schedule = yield* runningEvery(6 * hour)
      yield* TestClock.adjust(200 * day)
      schedule.interruptUnsafe()
      const { order: stored } = yield* OrderStore.use((store) => store.read(named(order)))
      assert.strictEqual(stored.state.status, "pending")
      assert.isAbove(stored.nextRefreshAtMs ?? 0, startMs + 200 * day)
    })
  )

  test(
    "leaves connections to others, whatever the accounts allow and however slow Docdata is",
    Effect.gen(function*() {
      const taps = yield* Taps
      const underWay = new Map<string, number>()
      for (let i = 0; i < 20; i++) {
        for (const merchant of ["shop", "one", "two", "three"]) yield* create(requestFor(`web-${i}`, { merchant }))
      }
      taps.gateway = {
        status: ({ merchantName }) => {
          underWay.set(merchantName, (underWay.get(merchantName) ?? 0) + 1)
          return Effect.never
        }
      }
      yield* TestClock.adjust(minute)
      const schedule = yield* running
      yield* TestClock.adjust(minute)
      schedule.interruptUnsafe()
      const counts = [...underWay.values()]
      assert.isAtMost(Math.max(...counts), refreshConcurrencyMax)
      assert.strictEqual(counts.reduce((sum, count) => sum + count, 0), refreshConcurrencyTogether)
    }),
    {
      accounts: ["shop", "one", "two", "three"].map((name) =>
        account({
          name,
          refreshesPerMinute: 1_000,
          credentials: { ...account().credentials, merchantName: name }
        })
      )
    }
  )

  test(
    "is never stopped by one bad order, which comes back later each time",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const bad = yield* orderOf("web-1")
      const worse = yield* orderOf("web-2")
      const good = yield* orderOf("web-3")
      yield* act({ do: "pay", orderKey: good.state.key })
      let badRefreshes = 0
      taps.gateway = {
        status: (merchant, input) => {
          if (input.orderKey === worse.state.key) return Effect.die(new Error("a fault"))
          if (input.orderKey !== bad.state.key) return gateway.status(merchant, input)
          badRefreshes++
          return gateway.status(merchant, { orderKey: "0".repeat(32) })
        }
      }
      const schedule = yield* running
      yield* TestClock.adjust(hour)
      schedule.interruptUnsafe()
      assert.strictEqual(yield* statusOf(good), "paid")
      assert.isAbove(badRefreshes, 5)
      assert.isBelow(badRefreshes, 30)
    })
  )

  test(
    "misses one refresh and no more where Docdata did not answer while the shopper waits",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      const schedule = yield* running
      // Four looks at which nothing changed make the wait after a failure the longest.
      yield* TestClock.adjust(4 * minute)
      yield* plan({ operation: "status", executed: false, times: 1, reason: timeout })
      yield* act({ do: "pay", orderKey: order.state.key })
      const waitedMs = yield* untilPaid(order, second)
      schedule.interruptUnsafe()
      assert.isAtMost(waitedMs, 2 * minute)
    })
  )

  test(
    "is never stopped by orders that cannot even be postponed",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway, store } = yield* Untapped
      const bad = yield* orderOf("web-1")
      const good = yield* orderOf("web-2")
      yield* act({ do: "pay", orderKey: good.state.key })
      let badRefreshes = 0
      taps.gateway = {
        status: (merchant, input) => {
          if (input.orderKey === bad.state.key) badRefreshes++
          return gateway.status(merchant, input)
        }
      }
      taps.store = {
        commit: (change) => change.orderId === bad.id ? Effect.die(new Error("a fault")) : store.commit(change)
      }
      const schedule = yield* running
      yield* TestClock.adjust(5 * minute)
      schedule.interruptUnsafe()
      assert.strictEqual(yield* statusOf(good), "paid")
      assert.isAbove(badRefreshes, 5)
      assert.isBelow(badRefreshes, 40)
    })
  )

  test(
    "keeps each merchant's own rate, whatever the number of due orders",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const refreshes = new Map<string, number>()
      for (let i = 0; i < 60; i++) {
        yield* create(requestFor(`a-${i}`))
        yield* create(requestFor(`b-${i}`, { merchant: "outlet" }))
      }
      taps.gateway = {
        status: (merchant, input) => {
          refreshes.set(merchant.merchantName, (refreshes.get(merchant.merchantName) ?? 0) + 1)
          return gateway.status(merchant, input)
        }
      }
      yield* TestClock.adjust(hour)
      const schedule = yield* running
      // The minute's last refreshes are due when it is over.
      yield* TestClock.adjust(10 * minute - 1)
      schedule.interruptUnsafe()
      assert.isAtMost(refreshes.get("lantern_shop") ?? 0, 6 * 10)
      assert.isAtLeast(refreshes.get("lantern_shop") ?? 0, 6 * 10 - 2)
      assert.isAtMost(refreshes.get("outlet_shop") ?? 0, 10)
      assert.isAtLeast(refreshes.get("outlet_shop") ?? 0, 9)
    }),
    {
      accounts: [
        account({ refreshesPerMinute: 6 }),
        account({
          name: "outlet",
          refreshesPerMinute: 1,
          credentials: { ...account().credentials, merchantName: "outlet_shop" }
        })
      ]
    }
  )

  test(
    "takes the longest due first, and goes on with what it did not reach",
    Effect.gen(function*() {
      const orders: Array<StoredOrder> = []
      for (let i = 0; i < 10; i++) {
        orders.push(yield* orderOf(`web-${i}`))
        yield* TestClock.adjust(minute)
      }
      const refreshed: Array<string> = []
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      taps.gateway = {
        status: (merchant, input) => {
          refreshed.push(input.orderKey)
          return gateway.status(merchant, input)
        }
      }
      yield* TestClock.adjust(minute)
      const schedule = yield* running
      yield* TestClock.adjust(second)
      schedule.interruptUnsafe()
      assert.deepEqual(refreshed, orders.map(({ state }) => state.key))
    })
  )

  test(
    "refreshes the orders of waiting shoppers first, then at those of the day, and starves no other",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const keysOf = Effect.fnUntraced(function*(name: string, count: number) {
        const keys: Array<string> = []
        for (let i = 0; i < count; i++) keys.push((yield* orderOf(`${name}-${i}`)).state.key)
        return keys
      })
      const old = yield* keysOf("old", 40)
      yield* TestClock.adjust(2 * day)
      yield* Effect.forEach(
        old,
        (key) => refreshOrder({ by: "key", merchant: "shop", key }, { observedBy: "operator" }),
        { discard: true }
      )
      yield* TestClock.adjust(hour)
      const today = yield* keysOf("today", 20)
      yield* TestClock.adjust(40 * minute)
      yield* Effect.forEach(
        today,
        (key) => refreshOrder({ by: "key", merchant: "shop", key }, { observedBy: "operator" }),
        { discard: true }
      )
      yield* TestClock.adjust(9 * minute)
      const waiting = yield* keysOf("now", 10)
      yield* TestClock.adjust(minute)
      const refreshedAtMs = new Map<string, number>()
      const beganMs = yield* Clock.currentTimeMillis
      taps.gateway = {
        status: (merchant, input) =>
          Effect.flatMap(Clock.currentTimeMillis, (nowMs) => {
            if (!refreshedAtMs.has(input.orderKey)) refreshedAtMs.set(input.orderKey, nowMs - beganMs)
            return gateway.status(merchant, input)
          })
      }
      const schedule = yield* running
      yield* TestClock.adjust(5 * minute)
      schedule.interruptUnsafe()
      const lastMs = (keys: ReadonlyArray<string>) => Math.max(...keys.map((key) => refreshedAtMs.get(key) ?? Infinity))
      // Ten of sixty a minute, of which one in four goes to whoever is due longest.
      assert.isAtMost(lastMs(waiting), 20 * second)
      assert.isAtMost(lastMs(today), minute)
      assert.isAbove(lastMs(old), lastMs(today))
      assert.isAtMost(lastMs(old), 3 * minute)
      const first = [...refreshedAtMs].filter(([, afterMs]) => afterMs <= 20 * second).map(([key]) => key)
      assert.isAbove(first.filter((key) => old.includes(key)).length, 0)
    }),
    { accounts: [account({ refreshesPerMinute: 60 })] }
  )

  test(
    "starves nobody while waiting shoppers alone are more than the rate allows",
    Effect.gen(function*() {
      const old: Array<StoredOrder> = []
      for (let i = 0; i < 5; i++) old.push(yield* orderOf(`old-${i}`))
      yield* TestClock.adjust(2 * day)
      for (let i = 0; i < 20; i++) yield* orderOf(`now-${i}`)
      yield* TestClock.adjust(minute)
      const schedule = yield* running
      yield* TestClock.adjust(5 * minute)
      schedule.interruptUnsafe()
      const { read } = yield* OrderStore
      for (const one of old) assert.isDefined((yield* read(named(one))).order.observedFromMs)
    }),
    { accounts: [account({ refreshesPerMinute: 12 })] }
  )

  test(
    "lets a merchant whose Docdata hangs delay nobody else",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const stuck = yield* create(requestFor("web-1", { merchant: "outlet" }))
      const fine = yield* create(requestFor("web-1"))
      yield* act({ do: "pay", orderKey: fine.state.key })
      taps.gateway = {
        status: (merchant, input) => input.orderKey === stuck.state.key ? Effect.never : gateway.status(merchant, input)
      }
      const schedule = yield* running
      yield* TestClock.adjust(minute)
      assert.strictEqual(yield* statusOf(fine), "paid")
      const later = yield* create(requestFor("web-2"))
      yield* act({ do: "pay", orderKey: later.state.key })
      yield* TestClock.adjust(minute)
      schedule.interruptUnsafe()
      assert.strictEqual(yield* statusOf(later), "paid")
    }),
    {
      accounts: [
        account(),
        account({ name: "outlet", credentials: { ...account().credentials, merchantName: "outlet_shop" } })
      ]
    }
  )

  test(
    "does not look twice at an order whose refresh is still under way",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      yield* orderOf("web-1")
      taps.gateway = { status: (merchant, input) => Effect.delay(gateway.status(merchant, input), 20 * second) }
      yield* TestClock.adjust(minute)
      for (let i = 0; i < 8; i++) {
        yield* finish(yield* Effect.forkChild(refreshDueOrders()), second)
        yield* TestClock.adjust(second)
      }
      yield* TestClock.adjust(2 * minute)
      assert.strictEqual(yield* callCount("status"), 1)
    })
  )

  test(
    "looks at as many orders at once as the account's rate needs, where refreshes take their time",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      for (let i = 0; i < 200; i++) yield* orderOf(`web-${i}`)
      taps.gateway = { status: (merchant, input) => Effect.delay(gateway.status(merchant, input), 500) }
      yield* TestClock.adjust(50 * second)
      const schedule = yield* running
      yield* TestClock.adjust(15 * second)
      schedule.interruptUnsafe()
      // Ten at once; four would be through with 120.
      assert.isAbove(yield* callCount("status"), 140)
    })
  )

  // Four at once, each of them for four seconds, are sixty refreshes a minute at most.
  for (
    const [refreshesPerMinute, latencyMs, perMinute] of [
      [30, 4 * second, 30],
      [240, 4 * second, 60],
      [240, 700, 240],
      [90, 300, 90]
    ] as const
  ) {
    test(
      `makes ${perMinute} refreshes a minute of the ${refreshesPerMinute} allowed when each takes ${latencyMs} ms, and is never idle`,
      Effect.gen(function*() {
        const taps = yield* Taps
        const { gateway } = yield* Untapped
        for (let i = 0; i < 5 * perMinute; i++) yield* orderOf(`web-${i}`)
        const rate = new CallRate()
        let lastMs = startMs
        let longestPauseMs = 0
        taps.gateway = {
          status: (merchant, input) =>
            Effect.flatMap(Clock.currentTimeMillis, (nowMs) => {
              rate.add(nowMs)
              longestPauseMs = Math.max(longestPauseMs, nowMs - lastMs)
              lastMs = nowMs
              return Effect.delay(gateway.status(merchant, input), latencyMs)
            })
        }
        yield* TestClock.adjust(minute)
        lastMs = startMs + minute
        const schedule = yield* running
        yield* TestClock.adjust(4 * minute)
        schedule.interruptUnsafe()
        assert.isAtMost(rate.mostPerMinute, refreshesPerMinute)
        assert.isAtLeast(rate.total, 4 * perMinute * 0.98)
        // As long as the refreshes of five seconds last, or as the four of them take.
        assert.isAtMost(longestPauseMs, 6 * second)
      }),
      { accounts: [account({ refreshesPerMinute })] }
    )
  }

  test(
    "recovers after an outage of Docdata: everything due is refreshed again",
    Effect.gen(function*() {
      const { act, plan } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* plan({ operation: "status", executed: false, times: 3, reason: timeout })
      const schedule = yield* running
      yield* TestClock.adjust(20 * minute)
      schedule.interruptUnsafe()
      assert.strictEqual(yield* statusOf(order), "paid")
    })
  )

  test(
    "spends nothing for an account that may spend nothing, and starts again when it may",
    Effect.gen(function*() {
      const accounts = yield* Accounts
      yield* orderOf("web-1")
      yield* TestClock.adjust(hour)
      assert.strictEqual(yield* refreshDueOrders(), 0)
      yield* Ref.set(accounts, [account()])
      yield* TestClock.adjust(second)
      assert.strictEqual(yield* refreshDueOrders(), 1)
      assert.strictEqual(yield* RefreshBudget.use((budget) => budget.againInMs(account())), minute / 600)
    }),
    { accounts: [account({ refreshesPerMinute: 0 })] }
  )

  test(
    "watches a paid order for chargebacks",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const order = yield* orderOf("web-1")
      const paymentId = yield* act({ do: "pay", orderKey: order.state.key })
      yield* refreshOrder(named(order), { observedBy: "operator" })
      const schedule = yield* runningEvery(hour)
      yield* TestClock.adjust(60 * day)
      yield* act({ do: "charge-back", paymentId })
      yield* TestClock.adjust(day + hour)
      schedule.interruptUnsafe()
      assert.strictEqual(yield* statusOf(order), "charged_back")
    })
  )
})
