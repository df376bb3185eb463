/**
 * A shop as the lives of its orders need it: one account, one consumer of events, and the background work a round at
 * a time.
 */
import {
  type Anomalies,
  BackgroundWork,
  type CheckBudget,
  createOrder,
  EventSink,
  type Inbox,
  layerUseCases,
  Merchants,
  type OrderName,
  OrderStore,
  type Outbox,
  type PaymentGateway,
  receiveNotification,
  recheckOrders,
  relayEvents,
  type SingleFlight,
  type StoredEvent,
  type StoredOrder,
  UnknownMerchant,
  workInbox,
  type WorkSlots
} from "@docdata/application"
import { invoiceLine } from "@docdata/domain"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { lifeAccount, LifeStage } from "./LifeStage.ts"
import { layerShopTime, ShopTime } from "./ShopTime.ts"
import { sampleAccount, sampleOrder, sampleShopper } from "../sample/sampleShop.ts"

const secondMs = 1000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** What an adapter brings: the stores, the gateway, and the other side of it. */
export type Adapters = OrderStore | Inbox | Outbox | Anomalies | PaymentGateway | LifeStage

/** Everything the cases use. */
export type Shop =
  | Adapters
  | Merchants
  | EventSink
  | BackgroundWork
  | SingleFlight
  | WorkSlots
  | CheckBudget
  | ShopTime
  | Heard

/** What the shop's consumer was told, in order. */
export class Heard extends Context.Service<Heard, Array<StoredEvent>>()("@docdata/testkit/Heard") {}

const account = sampleAccount({
  credentials: {
    environment: "test",
    merchantName: lifeAccount.name,
    password: Redacted.make(lifeAccount.password)
  }
})

const layerHeard = Layer.effectContext(Effect.sync(() => {
  const heard: Array<StoredEvent> = []
  const sink = EventSink.of({
    audience: () => Effect.succeed(["shop"]),
    consumers: () => Effect.succeed(["shop"]),
    deliver: (_, event) => Effect.sync(() => void heard.push(event))
  })
  return Context.empty().pipe(Context.add(Heard, heard), Context.add(EventSink, sink))
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
  Layer.mergeAll(layerHeard, layerMerchant, layerNoWork, layerUseCases).pipe(
    Layer.provideMerge(adapters),
    Layer.provideMerge(layerShopTime)
  )

// What methods that are paid later want to know: a bill, a birthday, a telephone number.
const bill = invoiceLine({ name: "Lamp", code: "LAMP" }, { basis: "gross", minor: 4990 }, {
  vatRate: "21",
  quantity: 1,
  rounding: "half-up"
})

const create = createOrder((minor: number) =>
  sampleOrder({
    buyer: { ...sampleShopper, dateOfBirth: "1980-02-29", phoneNumber: "+31 0 0000001" },
    total: { minor, currency: "EUR" },
    ...(bill === undefined ? {} : { invoice: { lines: [bill] } })
  })
)

/** The total of every order, 49.90. */
export const totalMinor = 4990

/** The shop creates an order; the same key again is the same order. */
export const order = (number: string, key = `${number}-1`) =>
  create({ merchant: "shop", shopReference: number, idempotencyKey: key, shopOrder: totalMinor })

export const named = ({ id }: Pick<StoredOrder, "id">): OrderName => ({ by: "id", id })

/** Docdata notifies, and the shop works until nothing is left to do. */
export const notified = Effect.fnUntraced(function*({ reference }: StoredOrder) {
  const { pass } = yield* ShopTime
  yield* receiveNotification({ merchant: "shop", reference })
  // A look just before is given a second.
  yield* workInbox()
  yield* pass(secondMs)
  yield* workInbox()
  yield* relayed
})

/** Everything that waits for the consumer is delivered. */
export const relayed: Effect.Effect<void, Effect.Error<ReturnType<typeof relayEvents>>, Shop> = Effect.gen(function*() {
  while ((yield* relayEvents()) > 0);
})

/** Time passes, and the schedule looks at what is due; nobody notified. */
export const later = Effect.fnUntraced(function*(ms: number) {
  const { pass } = yield* ShopTime
  yield* pass(ms)
  while ((yield* recheckOrders()) > 0);
  yield* relayed
})

/** The order as it is stored. */
export const stored = (one: Pick<StoredOrder, "id">) =>
  Effect.map(OrderStore.use((store) => store.read(named(one))), (snapshot) => snapshot.order)

/** The changes of status that the consumer was told of, `new -> paid`. */
export const story = Effect.fnUntraced(function*({ id }: Pick<StoredOrder, "id">) {
  const heard = yield* Heard
  return heard.flatMap(({ news, orderId }) =>
    orderId === id && news.type === "order.status_changed" ? [`${news.from} -> ${news.to}`] : []
  )
})

/** How often an operation reached the provider. */
export const countOf = (operation: string) =>
  Effect.map(
    LifeStage.use(({ calls }) => calls),
    (calls) => calls.filter((call) => call.operation === operation).length
  )

/** Why an order is held for a person. */
export const heldBecause = (one: { readonly id: string }) => Effect.map(stored(one), ({ state }) => state.hold)
