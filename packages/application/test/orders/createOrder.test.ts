import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import {
  createOrder,
  EventSink,
  type MerchantAccount,
  type OrderDescription,
  OrderStore,
  pageSizeMax,
  receiveNotification,
  StoreFailure
} from "../../src/index.ts"
import { abandonStaleReservations, creationWaitMaxMs, reservationLeaseMs } from "../../src/orders/index.ts"
import {
  account,
  Accounts,
  callCount,
  create,
  day,
  describeBasket,
  eventTypesOf,
  forkUntilReserved,
  inShop,
  minute,
  named,
  notSent,
  requestFor,
  second,
  startMs,
  Taps,
  test,
  timeout,
  Untapped
} from "../support/shop.ts"

const registrationOf = (orderId: string) =>
  Effect.map(OrderStore.use((store) => store.read({ by: "id", id: orderId })), ({ order }) => order.registration)

/** Two streets that give the request below one and the same fingerprint of version 0.1. */
const sameBefore = ["3aCb1b3aCb1b3aCb1b3aCb1b3aCb1b3aBa3a", "3abcPc3aCbPc3abc1b3abcPc3aCb1b3aBa3a"] as const

const createAt = ({ minor, street }: { readonly minor: number; readonly street: string }) =>
  createOrder((amount: number): OrderDescription => {
    const basket = describeBasket({ minor: amount })
    return { ...basket, billTo: { ...basket.billTo, address: { ...basket.billTo.address, street } } }
  })({ ...requestFor("web-1"), shopOrder: minor })

/** The order of that request as version 0.1 stored it, but for its amount. */
const storedBefore = (grossMinor: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    yield* store.reserve({
      id: "ord_BEFORE",
      merchant: "shop",
      shopReference: "web-1",
      orderReference: "web-1-BEFORE",
      idempotencyKey: requestFor("web-1").idempotencyKey,
      fingerprint: "36f5787cf27b701c00000152",
      language: "nl",
      billToCountry: "NL",
      currency: "EUR",
      grossMinor,
      createdAtMs: startMs,
      leaseUntilMs: startMs
    })
    return yield* store.confirm({
      orderId: "ord_BEFORE",
      key: "KEYBEFORE",
      confirmedAtMs: startMs,
      subscribers: [],
      nextRefreshAtMs: undefined
    })
  })

describe("creating an order", () => {
  test(
    "stores language, country, merchant, amount and key, tells that the order exists, and plans a check",
    Effect.gen(function*() {
      const order = yield* create(requestFor("web-1", { shopOrder: { minor: 1250, language: "de", country: "BE" } }))
      assert.deepInclude(order, {
        merchant: "shop",
        shopReference: "web-1",
        language: "de",
        billToCountry: "BE",
        currency: "EUR",
        grossMinor: 1250,
        orderAttempt: 1,
        registration: "confirmed",
        revision: 1
      })
      assert.match(order.state.key, /^FAKE/)
      assert.match(order.orderReference, /^web-1-[0-9A-Z]{8}$/)
      assert.isAbove(order.nextRefreshAtMs ?? 0, startMs)
      assert.isAtMost(order.nextRefreshAtMs ?? 0, startMs + minute)
      assert.deepEqual(yield* eventTypesOf(order), ["order.created"])
      assert.deepEqual(
        (yield* OrderStore.use((store) => store.read(named(order)))).order,
        order
      )
    })
  )

  test(
    "answers a repeated key with the same order and asks Docdata nothing",
    Effect.gen(function*() {
      const first = yield* create(requestFor("web-1"))
      yield* TestClock.adjust(3 * day)
      const again = yield* create(requestFor("web-1"))
      assert.strictEqual(again.id, first.id)
      assert.strictEqual(again.state.key, first.state.key)
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "asks Docdata once however many repeat one key at once, and answers all of them with the same order",
    Effect.gen(function*() {
      const { gateway } = yield* Untapped
      const taps = yield* Taps
      taps.gateway = { create: (merchant, input) => Effect.delay(gateway.create(merchant, input), 300) }
      const calls = yield* Effect.forkChild(Effect.forEach(
        Array.from({ length: 50 }),
        () => create(requestFor("web-1")),
        { concurrency: "unbounded" }
      ))
      yield* TestClock.adjust(second)
      const orders = yield* Fiber.join(calls)
      assert.strictEqual(yield* callCount("create"), 1)
      assert.strictEqual(new Set(orders.map(({ id, state }) => `${id} ${state.key}`)).size, 1)
    })
  )

  test(
    "refuses the same key for another request, and says whose it is",
    Effect.gen(function*() {
      const first = yield* create(requestFor("web-1"))
      const conflict = yield* Effect.flip(create(requestFor("web-1", { shopOrder: { minor: 1 } })))
      assert.deepInclude(conflict, { _tag: "IdempotencyConflict", orderId: first.id, merchant: "shop" })
      const other = yield* Effect.flip(create(requestFor("web-2", { idempotencyKey: "web-1-try-1" })))
      assert.strictEqual(other._tag, "IdempotencyConflict")
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "refuses the same key for another request that version 0.1 took for the same one",
    Effect.gen(function*() {
      const first = yield* createAt({ street: sameBefore[0], minor: 4990 })
      const conflict = yield* Effect.flip(createAt({ street: sameBefore[1], minor: 4990 }))
      assert.deepInclude(conflict, { _tag: "IdempotencyConflict", orderId: first.id })
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "answers a repeated key with the order that version 0.1 stored for the same request",
    Effect.gen(function*() {
      const order = yield* storedBefore(4990)
      const again = yield* createAt({ street: sameBefore[0], minor: 4990 })
      assert.deepEqual([again.id, again.fingerprint], [order.id, order.fingerprint])
      assert.strictEqual(yield* callCount("create"), 0)
      const other = yield* Effect.flip(createAt({ street: "Kade", minor: 4990 }))
      assert.deepInclude(other, { _tag: "IdempotencyConflict", orderId: order.id })
    })
  )

  test(
    "refuses a repeated key where version 0.1 stored another amount under the same fingerprint",
    Effect.gen(function*() {
      const order = yield* storedBefore(1000)
      const conflict = yield* Effect.flip(createAt({ street: sameBefore[0], minor: 4990 }))
      assert.deepInclude(conflict, { _tag: "IdempotencyConflict", orderId: order.id })
    })
  )

  test(
    "takes the same request for the same, in whatever order its fields were written",
    Effect.gen(function*() {
      const first = yield* create(requestFor("web-1"))
      const turned = createOrder((basket: { readonly minor: number }) =>
        Object.fromEntries(Object.entries(describeBasket(basket)).toReversed()) as ReturnType<typeof describeBasket>
      )
      assert.strictEqual((yield* turned(requestFor("web-1"))).id, first.id)
    })
  )

  test(
    "gives each attempt for one shop order a fresh reference",
    Effect.gen(function*() {
      const first = yield* create(requestFor("web-1"))
      const second = yield* create(requestFor("web-1", { idempotencyKey: "web-1-try-2" }))
      assert.notStrictEqual(second.orderReference, first.orderReference)
      assert.notStrictEqual(second.state.key, first.state.key)
      assert.deepEqual([first.orderAttempt, second.orderAttempt], [1, 2])
      assert.strictEqual(second.shopReference, "web-1")
    })
  )

  test(
    "makes a reference of characters that an address carries, whatever the shop's number is",
    Effect.gen(function*() {
      const order = yield* create(requestFor(`Öl & Käse/2026 #7 ${"9".repeat(250)}`))
      assert.match(order.orderReference, /^[A-Za-z0-9_-]{1,255}$/)
    })
  )

  test(
    "refuses an unknown or inactive merchant before anything is written or asked",
    Effect.gen(function*() {
      const unknown = yield* Effect.flip(create(requestFor("web-1", { merchant: "nobody" })))
      assert.deepInclude(unknown, { _tag: "UnknownMerchant", merchant: "nobody" })
      const inactive = yield* Effect.flip(create(requestFor("web-1", { merchant: "closed" })))
      assert.deepInclude(inactive, { _tag: "MerchantInactive", merchant: "closed" })
      assert.strictEqual(yield* callCount("create"), 0)
      const { items } = yield* OrderStore.use((store) => store.list({}, { limit: 10 }))
      assert.deepEqual(items, [])
    }),
    { accounts: [account(), account({ name: "closed", active: false })] }
  )

  test(
    "keeps merchants apart: one key and one shop number each",
    Effect.gen(function*() {
      const one = yield* create(requestFor("web-1"))
      const other = yield* create(requestFor("web-1", { merchant: "outlet" }))
      assert.notStrictEqual(other.id, one.id)
      const missing = yield* Effect.flip(
        OrderStore.use((store) => store.read({ by: "key", merchant: "outlet", key: one.state.key }))
      )
      assert.strictEqual(missing._tag, "OrderNotFound")
    }),
    { accounts: [account(), account({ name: "outlet" })] }
  )

  test(
    "uses the credentials of the moment: a rotation needs no restart",
    Effect.gen(function*() {
      const accounts = yield* Accounts
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const seen: Array<string> = []
      taps.gateway = {
        create: (merchant, input) => {
          seen.push(merchant.merchantName)
          return gateway.create(merchant, input)
        }
      }
      yield* create(requestFor("web-1"))
      const rotated: MerchantAccount = account({
        credentials: { ...account().credentials, merchantName: "lantern_shop_2" }
      })
      yield* Ref.set(accounts, [rotated])
      yield* create(requestFor("web-2"))
      assert.deepEqual(seen, ["lantern_shop", "lantern_shop_2"])
    })
  )

  test(
    "abandons a rejected order, passes the refusal on, and creates under the same key when it is repeated",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      yield* plan({
        operation: "create",
        executed: false,
        reason: { _tag: "Rejected", kind: "refused", errors: [{ code: "REQUEST_DATA_INCORRECT", message: "no" }] }
      })
      const failure = yield* Effect.flip(create(requestFor("web-1")))
      assert.strictEqual(failure._tag, "GatewayFailure")
      const repeated = yield* create(requestFor("web-1", { shopOrder: { minor: 5000 } }))
      assert.deepInclude(repeated, { orderAttempt: 2, registration: "confirmed", grossMinor: 5000 })
    })
  )

  for (const [what, reason] of [["unclear", timeout], ["not sent", notSent]] as const) {
    test(
      `creates an ordinary order whose creation was ${what} under the same key and a fresh reference when it is repeated`,
      Effect.gen(function*() {
        const { plan } = yield* FakeProvider
        yield* plan({ operation: "create", executed: what === "unclear", reason })
        yield* Effect.flip(create(requestFor("web-1")))
        const repeated = yield* create(requestFor("web-1"))
        const { items: [, lost] } = yield* OrderStore.use((store) => store.list({}, { limit: 10 }))
        assert.deepInclude(lost, { registration: "abandoned", abandonedBecause: reason })
        assert.deepInclude(repeated, { registration: "confirmed", orderAttempt: 2 })
        assert.notStrictEqual(repeated.orderReference, lost?.orderReference)
        const listed = yield* OrderStore.use((store) => store.list({ statuses: ["new"] }, { limit: 10 }))
        assert.deepEqual(listed.items.map(({ id }) => id), [repeated.id])
      })
    )
  }

  test(
    "leaves an order of a series reserved while it is unclear, because Docdata may have charged it",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      yield* plan({ operation: "create", executed: true, reason: timeout })
      const request = requestFor("sub-1", { shopOrder: { minor: 500, series: "S1" } })
      yield* Effect.flip(create(request))
      yield* TestClock.adjust(minute)
      assert.strictEqual(yield* abandonStaleReservations(), 0)
      const repeated = yield* Effect.flip(create(request))
      assert.deepInclude(repeated, { _tag: "CreateUnfinished", isUnderWay: false })
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "writes the key down although the caller was interrupted while Docdata was asked",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const asked = yield* Deferred.make<void>()
      taps.gateway = {
        create: (merchant, input) =>
          Effect.andThen(Deferred.succeed(asked, undefined), Effect.delay(gateway.create(merchant, input), 500))
      }
      const shopper = yield* Effect.forkChild(create(requestFor("web-1")))
      yield* Deferred.await(asked)
      const interrupted = yield* Effect.forkChild(Fiber.interrupt(shopper))
      yield* TestClock.adjust(second)
      yield* Fiber.join(interrupted)
      const order = yield* create(requestFor("web-1"))
      assert.match(order.state.key, /^FAKE/)
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "writes the key down although the store fails a few times, because it is nowhere else",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { store } = yield* Untapped
      const failedOnce = yield* Deferred.make<void>()
      let failures = 0
      taps.store = {
        confirm: (confirmation) =>
          Effect.suspend(() =>
            failures++ < 3
              ? Effect.andThen(
                Deferred.succeed(failedOnce, undefined),
                Effect.fail(new StoreFailure({ operation: "OrderStore.confirm", retryable: false, code: "gone" }))
              )
              : store.confirm(confirmation)
          )
      }
      const creating = yield* Effect.forkChild(create(requestFor("web-1")))
      yield* Deferred.await(failedOnce)
      yield* TestClock.adjust(10 * second)
      const order = yield* Fiber.join(creating)
      assert.strictEqual(order.registration, "confirmed")
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "writes the key down although it cannot be found out at first who is to receive it",
    Effect.gen(function*() {
      const sink = yield* EventSink
      const failedOnce = yield* Deferred.make<void>()
      let failures = 0
      const asked = EventSink.of({
        ...sink,
        subscribersFor: (merchant) =>
          Effect.suspend(() =>
            failures++ < 3
              ? Effect.andThen(
                Deferred.succeed(failedOnce, undefined),
                Effect.fail(new StoreFailure({ operation: "WebhookEndpoints.all", retryable: true, code: "gone" }))
              )
              : sink.subscribersFor(merchant)
          )
      })
      const creating = yield* Effect.forkChild(Effect.provideService(create(requestFor("web-1")), EventSink, asked))
      yield* Deferred.await(failedOnce)
      yield* TestClock.adjust(10 * second)
      const order = yield* Fiber.join(creating)
      assert.strictEqual(order.registration, "confirmed")
      assert.strictEqual(failures, 4)
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "recovers from a crash between writing the intent down and the key: a repetition takes over when the lease is over",
    Effect.gen(function*() {
      const taps = yield* Taps
      // What a crash leaves behind: the intent is written down, and nothing after it.
      taps.gateway = { create: () => Effect.die(new Error("the process ends here")) }
      yield* Effect.exit(create(requestFor("web-1")))
      taps.gateway = {}
      const repeating = yield* forkUntilReserved(create(requestFor("web-1")))
      yield* TestClock.adjust(reservationLeaseMs - second)
      assert.strictEqual(yield* callCount("create"), 0)
      yield* TestClock.adjust(2 * second)
      assert.deepInclude(yield* Fiber.join(repeating), { registration: "confirmed", orderAttempt: 2 })
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "takes nobody for dead who waits long for Docdata, and answers whoever waits with the same order",
    Effect.gen(function*() {
      const { gateway } = yield* Untapped
      const taps = yield* Taps
      taps.gateway = { create: (merchant, input) => Effect.delay(gateway.create(merchant, input), 29 * second) }
      const calls = yield* forkUntilReserved(
        Effect.all([create(requestFor("web-1")), create(requestFor("web-1"))], { concurrency: "unbounded" }),
        2
      )
      yield* TestClock.adjust(25 * second)
      assert.strictEqual(yield* abandonStaleReservations(), 0)
      yield* TestClock.adjust(5 * second)
      const [first, other] = yield* Fiber.join(calls)
      assert.strictEqual(first.id, other.id)
      assert.strictEqual(yield* callCount("create"), 1)
    })
  )

  test(
    "answers whoever waits with the failure of the first call, and asks Docdata once",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const { gateway } = yield* Untapped
      const taps = yield* Taps
      const reason = {
        _tag: "Rejected",
        kind: "credentials",
        errors: [{ code: "SECURITY_ERROR", message: "Login failed for J. de Vries" }]
      } as const
      yield* plan({ operation: "create", executed: false, reason })
      taps.gateway = { create: (merchant, input) => Effect.delay(gateway.create(merchant, input), 300) }
      const calls = yield* forkUntilReserved(
        Effect.all(Array.from({ length: 8 }, () => Effect.flip(create(requestFor("web-1")))), {
          concurrency: "unbounded"
        }),
        8
      )
      yield* TestClock.adjust(second)
      for (const failure of yield* Fiber.join(calls)) {
        assert.deepNestedInclude(failure, { _tag: "GatewayFailure", "reason.errors[0].code": "SECURITY_ERROR" })
      }
      assert.strictEqual(yield* callCount("create"), 1)
      const { items: [abandoned] } = yield* OrderStore.use((store) => store.list({}, { limit: 10 }))
      assert.notInclude(JSON.stringify(abandoned), "Vries")
    })
  )

  test(
    "refuses another request while one with its key is under way, and gives up waiting for an equal one in the end",
    Effect.gen(function*() {
      const taps = yield* Taps
      taps.gateway = { create: () => Effect.interruptible(Effect.never) }
      yield* forkUntilReserved(create(requestFor("web-1")))
      const conflict = yield* Effect.flip(create(requestFor("web-1", { shopOrder: { minor: 1 } })))
      assert.strictEqual(conflict._tag, "IdempotencyConflict")
      const waiting = yield* forkUntilReserved(Effect.flip(create(requestFor("web-1"))))
      yield* TestClock.adjust(creationWaitMaxMs + second)
      assert.deepInclude(yield* Fiber.join(waiting), { _tag: "CreateUnfinished", isUnderWay: true })
    })
  )

  test(
    "tries once more under a fresh reference when the connection was lost, and not for a recurring series",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const lost = {
        _tag: "TransportFailure",
        obstacle: "connection-lost",
        sent: "unknown",
        retryable: false
      } as const
      yield* plan({ operation: "create", executed: true, reason: lost })
      assert.deepInclude(yield* create(requestFor("web-1")), { registration: "confirmed", orderAttempt: 2 })
      for (let time = 0; time < 2; time++) yield* plan({ operation: "create", executed: true, reason: lost })
      assert.deepNestedInclude(yield* Effect.flip(create(requestFor("web-2"))), {
        "reason.obstacle": "connection-lost"
      })
      assert.strictEqual(yield* callCount("create"), 4)
      yield* plan({ operation: "create", executed: true, reason: lost })
      yield* Effect.flip(create(requestFor("sub-1", { shopOrder: { minor: 500, series: "S1" } })))
      assert.strictEqual(yield* callCount("create"), 5)
    })
  )

  test(
    "finds the reservations to give up behind any number of those that a person has to look at",
    Effect.gen(function*() {
      const taps = yield* Taps
      taps.gateway = { create: () => Effect.die(new Error("the process ends here")) }
      const begin = (number: string, over: Parameters<typeof requestFor>[1]) =>
        Effect.exit(create(requestFor(number, over)))
      for (let number = 0; number <= pageSizeMax; number++) {
        yield* begin(`series-${number}`, { shopOrder: { minor: 990, series: `series-${number}` } })
      }
      yield* TestClock.adjust(minute)
      yield* begin("web-1", {})
      yield* TestClock.adjust(reservationLeaseMs + minute)
      assert.strictEqual(yield* abandonStaleReservations(), 1)
      assert.strictEqual(yield* abandonStaleReservations(), 0)
    })
  )

  test(
    "does not give up an order that was confirmed while reservations are resolved",
    Effect.gen(function*() {
      const order = yield* create(requestFor("web-1"))
      yield* TestClock.adjust(reservationLeaseMs * 4)
      assert.strictEqual(yield* abandonStaleReservations(), 0)
      assert.strictEqual(yield* registrationOf(order.id), "confirmed")
    })
  )

  test(
    "accepts a notification that is faster than the answer to the creation",
    Effect.gen(function*() {
      const taps = yield* Taps
      const run = yield* inShop
      const { gateway, store } = yield* Untapped
      taps.gateway = {
        create: (merchant, input) =>
          Effect.tap(
            gateway.create(merchant, input),
            () => run(Effect.orDie(receiveNotification({ merchant: "shop", orderReference: input.orderReference })))
          )
      }
      const order = yield* create(requestFor("web-1"))
      assert.strictEqual((yield* store.read(named(order))).order.registration, "confirmed")
    })
  )

  test(
    "is refused for a mistake before the key is used up, and the corrected request takes the same key",
    Effect.gen(function*() {
      const wrong = requestFor("web-1", { shopOrder: { minor: 4990, country: "Netherlands" } })
      const failure = yield* Effect.flip(create(wrong))
      assert.deepInclude(failure, { _tag: "GatewayFailure", operation: "create" })
      assert.strictEqual(yield* callCount("create"), 0)
      assert.deepEqual((yield* OrderStore.use((store) => store.list({}, { limit: 10 }))).items, [])
      const order = yield* create({ ...wrong, shopOrder: { minor: 4990 } })
      assert.strictEqual(order.registration, "confirmed")
    })
  )
})
