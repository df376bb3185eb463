/**
 * A day of a shop that no notification ever reaches: how long after the money the shop knows of it.
 */
import { FakeProvider, sampleOrder } from "@docdata/testkit"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { createOrder, OrderStore, PaymentGateway, type StoredOrder } from "../../src/index.ts"
import { plannedDay, type PlannedOrder } from "./plannedDay.ts"
import {
  accountOf,
  begun,
  dayMs,
  hourMs,
  inVirtualTime,
  Line,
  minuteMs,
  paidAtMs,
  refreshingDueOrders,
  secondMs,
  startMs
} from "./VirtualService.ts"

/** When the money of an order came, seen from the shopper. */
export type Wait = "while the shopper waits" | "in the first day" | "afterwards"

/** How soon the shop has to know of the money. */
export const lagMaxMs: Readonly<Record<Wait, number>> = {
  "while the shopper waits": 60 * secondMs,
  "in the first day": 5 * minuteMs,
  "afterwards": hourMs
}

export const waitOf = (ageMs: number): Wait =>
  ageMs < 30 * minuteMs ? "while the shopper waits" : ageMs < dayMs ? "in the first day" : "afterwards"

export interface DayOptions {
  readonly orders: number
  /** Leaves out the orders whose money comes later than this after the beginning. All of them count when absent. */
  readonly moneyWithinMs?: number
  readonly seed: number
  readonly refreshesPerMinute: number
}

export interface DayResult {
  readonly orders: number
  /** How long after the money each paid order was right, ascending. */
  readonly lagsMs: Readonly<Record<Wait, ReadonlyArray<number>>>
  /** Paid at Docdata, and not in the shop. */
  readonly missed: number
  /** Not paid at Docdata, and not open in the shop. */
  readonly invented: number
  readonly unpaid: number
  readonly calls: number
  readonly mostCallsPerMinute: number
}

const shop = "shop"
const create = createOrder((minor: number) => sampleOrder({ total: { minor, currency: "EUR" } }))

export interface Followed {
  readonly order: StoredOrder
  /** When the money came in; absent for what nobody pays. */
  moneyAtMs?: number
}

const until = (atMs: number) =>
  Effect.flatMap(Clock.currentTimeMillis, (nowMs) => Effect.sleep(Math.max(0, atMs - nowMs)))

const credentials = accountOf({ name: shop, refreshesPerMinute: 0 }).credentials

interface Life {
  readonly number: string
  readonly fromMs: number
  /** Gets the order when there is one. */
  readonly followed: Array<Followed>
}

/** What becomes of one order, at its times. */
export const live = Effect.fnUntraced(function*(planned: PlannedOrder, { followed: all, fromMs, number }: Life) {
  const { act } = yield* FakeProvider
  const gateway = yield* PaymentGateway
  yield* until(fromMs + planned.afterMs)
  const request = { merchant: shop, shopReference: number, idempotencyKey: number, shopOrder: 4_990 }
  const order = yield* create(request)
  const followed: Followed = { order }
  all.push(followed)
  const after = (ms: number) => until(order.createdAtMs + ms)
  const orderKey = order.state.key
  const { payment } = planned
  switch (payment.by) {
    case "bank":
      yield* after(payment.moneyAfterMs)
      yield* act({ do: "pay", orderKey })
      break
    case "card": {
      yield* after(payment.approvedAfterMs)
      const paymentId = yield* act({ do: "authorize", orderKey, method: "VISA" })
      yield* gateway.capture(credentials, { orderKey, paymentId })
      yield* after(payment.moneyAfterMs)
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      break
    }
    case "transfer": {
      yield* after(payment.promisedAfterMs)
      const paymentId = yield* act({ do: "begin", orderKey, method: "BANK_TRANSFER" })
      yield* act({ do: "approve", paymentId })
      yield* after(payment.moneyAfterMs)
      yield* act({ do: "move-captures", paymentId, to: "CAPTURED" })
      break
    }
    case "nobody":
      return
  }
  followed.moneyAtMs = yield* Clock.currentTimeMillis
})

export const ofPaid = Effect.fnUntraced(function*(all: ReadonlyArray<Followed>) {
  const lagsMs: Record<Wait, Array<number>> = {
    "while the shopper waits": [],
    "in the first day": [],
    "afterwards": []
  }
  let missed = 0
  for (const { moneyAtMs, order } of all) {
    if (moneyAtMs === undefined) continue
    const knownAtMs = yield* paidAtMs(order.id)
    if (knownAtMs === undefined || knownAtMs < moneyAtMs) missed++
    else lagsMs[waitOf(moneyAtMs - order.createdAtMs)].push(knownAtMs - moneyAtMs)
  }
  for (const lags of Object.values(lagsMs)) lags.sort((one, other) => one - other)
  return { lagsMs, missed }
})

const moneyAtMs = ({ afterMs, payment }: PlannedOrder): number =>
  afterMs + (payment.by === "nobody" ? 0 : payment.moneyAfterMs)

/** Lets a day's orders be created and paid, and waits until the last money is a few hours old. */
export const simulatedDay = (
  { refreshesPerMinute, moneyWithinMs = Infinity, orders, seed }: DayOptions
): Promise<DayResult> =>
  inVirtualTime(
    { accounts: [{ name: shop, refreshesPerMinute }], seed: `day ${seed}` },
    Effect.scoped(Effect.gen(function*() {
      yield* refreshingDueOrders
      const planned = (yield* plannedDay(orders)).filter((one) => moneyAtMs(one) <= moneyWithinMs)
      const all: Array<Followed> = []
      const runs = planned.map((one, number) => live(one, { number: `web-${number}`, fromMs: startMs, followed: all }))
      const living = yield* Effect.forkScoped(Effect.all(runs, { concurrency: "unbounded" }))
      const lastMs = Math.max(...planned.map(moneyAtMs))
      yield* begun
      yield* TestClock.adjust(lastMs + 2 * hourMs)
      yield* Fiber.join(living)
      const store = yield* OrderStore
      let invented = 0
      for (const { moneyAtMs: paidMs, order } of all) {
        const { order: { state } } = yield* store.read({ by: "id", id: order.id })
        if (paidMs === undefined && state.status !== "new") invented++
      }
      const rate = (yield* Line).rates.get(shop)!
      return {
        ...yield* ofPaid(all),
        invented,
        orders: all.length,
        unpaid: all.filter(({ moneyAtMs: paidMs }) => paidMs === undefined).length,
        calls: rate.total,
        mostCallsPerMinute: rate.mostPerMinute
      }
    }))
  )
