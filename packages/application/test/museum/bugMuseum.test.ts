// Public defects of payment integrations that concern stores and events. Each case is played twice: the integration as
// it is usually written has the defect, ours has not. The numbers are those of the simulator's list of defects, and
// 11, 12, 18, 19 and 26 come from inside a shop: outbox rows taken for delivered, events that tell an old state,
// conflicts that reach the shopper, a checkout that overwrites events, and a numbered outbox that skips a late commit.
import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { TestClock } from "effect/testing"
import type { Integration } from "../naive/Integration.ts"
import { type Habits, naiveShop } from "../naive/NaiveShop.ts"
import { ourShop } from "../naive/ourShop.ts"
import { callCount, day, finish, hour, minute, second, type Shop, Taps, test, Untapped } from "../support/shop.ts"

type Play = (shop: Integration) => Effect.Effect<void, unknown, Shop>

/** Plays a case on both. The naive one has to fail by an assertion of the case, and by nothing else. */
const exhibit = (title: string, habits: Habits, play: Play): void => {
  test(
    `${title}: the usual way has it`,
    Effect.gen(function*() {
      const exit = yield* Effect.exit(Effect.flatMap(naiveShop(habits), play))
      assert.isTrue(Exit.isFailure(exit), "the naive integration passes, so the case proves nothing")
      const [reason] = Exit.isFailure(exit) ? exit.cause.reasons : []
      assert.strictEqual(reason?._tag === "Die" ? (reason.defect as Error).name : "", "AssertionError")
    })
  )
  test(`${title}: ours has not`, Effect.flatMap(ourShop, play))
}

const pay = (orderKey: string, minor?: number) =>
  FakeProvider.use(({ act }) =>
    act({ do: "pay", orderKey, ...(minor === undefined ? {} : { amount: { minor, currency: "EUR" } }) })
  )

/** Several things at once, with as much time as they need. */
const atOnce = (...effects: ReadonlyArray<Effect.Effect<void, never, Shop>>) =>
  Effect.flatMap(
    // What a handler dies of is an error 500 to whoever called it, and the others go on.
    Effect.forkChild(Effect.forEach(effects, Effect.exit, { concurrency: "unbounded", discard: true })),
    (fiber) => finish(fiber, second)
  )

/** Time passes, with background rounds in between. */
const pass = (shop: Integration, ms: number) =>
  Effect.gen(function*() {
    const steps = 40
    for (let step = 0; step < steps; step++) {
      yield* TestClock.adjust(ms / steps)
      yield* finish(yield* Effect.forkChild(Effect.exit(shop.round)), second)
    }
  })

/** Status calls take so long from now on; only the first one, if told so. The answer is as old as the question. */
const slowStatus = (ms: number, options: { readonly onlyFirst: boolean }) =>
  Effect.gen(function*() {
    const taps = yield* Taps
    const { gateway } = yield* Untapped
    let calls = 0
    taps.gateway = {
      status: (merchant, input) =>
        Effect.suspend(() =>
          options.onlyFirst && calls++ > 0
            ? gateway.status(merchant, input)
            : Effect.tap(gateway.status(merchant, input), () => Effect.sleep(ms))
        )
    }
  })

const expectPublished = (
  shop: Integration,
  order: Parameters<Integration["published"]>[0],
  published: ReadonlyArray<string>
) =>
  Effect.gen(function*() {
    yield* pass(shop, minute)
    assert.deepEqual(yield* shop.published(order), published)
  })

describe("the museum", () => {
  const together: Play = Effect.fnUntraced(function*(shop) {
    const order = yield* shop.create("web-1")
    yield* pay(order.key)
    yield* slowStatus(40 * second, { onlyFirst: false })
    yield* atOnce(shop.returned(order), shop.notified(order))
    yield* TestClock.adjust(5 * minute)
    yield* expectPublished(shop, order, ["paid"])
  })
  exhibit("1 return page and notification both tell that it is paid", {}, together)
  exhibit(
    "5 a notification that waits a little still races",
    { waitsMs: 5 * second },
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        yield* pay(order.key)
        yield* slowStatus(40 * second, { onlyFirst: false })
        yield* atOnce(shop.notified(order), shop.notified(order))
        yield* TestClock.adjust(5 * minute)
        yield* expectPublished(shop, order, ["paid"])
      })
  )
  exhibit("8 a lock that ends by time ends before a slow call does", { lock: "ends-after-30-seconds" }, together)

  const stale = (first: "returned" | "notified"): Play => (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      yield* FakeProvider.use(({ act }) => act({ do: "begin", orderKey: order.key }))
      yield* slowStatus(20 * second, { onlyFirst: true })
      const late = yield* Effect.forkChild(Effect.exit(shop[first](order)))
      yield* TestClock.adjust(2 * second)
      yield* pay(order.key)
      yield* atOnce(shop.notified(order))
      yield* finish(late, second)
      yield* TestClock.adjust(minute)
      yield* shop.round
      assert.strictEqual(yield* shop.status(order), "paid")
    })
  exhibit("2 a return page that loads late puts a paid order back", {}, stale("returned"))
  exhibit("9 older events that arrives later wins", {}, stale("notified"))

  exhibit(
    "3 the same events is kept twice, and mailed for weeks",
    { transactions: true },
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        yield* pay(order.key)
        yield* slowStatus(5 * second, { onlyFirst: false })
        yield* atOnce(shop.notified(order), shop.notified(order))
        yield* pass(shop, 20 * day)
        assert.deepEqual(yield* shop.published(order), ["paid"])
      })
  )

  exhibit(
    "4 events of the first two minutes is ignored",
    { ignoresYoungMs: 2 * minute },
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        yield* TestClock.adjust(30 * second)
        yield* pay(order.key)
        yield* atOnce(shop.notified(order))
        yield* pass(shop, day)
        assert.strictEqual(yield* shop.status(order), "paid")
      })
  )

  exhibit("6 the same request at the same moment refunds twice", {}, (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      const paymentId = yield* pay(order.key)
      yield* atOnce(shop.notified(order))
      const request = { paymentId, reference: "r-1" }
      yield* atOnce(shop.refund(order, request), shop.refund(order, request), shop.refund(order, request))
      assert.strictEqual(yield* callCount("refund"), 1)
    }))

  exhibit(
    "7 a lock per payment lets two payments of one order run into each other",
    { lock: "payment" },
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        yield* pay(order.key, 2000)
        yield* pay(order.key, 2990)
        yield* atOnce(shop.notified(order))
        yield* pass(shop, minute)
        assert.strictEqual(yield* shop.status(order), "paid")
      })
  )

  exhibit("10 events of an unfinished attempt overwrites a final state", {}, (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      yield* pay(order.key)
      yield* atOnce(shop.notified(order))
      yield* FakeProvider.use(({ act }) => act({ do: "begin", orderKey: order.key }))
      yield* TestClock.adjust(minute)
      yield* atOnce(shop.notified(order))
      assert.strictEqual(yield* shop.status(order), "paid")
    }))

  exhibit("11 an outbox row that is there counts as delivered", { mailRows: true }, (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      yield* pay(order.key)
      shop.listener.isDown = true
      yield* atOnce(shop.notified(order))
      yield* shop.round
      shop.listener.isDown = false
      yield* TestClock.adjust(minute)
      yield* atOnce(shop.notified(order))
      yield* pass(shop, hour)
      assert.deepEqual(yield* shop.published(order), ["paid"])
    }))

  exhibit("12 an event tells the state before the change", { mailFirst: true }, (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      yield* pay(order.key)
      yield* atOnce(shop.notified(order))
      yield* expectPublished(shop, order, ["paid"])
    }))

  exhibit(
    "13 the provider does not know the order for a while, and nothing ever ends",
    {},
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        yield* pay(order.key)
        yield* FakeProvider.use(({ plan }) =>
          plan({
            operation: "status",
            executed: false,
            times: 3,
            reason: { _tag: "Rejected", errors: [{ code: "REQUEST_DATA_INCORRECT", message: "not found" }] }
          })
        )
        yield* atOnce(shop.notified(order))
        yield* pass(shop, day)
        assert.strictEqual(yield* shop.status(order), "paid")
      })
  )

  exhibit(
    "14 events is lost while the shop is down, and the paid order is cancelled",
    { cancelsAfterMs: 3 * day },
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        yield* pay(order.key)
        yield* pass(shop, 30 * day)
        assert.strictEqual(yield* shop.status(order), "paid")
      })
  )

  exhibit("15 the browser is closed, no event comes, and nobody ever asks", {}, (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      yield* pay(order.key)
      yield* pass(shop, hour)
      assert.strictEqual(yield* shop.status(order), "paid")
    }))

  exhibit(
    "16 of two attempts one is paid and one fails, and the failed one cancels the order",
    {},
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        const { act } = yield* FakeProvider
        const other = yield* act({ do: "begin", orderKey: order.key })
        yield* pay(order.key)
        const last = yield* act({ do: "begin", orderKey: order.key })
        for (const paymentId of [other, last]) yield* act({ do: "fail", paymentId })
        yield* atOnce(shop.notified(order))
        assert.strictEqual(yield* shop.status(order), "paid")
      })
  )

  exhibit("17 every hit on a public address makes a call to the provider", {}, (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      yield* slowStatus(second, { onlyFirst: false })
      yield* atOnce(...Array.from({ length: 200 }, () => shop.returned(order)))
      assert.isAtMost(yield* callCount("status"), 2)
    }))

  exhibit(
    "18 a conflict in the database ends as an error 500, and the event is gone",
    {},
    (shop) =>
      Effect.gen(function*() {
        const order = yield* shop.create("web-1")
        yield* pay(order.key)
        shop.database.isBusy = true
        yield* atOnce(shop.notified(order))
        yield* pass(shop, minute)
        assert.strictEqual(yield* shop.status(order), "paid")
      })
  )

  exhibit("19 the checkout writes the order it read before the notification", {}, (shop) =>
    Effect.gen(function*() {
      const order = yield* shop.create("web-1")
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      taps.gateway = {
        start: (merchant, input) => Effect.tap(gateway.start(merchant, input), () => Effect.sleep(minute))
      }
      const checkout = yield* Effect.forkChild(Effect.exit(shop.started(order)))
      yield* TestClock.adjust(second)
      yield* pay(order.key)
      yield* atOnce(shop.notified(order))
      yield* finish(checkout, second)
      assert.strictEqual(yield* shop.status(order), "paid")
    }))

  exhibit("26 a numbered outbox skips what was committed late", { numbered: true }, (shop) =>
    Effect.gen(function*() {
      const slow = yield* shop.create("web-1")
      const quick = yield* shop.create("web-2")
      for (const order of [slow, quick]) yield* pay(order.key)
      shop.database.slowMs = 10 * second
      const late = yield* Effect.forkChild(shop.notified(slow))
      yield* TestClock.adjust(second)
      yield* shop.notified(quick)
      yield* shop.round
      yield* finish(late, second)
      yield* pass(shop, minute)
      assert.deepEqual([yield* shop.published(slow), yield* shop.published(quick)], [["paid"], ["paid"]])
    }))
})
