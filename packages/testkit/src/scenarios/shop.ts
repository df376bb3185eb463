/**
 * A shop as the lives of its orders need it: one account, one subscriber of events, and the background work a round at
 * a time.
 */
import {
  type Anomalies,
  BackgroundWork,
  createOrder,
  EventSink,
  type Inbox,
  type MerchantAccount,
  Merchants,
  type OrderName,
  OrderStore,
  type Outbox,
  type PaymentGateway,
  receiveNotification,
  RefreshBudget,
  refreshDueOrders,
  relayEvents,
  SingleFlight,
  type StoredEvent,
  type StoredOrder,
  UnknownMerchant,
  WorkCapacity,
  workInbox
} from "@docdata/application"
import { defaultPolicy, invoiceLine } from "@docdata/domain"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { scenarioAccount, ScenarioWorld } from "./ScenarioWorld.ts"
import { layerShopTime, ShopTime } from "./ShopTime.ts"

export const secondMs = 1000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** What an adapter brings: the stores, the gateway, and the other side of it. */
export type Adapters = OrderStore | Inbox | Outbox | Anomalies | PaymentGateway | ScenarioWorld

/** Everything the cases use. */
export type Shop =
  | Adapters
  | Merchants
  | EventSink
  | BackgroundWork
  | SingleFlight
  | WorkCapacity
  | RefreshBudget
  | ShopTime
  | Received

/** What the shop's subscriber was told, in order. */
export class Received extends Context.Service<Received, Array<StoredEvent>>()("@docdata/testkit/Heard") {}

const account: MerchantAccount = {
  name: "shop",
  active: true,
  credentials: {
    environment: "test",
    merchantName: scenarioAccount.name,
    password: Redacted.make(scenarioAccount.password)
  },
  policy: defaultPolicy,
  profile: "standard",
  daysToPay: 14,
  refreshesPerMinute: 600
}

const layerReceived = Layer.effectContext(Effect.sync(() => {
  const received: Array<StoredEvent> = []
  const sink = EventSink.of({
    subscribersFor: () => Effect.succeed(["shop"]),
    subscribers: () => Effect.succeed(["shop"]),
    deliver: (_, event) => Effect.sync(() => void received.push(event))
  })
  return Context.empty().pipe(Context.add(Received, received), Context.add(EventSink, sink))
}))

const layerMerchant = Layer.succeed(
  Merchants,
  Merchants.of({
    find: (name) => name === "shop" ? Effect.succeed(account) : Effect.fail(new UnknownMerchant({ merchant: name })),
    all: () => Effect.succeed([account])
  })
)

// The cases say when a round runs.
const layerNoWork = Layer.succeed(
  BackgroundWork,
  BackgroundWork.of({ wake: () => Effect.void, run: () => Effect.never })
)

/** The shop on the adapters; a shop of its own with each build. */
export const layerShop = <E>(adapters: Layer.Layer<Adapters, E>): Layer.Layer<Shop, E> =>
  Layer.mergeAll(layerReceived, layerMerchant, layerNoWork, SingleFlight.layer, WorkCapacity.layer, RefreshBudget.layer)
    .pipe(
      Layer.provideMerge(adapters),
      Layer.provideMerge(layerShopTime)
    )

// What methods that are paid later want to know: a bill, a birthday, a telephone number.
const bill = invoiceLine({ name: "Lamp", code: "LAMP" }, { basis: "gross", minor: 4990 }, {
  vatRate: "21",
  quantity: 1,
  rounding: "half-up"
})

const create = createOrder((minor: number) => ({
  buyer: {
    _tag: "Shopper",
    id: "c-1",
    name: { first: "Nobody", last: "Real" },
    email: "nobody@shop.example",
    language: "nl",
    gender: "undefined",
    dateOfBirth: "1980-02-29",
    phoneNumber: "+31 0 0000001"
  },
  total: { minor, currency: "EUR" },
  billTo: {
    name: { first: "Nobody", last: "Real" },
    address: { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
  },
  ...(bill === undefined ? {} : { invoice: { lines: [bill] } })
}))

/** The total of every order, 49.90. */
export const totalMinor = 4990

/** The shop creates an order; the same key again is the same order. */
export const order = (number: string, key = `${number}-1`) =>
  create({ merchant: "shop", shopReference: number, idempotencyKey: key, shopOrder: totalMinor })

export const named = ({ id }: Pick<StoredOrder, "id">): OrderName => ({ by: "id", id })

/** Docdata notifies, and the shop works until nothing is left to do. */
export const notified = Effect.fnUntraced(function*({ orderReference }: StoredOrder) {
  const { pass } = yield* ShopTime
  yield* receiveNotification({ merchant: "shop", orderReference })
  // A refresh just before is given a second.
  yield* workInbox()
  yield* pass(secondMs)
  yield* workInbox()
  yield* relayed
})

/** Everything that waits for the subscriber is delivered. */
export const relayed: Effect.Effect<void, Effect.Error<ReturnType<typeof relayEvents>>, Shop> = Effect.gen(function*() {
  while ((yield* relayEvents()) > 0);
})

/** Time passes, and the schedule looks at what is due; nobody notified. */
export const later = Effect.fnUntraced(function*(ms: number) {
  const { pass } = yield* ShopTime
  yield* pass(ms)
  while ((yield* refreshDueOrders()) > 0);
  yield* relayed
})

/** The order as it is stored. */
export const stored = (one: Pick<StoredOrder, "id">) =>
  Effect.map(OrderStore.use((store) => store.read(named(one))), (snapshot) => snapshot.order)

/** The changes of status that the subscriber was told of, `new -> paid`. */
export const story = Effect.fnUntraced(function*({ id }: Pick<StoredOrder, "id">) {
  const received = yield* Received
  return received.flatMap(({ payload, orderId }) =>
    orderId === id && payload.type === "order.status_changed" ? [`${payload.from} -> ${payload.to}`] : []
  )
})

/** How often an operation reached the provider. */
export const countOf = (operation: string) =>
  Effect.map(
    ScenarioWorld.use(({ calls }) => calls),
    (calls) => calls.filter((call) => call.operation === operation).length
  )

/** Why an order is held for a person. */
export const heldBecause = (one: { readonly id: string }) => Effect.map(stored(one), ({ state }) => state.hold)
