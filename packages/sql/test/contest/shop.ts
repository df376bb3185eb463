/**
 * One process of a shop in a contest: the real use cases on a recorded store, and a gateway that asks whoever started
 * the process, because Docdata is one for all of them.
 */
import {
  EventSink,
  type Exchange,
  layerUseCases,
  Merchants,
  type NewOrder,
  OrderStore,
  PaymentGateway,
  UnknownMerchant
} from "@docdata/application"
import { type StatusReport } from "@docdata/domain"
import { type OrderOperation, recordedOrderStore, sampleAccount, sampleNewOrder, truths } from "@docdata/testkit"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { layerOf, type Place } from "../crash/place.ts"

/** The one subscriber of the contest's events. */
export const contestSubscriber = "books"

const account = sampleAccount({ refreshesPerMinute: 6_000 })

export const contestOrder = (round: number, createdAtMs: number): NewOrder =>
  sampleNewOrder(round, { id: `contest-${round}`, grossMinor: 1_000, createdAtMs })

/** Nanoseconds of the machine's monotonic clock, which all of its processes share. */
export const machineTime = (): number => Number(process.hrtime.bigint())

/** What is true of a round's order once so many have looked: authorised, captured, partly refunded. */
export const truthOf = (orderKey: string, refreshes: number): StatusReport => {
  const report = truths[Math.min(refreshes, truths.length - 1)]!
  // Every order has a payment of its own.
  return { ...report, payments: report.payments.map((line) => ({ ...line, id: orderKey.replace(/\D/g, "") })) }
}

export type Ask = (operation: "status" | "cancel", orderKey: string) => Promise<StatusReport | undefined>

const gatewayOf = (ask: Ask): PaymentGateway["Service"] => {
  const answered = <A>(operation: "status" | "cancel", value: Effect.Effect<A>) =>
    Effect.gen(function*() {
      const startedAtMs = yield* Clock.currentTimeMillis
      const answer = yield* value
      const finishedAtMs = yield* Clock.currentTimeMillis
      const exchange: Exchange = {
        operation,
        environment: "test",
        merchantName: "contest_shop",
        requestText: operation,
        startedAtMs,
        finishedAtMs,
        timings: { queuedMs: 0, totalMs: finishedAtMs - startedAtMs },
        attempts: 1,
        shortened: []
      }
      return { value: answer, exchange }
    })
  const no = () => Effect.die(new Error("nobody asks for this in a contest"))
  return PaymentGateway.of({
    status: (_, { orderKey }) =>
      answered("status", Effect.map(Effect.promise(() => ask("status", orderKey)), (report) => report!)),
    cancel: (_, { orderKey }) =>
      answered("cancel", Effect.as(Effect.promise(() => ask("cancel", orderKey)), { _tag: "NotCancelled" } as const)),
    create: no,
    start: no,
    proceed: no,
    capture: no,
    refund: no,
    statusExtended: no,
    listPaymentMethods: no
  })
}

const layerMerchants = Layer.succeed(
  Merchants,
  Merchants.of({
    find: (name) =>
      name === account.name ? Effect.succeed(account) : Effect.fail(new UnknownMerchant({ merchant: name })),
    all: () => Effect.succeed([account])
  })
)

const layerSink = Layer.succeed(
  EventSink,
  EventSink.of({
    subscribersFor: () => Effect.succeed([contestSubscriber]),
    subscribers: () => Effect.succeed([contestSubscriber]),
    deliver: () => Effect.undefined
  })
)

/** The process on its stores. Every operation is kept in `history`. */
export const layerContestShop = (
  place: Place,
  { ask, caller, history }: {
    readonly caller: string
    readonly ask: Ask
    readonly history: Array<OrderOperation>
  }
) => {
  const recording = { caller, now: machineTime, keep: (operation: OrderOperation) => void history.push(operation) }
  const recorded = Layer.effect(
    OrderStore,
    Effect.map(OrderStore, (store) => recordedOrderStore(store, recording))
  )
  return Layer.mergeAll(
    layerMerchants,
    layerSink,
    layerUseCases,
    Layer.succeed(PaymentGateway, gatewayOf(ask))
  ).pipe(Layer.provideMerge(Layer.provideMerge(recorded, layerOf(place))))
}
