/**
 * The refresh schedule as a process runs it, in virtual time: memory stores, the fake provider behind a line that takes
 * its time and can be down, and nobody who ever notifies.
 */
import { type FakeProvider, layerFakeGateway, sampleAccount } from "@docdata/testkit"
import { layerMerchants, layerProcessWork, layerUseCases } from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import {
  BackgroundWork,
  EventSink,
  GatewayFailure,
  type Inbox,
  type MerchantAccount,
  type Merchants,
  OrderStore,
  type Outbox,
  PaymentGateway,
  type RefreshBudget,
  refreshDueOrders,
  type SingleFlight,
  type WorkCapacity
} from "../../src/index.ts"
import { refreshPollMs } from "../../src/schedule/index.ts"
import { abandonStaleReservations } from "../../src/orders/index.ts"
import { CallRate } from "./CallRate.ts"

export const secondMs = 1000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Monday, 5 January 2026, midnight. */
export const startMs = Date.UTC(2026, 0, 5)

export interface AccountRate {
  readonly name: string
  readonly refreshesPerMinute: number
}

export const accountOf = (rate: AccountRate): MerchantAccount =>
  sampleAccount({
    ...rate,
    credentials: { environment: "test", merchantName: rate.name, password: Redacted.make("secret-1") }
  })

/** The line to Docdata: how it is, and what went over it. */
export class Line extends Context.Service<Line, {
  /** Calls fail: nobody listens. */
  isDown: boolean
  /** Orders that Docdata refuses to speak of. */
  readonly unspeakable: Set<string>
  /** Status calls by merchant. */
  readonly rates: Map<string, CallRate>
  /** When an order was first asked about with an answer, by its key. */
  readonly firstAnsweredAtMs: Map<string, number>
  /** Called for each question that is answered, with the order's key and when it was asked. */
  answered: (orderKey: string, askedAtMs: number) => void
}>()("test/Line") {}

const nobodyListens = {
  _tag: "TransportFailure",
  obstacle: "connect-refused",
  sent: "not-sent",
  retryable: true
} as const

const noSuchOrder = "0".repeat(32)

// What Docdata takes to answer: most of the time a fraction of a second.
const latencyMs = Effect.map(Random.next, (random) => Math.round(150 + 850 * random ** 3))

const layerLine = Layer.effectContext(Effect.gen(function*() {
  const gateway = yield* PaymentGateway
  const line: Line["Service"] = {
    isDown: false,
    unspeakable: new Set(),
    rates: new Map(),
    firstAnsweredAtMs: new Map(),
    answered: () => {}
  }
  const status: PaymentGateway["Service"]["status"] = Effect.fnUntraced(function*(merchant, { orderKey }) {
    const nowMs = yield* Clock.currentTimeMillis
    const rate = line.rates.get(merchant.merchantName) ?? new CallRate()
    line.rates.set(merchant.merchantName, rate)
    rate.add(nowMs)
    if (line.isDown) return yield* new GatewayFailure({ operation: "status", reason: nobodyListens })
    // What is true when the question arrives is what the answer says, however long it takes: the worst for whoever waits.
    const answer = yield* gateway.status(merchant, {
      orderKey: line.unspeakable.has(orderKey) ? noSuchOrder : orderKey
    })
    yield* Effect.sleep(yield* latencyMs)
    line.answered(orderKey, nowMs)
    if (!line.firstAnsweredAtMs.has(orderKey)) line.firstAnsweredAtMs.set(orderKey, nowMs)
    return answer
  })
  return Context.empty().pipe(
    Context.add(Line, line),
    Context.add(PaymentGateway, PaymentGateway.of({ ...gateway, status }))
  )
}))

const layerSink = Layer.succeed(
  EventSink,
  EventSink.of({
    subscribersFor: () => Effect.succeed([]),
    subscribers: () => Effect.succeed([]),
    deliver: () => Effect.undefined
  })
)

export type VirtualService =
  | OrderStore
  | Inbox
  | Outbox
  | PaymentGateway
  | FakeProvider
  | Merchants
  | EventSink
  | BackgroundWork
  | SingleFlight
  | WorkCapacity
  | RefreshBudget
  | Line

/** Runs something in a service of its own that begins at {@link startMs}; the same seed runs alike. */
export const inVirtualTime = <A, E>(
  { accounts, seed }: { readonly accounts: ReadonlyArray<AccountRate>; readonly seed: string },
  body: Effect.Effect<A, E, VirtualService>
): Promise<A> =>
  Effect.runPromise(
    Effect.andThen(TestClock.setTime(startMs), body).pipe(
      Effect.provide(
        layerLine.pipe(
          Layer.provideMerge(Layer.mergeAll(layerMemory, layerFakeGateway())),
          Layer.provideMerge(Layer.mergeAll(
            layerMerchants(accounts.map(accountOf)),
            layerSink,
            layerProcessWork,
            layerUseCases
          ))
        )
      ),
      Random.withSeed(seed),
      // Hours of work of a round are a moment here, and no warning about that is of interest.
      Effect.provide(Layer.merge(TestClock.layer({ warningDelay: "1 hour" }), Logger.layer([])))
    )
  )

/** The schedule as `docdata serve` runs it, until the scope ends. */
export const refreshingDueOrders = Effect.gen(function*() {
  const { run } = yield* BackgroundWork
  const round = Effect.orDie(Effect.andThen(abandonStaleReservations(), refreshDueOrders()))
  yield* Effect.forkScoped(run("schedule", { round, pollMs: refreshPollMs }))
})

/** Lets what was begun come to its first wait, however much of it there is, before time passes. */
export const begun = Effect.repeat(Effect.yieldNow, { times: 1_000 })

/** When the shop knew that an order is paid; undefined while it does not. */
export const paidAtMs = (orderId: string) =>
  Effect.map(
    OrderStore.use((store) => store.events(orderId)),
    (events) =>
      events.find(({ payload }) => payload.type === "order.status_changed" && payload.to === "paid")?.occurredAtMs
  )
