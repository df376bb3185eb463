/**
 * A shop for tests: the use cases on the memory stores and the fake provider, with the clock and the random numbers of
 * the test, and taps where a test has to look in or to break something.
 */
import { FakeProvider, layerFakeGateway, sampleAccount, sampleOrder, sampleShopper } from "@docdata/testkit"
import { layerMerchantsFrom, layerProcessWork, layerUseCases } from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import { assert, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import * as Ref from "effect/Ref"
import { TestClock } from "effect/testing"
import {
  type Anomalies,
  type BackgroundWork,
  type Backlogs,
  createOrder,
  DeliveryFailure,
  EventSink,
  type GatewayFailureReason,
  type Inbox,
  type MerchantAccount,
  type Merchants,
  type OrderDescription,
  type OrderName,
  OrderStore,
  type Outbox,
  PaymentGateway,
  type RefreshBudget,
  type SingleFlight,
  type StoredEvent,
  type StoredOrder,
  type WorkCapacity
} from "../../src/index.ts"
import type { CreateOptions } from "../../src/orders/index.ts"

/** Monday, 5 January 2026, noon. */
export const startMs = Date.UTC(2026, 0, 5, 12)
export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** The account of the shop. */
export const account = sampleAccount

/** What this shop says of its own orders. */
export interface Basket {
  readonly minor: number
  readonly currency?: string
  readonly language?: string
  readonly country?: string
  readonly series?: string
}

const { billTo } = sampleOrder()

export const describeBasket = (basket: Basket): OrderDescription =>
  sampleOrder({
    buyer: { ...sampleShopper, language: basket.language ?? "nl" },
    total: { minor: basket.minor, currency: basket.currency ?? "EUR" },
    billTo: { ...billTo, address: { street: "Kade", city: "Zwolle", country: basket.country ?? "NL" } },
    ...(basket.series === undefined ? {} : { recurringReference: basket.series })
  })

export const create = createOrder(describeBasket)

export const requestFor = (number: string, over: Partial<CreateOptions<Basket>> = {}): CreateOptions<Basket> => ({
  merchant: "shop",
  shopReference: number,
  idempotencyKey: `${number}-try-1`,
  shopOrder: { minor: 4990 },
  ...over
})

export const named = (order: Pick<StoredOrder, "id">): OrderName => ({ by: "id", id: order.id })

/** The accounts of a test, which it may change while it runs. */
export class Accounts extends Context.Service<Accounts, Ref.Ref<ReadonlyArray<MerchantAccount>>>()("test/Accounts") {}

/** What subscribers were handed, and how a test makes them behave. */
export class Subscribers extends Context.Service<Subscribers, {
  readonly names: Array<string>
  readonly got: Array<{ readonly subscriber: string; readonly event: StoredEvent }>
  /** Asked before an event is taken; failing refuses it. */
  behave: (subscriber: string, event: StoredEvent) => Effect.Effect<void, DeliveryFailure>
}>()("test/Subscribers") {}

export const refusal = (subscriber: string, event: StoredEvent, permanent: boolean): DeliveryFailure =>
  new DeliveryFailure({ subscriber, eventId: event.id, permanent, reason: "refused by the test" })

const layerSubscribers = (names: ReadonlyArray<string>): Layer.Layer<Subscribers | EventSink> =>
  Layer.effectContext(Effect.sync(() => {
    const subscribers: Subscribers["Service"] = { names: [...names], got: [], behave: () => Effect.void }
    return Context.empty().pipe(
      Context.add(Subscribers, subscribers),
      Context.add(
        EventSink,
        EventSink.of({
          subscribersFor: () => Effect.sync(() => [...subscribers.names]),
          subscribers: () => Effect.sync(() => [...subscribers.names]),
          deliver: (subscriber, event) =>
            Effect.andThen(
              Effect.suspend(() => subscribers.behave(subscriber, event)),
              Effect.sync(() => void subscribers.got.push({ subscriber, event }))
            )
        })
      )
    )
  }))

/** Replaces methods of the gateway or the order store for a test; taps are put in and taken out while it runs. */
export class Taps extends Context.Service<Taps, {
  gateway: Partial<PaymentGateway["Service"]>
  store: Partial<OrderStore["Service"]>
}>()("test/Taps") {}

/** The services themselves, without taps. */
export class Untapped extends Context.Service<Untapped, {
  readonly gateway: PaymentGateway["Service"]
  readonly store: OrderStore["Service"]
}>()("test/Untapped") {}

// Each call looks for its tap at the moment of the call.
const tapped = <S extends object>(service: S, taps: () => Partial<S>): S =>
  new Proxy(service, {
    get: (target, method, receiver) => Reflect.get(taps(), method) ?? Reflect.get(target, method, receiver)
  })

const layerTapped = Layer.effectContext(
  Effect.gen(function*() {
    const taps: Taps["Service"] = { gateway: {}, store: {} }
    const gateway = yield* PaymentGateway
    const store = yield* OrderStore
    return Context.empty().pipe(
      Context.add(Taps, taps),
      Context.add(Untapped, { gateway, store }),
      Context.add(PaymentGateway, tapped(gateway, () => taps.gateway)),
      Context.add(OrderStore, tapped(store, () => taps.store))
    )
  })
)

export interface ShopOptions {
  readonly accounts?: ReadonlyArray<MerchantAccount>
  readonly subscribers?: ReadonlyArray<string>
}

export type Shop =
  | OrderStore
  | Inbox
  | Outbox
  | Anomalies
  | Backlogs
  | PaymentGateway
  | FakeProvider
  | Merchants
  | EventSink
  | BackgroundWork
  | SingleFlight
  | WorkCapacity
  | RefreshBudget
  | Accounts
  | Subscribers
  | Taps
  | Untapped

const layerShop = (options: ShopOptions = {}): Layer.Layer<Shop> => {
  const accounts = Ref.makeUnsafe(options.accounts ?? [account()])
  return layerTapped.pipe(
    Layer.provideMerge(Layer.mergeAll(layerMemory, layerFakeGateway())),
    Layer.provideMerge(Layer.mergeAll(
      layerMerchantsFrom(accounts),
      Layer.succeed(Accounts, accounts),
      layerSubscribers(options.subscribers ?? ["books"]),
      layerProcessWork,
      layerUseCases
    ))
  )
}

/** A test in a shop of its own, at noon, with random numbers that follow from its name, and a silent log. */
export const test = <A, E>(
  name: string,
  body: Effect.Effect<A, E, Shop>,
  options: ShopOptions = {}
): void =>
  it.effect(name, () =>
    Effect.andThen(TestClock.setTime(startMs), body).pipe(
      Random.withSeed(name),
      Effect.provide(layerShop(options)),
      Effect.provide(Logger.layer([]))
    ))

/** An order that Docdata knows. */
export const orderOf = (number: string, over: Partial<CreateOptions<Basket>> = {}) => create(requestFor(number, over))

export const statusOf = (order: Pick<StoredOrder, "id">) =>
  Effect.map(OrderStore.use((store) => store.read(named(order))), (snapshot) => snapshot.order.state.status)

const eventsOf = (order: Pick<StoredOrder, "id">) =>
  Effect.map(OrderStore.use((store) => store.events(order.id)), (events) => events.map(({ payload }) => payload))

export const eventTypesOf = (order: Pick<StoredOrder, "id">) =>
  Effect.map(
    eventsOf(order),
    (all) =>
      all.map((events) => events.type === "order.status_changed" ? `${events.from} -> ${events.to}` : events.type)
  )

/** How often an operation reached the provider. */
export const callCount = (operation: string) =>
  Effect.map(
    FakeProvider.use(({ calls }) => calls),
    (calls) => calls.filter((call) => call.operation === operation).length
  )

export const timeout = {
  _tag: "TransportFailure",
  obstacle: "deadline",
  sent: "unknown",
  retryable: false
} as const satisfies GatewayFailureReason

export const notSent = {
  _tag: "TransportFailure",
  obstacle: "connect-refused",
  sent: "not-sent",
  retryable: true
} as const satisfies GatewayFailureReason

/** Runs what needs the shop from inside a tap, which may need nothing. */
export const inShop = Effect.map(
  Effect.context<Shop>(),
  (services) => <A, E>(effect: Effect.Effect<A, E, Shop>): Effect.Effect<A, E> =>
    Effect.provideContext(effect, services)
)

/**
 * Starts creations and waits until each of them has asked the store for its reservation. A request is digested outside the
 * clock of the test before that: time that passes meanwhile would be missing in whatever the creation waits for.
 */
export const forkUntilReserved = <A, E, R>(
  creations: Effect.Effect<A, E, R>,
  count = 1
): Effect.Effect<Fiber.Fiber<A, E>, never, R | Taps | Untapped> =>
  Effect.gen(function*() {
    const taps = yield* Taps
    const { store } = yield* Untapped
    const before = taps.store
    const reserve = before.reserve ?? store.reserve
    const allReserved = yield* Deferred.make<void>()
    let reserved = 0
    taps.store = {
      ...before,
      reserve: (order) =>
        Effect.ensuring(
          reserve(order),
          Effect.suspend(() => ++reserved < count ? Effect.void : Deferred.succeed(allReserved, undefined))
        )
    }
    const fiber = yield* Effect.forkChild(creations)
    yield* Deferred.await(allReserved)
    taps.store = before
    return fiber
  })

/** Lets time pass in steps until the fiber has ended. */
export const finish = <A, E>(fiber: Fiber.Fiber<A, E>, stepMs = 100): Effect.Effect<A, E> =>
  Effect.gen(function*() {
    for (let step = 0; step < 1000 && fiber.pollUnsafe() === undefined; step++) yield* TestClock.adjust(stepMs)
    assert.isDefined(fiber.pollUnsafe(), "the fiber never ends")
    return yield* Fiber.join(fiber)
  })
