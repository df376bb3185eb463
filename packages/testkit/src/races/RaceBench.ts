/**
 * What the workers of a race share: the stores, a provider whose truth moves on while they look, and virtual time.
 */
import {
  type ClaimedItem,
  type Delivery,
  Inbox,
  type NewOrder,
  type OrderSnapshot,
  OrderStore,
  Outbox,
  type StoredEvent
} from "@docdata/application"
import type { StatusReport } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Stores } from "../model/Command.ts"

/** The one subscriber of the events of a race. */
export const subscriber = "shop"

const newOrder: NewOrder = {
  id: "race",
  merchant: "shop",
  shopReference: "S1",
  orderReference: "R1",
  idempotencyKey: "I1",
  fingerprint: "F1",
  language: "nl",
  billToCountry: "NL",
  currency: "EUR",
  grossMinor: 1_000,
  createdAtMs: Date.UTC(2026, 0, 5, 12),
  leaseUntilMs: Date.UTC(2026, 0, 5, 12)
}

export const orderId = newOrder.id
export const orderKey = "KEY-RACE"

const money = (minor: number) => ({ minor, currency: "EUR" })

const report = (captured: number, refunded: number): StatusReport => ({
  totals: {
    exchangedTo: "EUR",
    registered: 1_000,
    shopperPending: 0,
    acquirerPending: 0,
    acquirerApproved: 1_000,
    captured,
    refunded,
    chargedBack: 0,
    reversed: 0
  },
  payments: [{
    id: "4711",
    paymentMethod: "IDEAL",
    authorization: {
      status: "AUTHORIZED",
      amount: money(1_000),
      confidenceLevel: "ACQUIRER_APPROVED",
      captures: captured === 0 ? [] : [{ status: "CAPTURED", amount: money(captured) }],
      refunds: refunded === 0 ? [] : [{ status: "CAPTURED", amount: money(refunded) }],
      chargebacks: []
    }
  }]
})

/** What is true at Docdata, one after the other: authorised, captured, partly refunded. */
export const truths: ReadonlyArray<StatusReport> = [report(0, 0), report(1_000, 0), report(1_000, 300)]

/** A report with the time at which it was asked for and answered. */
export interface RaceAnswer {
  readonly askedAtMs: number
  readonly answeredAtMs: number
  readonly report: StatusReport
}

export interface RaceBench {
  readonly stores: Stores
  /** The next instant: every step has its own. */
  readonly tick: () => number
  /** What is true now. Then the truth moves on, and Docdata notifies: the event comes just after somebody looked. */
  readonly refresh: () => Effect.Effect<StatusReport>
  /** Hands an event to the subscriber. */
  readonly handOver: (event: StoredEvent) => void
  /** Everything that the subscriber was handed, in order, repeats included. */
  readonly handedOver: ReadonlyArray<StoredEvent>
}

/** What one worker has in hand. A worker that dies takes it along. */
export interface RaceWorker {
  readonly name: string
  item?: ClaimedItem
  snapshot?: OrderSnapshot
  askedAtMs?: number
  answer?: RaceAnswer
  delivery?: Delivery
  /** True once it has nothing more to do: the steps that are left do nothing. */
  idle: boolean
}

/**
 * A bench with a confirmed order and the notification that starts the race. How long claims last is up to the steps.
 */
export const raceBench: Effect.Effect<RaceBench, unknown, OrderStore | Inbox | Outbox> = Effect.gen(function*() {
  const stores: Stores = { orders: yield* OrderStore, inbox: yield* Inbox, outbox: yield* Outbox }
  let nowMs = newOrder.createdAtMs
  const tick = (): number => ++nowMs
  let truth = 0
  const notify = (): Effect.Effect<unknown> => {
    const receivedAtMs = tick()
    const { merchant, orderReference } = newOrder
    return Effect.orDie(stores.inbox.receive({ id: `n${receivedAtMs}`, merchant, orderReference, receivedAtMs }))
  }
  const refresh = (): Effect.Effect<StatusReport> =>
    Effect.suspend(() => {
      const now = truths[truth]!
      if (truth === truths.length - 1) return Effect.succeed(now)
      truth++
      return Effect.as(notify(), now)
    })
  const handedOver: Array<StoredEvent> = []
  yield* stores.orders.reserve(newOrder)
  yield* stores.orders.confirm({
    orderId,
    key: orderKey,
    confirmedAtMs: tick(),
    subscribers: [subscriber],
    nextRefreshAtMs: undefined
  })
  yield* notify()
  return { stores, tick, refresh, handedOver, handOver: (event) => void handedOver.push(event) }
})
