/**
 * Docdata is out of reach for days while orders get paid: how long it takes afterwards until every order is right, at
 * the rate that each account allows.
 */
import { FakeProvider } from "@docdata/memory"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import { TestClock } from "effect/testing"
import { createOrder, longestDelayMs, OrderStore, type StoredOrder } from "../../src/index.ts"
import { describeBasket } from "./basket.ts"
import {
  type AccountRate,
  begun,
  dayMs,
  hourMs,
  inVirtualTime,
  Line,
  minuteMs,
  paidAtMs,
  refreshingDueOrders
} from "./VirtualService.ts"

export interface OutageOptions {
  /** Open orders of all accounts together. */
  readonly orders: number
  readonly seed: number
  readonly outageMs: number
}

/** How one account came out of it. */
export interface Recovery extends AccountRate {
  readonly orders: number
  /** Of them, paid before or during the outage. */
  readonly paid: number
  /** Paid at Docdata, and not in the shop. */
  readonly missed: number
  /** Never refreshed after the outage, although Docdata would have answered. */
  readonly starved: number
  /** Docdata refuses to speak of them. */
  readonly bad: number
  /** From the end of the outage until the last paid order was right. */
  readonly lastPaidMs: number
  /** From the end of the outage until every order had been refreshed. */
  readonly lastRefreshMs: number
  /** The latest that the rate allows for. */
  readonly dueWithinMs: number
  readonly calls: number
  readonly mostCallsPerMinute: number
}

const accountShares = [["amber", 0.4], ["birch", 0.3], ["cedar", 0.2], ["delta", 0.1]] as const

/** A refresh of every order of an account takes five hours and a half at this rate. */
const ordersPerRefresh = 1_000 / 3

interface Shop extends AccountRate {
  readonly orderCount: number
}

const shopsOf = (orders: number): ReadonlyArray<Shop> =>
  accountShares.map(([name, share]) => {
    const orderCount = Math.round(orders * share)
    return { name, orderCount, refreshesPerMinute: Math.max(1, Math.round(orderCount / ordersPerRefresh)) }
  })

interface Placed {
  readonly order: StoredOrder
  readonly shop: Shop
}

const create = createOrder(describeBasket)

/**
 * The orders of three days, created while nothing looks at them, and another day later: all are past their first day,
 * whose orders come before all others.
 */
export const placeOrders = Effect.fnUntraced(function*(shops: ReadonlyArray<Shop>) {
  const requests = shops.flatMap((shop) => Array.from({ length: shop.orderCount }, (_, number) => ({ shop, number })))
  const shuffled = yield* Random.shuffle(requests)
  const placed: Array<Placed> = []
  const batch = Math.ceil(shuffled.length / 72)
  for (const [index, { number, shop }] of [...shuffled].entries()) {
    if (index % batch === 0) yield* TestClock.adjust(hourMs)
    const name = `web-${number}`
    const order = yield* create({ merchant: shop.name, shopReference: name, idempotencyKey: name, shopOrder: 4_990 })
    placed.push({ order, shop })
  }
  yield* TestClock.adjust(dayMs)
  return placed
})

const paidShare = 0.6

/** Money comes in all through the outage, and of it the shop receives nothing. */
const payments = Effect.fnUntraced(function*(placed: ReadonlyArray<Placed>, outageMs: number) {
  const { act } = yield* FakeProvider
  const paid: Array<{ readonly order: StoredOrder; readonly afterMs: number }> = []
  for (const { order } of placed) {
    if ((yield* Random.next) >= paidShare) continue
    paid.push({ order, afterMs: Math.floor(outageMs * (yield* Random.next)) })
  }
  let passedMs = 0
  for (const { afterMs, order } of paid.toSorted((one, other) => one.afterMs - other.afterMs)) {
    yield* Effect.sleep(afterMs - passedMs)
    passedMs = afterMs
    yield* act({ do: "pay", orderKey: order.state.key })
  }
  return new Set(paid.map(({ order }) => order.id))
})

interface Aftermath {
  readonly placed: ReadonlyArray<Placed>
  readonly paid: ReadonlySet<string>
  readonly endedAtMs: number
}

// Rounds come every few seconds, so a rate is not used up to the last call.
const usedShare = 0.95

// An order that failed just before the end waits for its next try; then all of the account's orders are due once.
const dueWithinMs = ({ refreshesPerMinute, orderCount }: Shop): number =>
  longestDelayMs(8) + orderCount / (refreshesPerMinute * usedShare) * minuteMs + 2 * minuteMs

const recoveryOf = Effect.fnUntraced(function*(shop: Shop, { endedAtMs, paid, placed }: Aftermath) {
  const line = yield* Line
  const store = yield* OrderStore
  const found = { paid: 0, missed: 0, starved: 0, bad: 0, lastPaidMs: 0, lastRefreshMs: 0 }
  for (const { order, shop: { name } } of placed) {
    if (name !== shop.name) continue
    if (line.unspeakable.has(order.state.key)) {
      found.bad++
      continue
    }
    const refreshedAtMs = line.firstAnsweredAtMs.get(order.state.key)
    if (refreshedAtMs === undefined) found.starved++
    else found.lastRefreshMs = Math.max(found.lastRefreshMs, refreshedAtMs - endedAtMs)
    if (!paid.has(order.id)) continue
    found.paid++
    const { order: { state } } = yield* store.read({ by: "id", id: order.id })
    if (state.status !== "paid") found.missed++
    else found.lastPaidMs = Math.max(found.lastPaidMs, (yield* paidAtMs(order.id))! - endedAtMs)
  }
  const rate = line.rates.get(shop.name)
  return {
    name: shop.name,
    refreshesPerMinute: shop.refreshesPerMinute,
    orders: shop.orderCount,
    ...found,
    dueWithinMs: dueWithinMs(shop),
    calls: rate?.total ?? 0,
    mostCallsPerMinute: rate?.mostPerMinute ?? 0
  } satisfies Recovery
})

/** One in so many orders is one that Docdata refuses to speak of. */
const badOneIn = 500

/** An outage with open orders of four accounts. One in 500 stays bad for ever. */
export const simulatedOutage = ({ orders, outageMs, seed }: OutageOptions): Promise<ReadonlyArray<Recovery>> => {
  const shops = shopsOf(orders)
  return inVirtualTime(
    { accounts: shops, seed: `outage ${seed}` },
    Effect.scoped(Effect.gen(function*() {
      const line = yield* Line
      const placed = yield* placeOrders(shops)
      for (const [index, { order }] of placed.entries()) {
        if (index % badOneIn === 0) line.unspeakable.add(order.state.key)
      }
      line.isDown = true
      yield* refreshingDueOrders
      const paying = yield* Effect.forkScoped(payments(placed, outageMs))
      yield* begun
      yield* TestClock.adjust(outageMs)
      const paid = yield* Fiber.join(paying)
      line.isDown = false
      const endedAtMs = yield* Clock.currentTimeMillis
      yield* TestClock.adjust(Math.max(...shops.map(dueWithinMs)))
      return yield* Effect.forEach(shops, (shop) => recoveryOf(shop, { endedAtMs, paid, placed }))
    }))
  )
}
