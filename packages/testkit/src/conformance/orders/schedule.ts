import assert from "node:assert/strict"
import {
  type DueAmong,
  firstDayRefreshesMs,
  type OrderCursor,
  OrderStore,
  pageSizeMax,
  waitingRefreshesMs
} from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { committed, confirmed, reserved, secondMs, startMs } from "../sample.ts"

const at = (seconds: number): number => startMs + seconds * secondMs

const dueIds = (
  seconds: number,
  over: { readonly merchant?: string; readonly limit?: number; readonly among?: DueAmong } = {}
) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const found = yield* store.due({ merchant: "shop", nowMs: at(seconds), limit: 50, ...over })
    return found.map(({ id }) => id)
  })

const staleReservationIds = (seconds: number, limit = 50) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const found = yield* store.staleReservations({ nowMs: at(seconds), limit })
    return found.map(({ id }) => id)
  })

export const schedule: Group<OrderStore> = {
  title: "due and unresolved",
  cases: [
    specify(
      "due answers whole orders whose time has come, that instant included",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1, { nextRefreshAtMs: at(10) })
        yield* confirmed(2, { nextRefreshAtMs: at(11) })
        yield* answers(store.due({ merchant: "shop", nowMs: at(10), limit: 5 }), [order])
        yield* answers(dueIds(9), [])
      })
    ),
    specify(
      "due answers the longest due first, then by id",
      Effect.gen(function*() {
        yield* confirmed(1, { nextRefreshAtMs: at(30) })
        yield* confirmed(3, { nextRefreshAtMs: at(20) })
        yield* confirmed(2, { nextRefreshAtMs: at(20) })
        yield* confirmed(4, { nextRefreshAtMs: at(10) })
        yield* answers(dueIds(100), ["order-4", "order-2", "order-3", "order-1"])
        yield* answers(dueIds(100, { limit: 2 }), ["order-4", "order-2"])
      })
    ),
    specify(
      "due among the waiting or of the first day goes by the age at which the check became due",
      Effect.gen(function*() {
        const createdAtMs = startMs
        const aged = (number: number, ageMs: number, merchant = "shop") =>
          confirmed(number, { order: { createdAtMs, merchant }, nextRefreshAtMs: createdAtMs + ageMs })
        yield* aged(1, firstDayRefreshesMs)
        yield* aged(2, firstDayRefreshesMs - 1)
        yield* aged(3, waitingRefreshesMs)
        yield* aged(4, waitingRefreshesMs - 1)
        yield* aged(5, 0)
        yield* aged(6, 0, "other")
        yield* confirmed(7, { order: { createdAtMs } })
        // However old they are by now.
        const seconds = 10_000_000
        yield* answers(dueIds(seconds, { among: "waiting" }), ["order-5", "order-4"])
        yield* answers(dueIds(seconds, { among: "first-day" }), ["order-5", "order-4", "order-3", "order-2"])
        yield* answers(dueIds(seconds), ["order-5", "order-4", "order-3", "order-2", "order-1"])
        yield* answers(dueIds(seconds, { among: "first-day", limit: 1 }), ["order-5"])
        yield* answers(dueIds(1, { among: "waiting" }), ["order-5"])
        yield* answers(dueIds(seconds, { among: "waiting", merchant: "nobody" }), [])
      })
    ),
    specify(
      "due among the waiting follows the next refresh that the last change decided",
      Effect.gen(function*() {
        const order = yield* confirmed(1, { nextRefreshAtMs: at(10) })
        const later = yield* committed(order, { nextRefreshAtMs: at(4_000) })
        yield* answers(dueIds(5_000, { among: "waiting" }), [])
        yield* answers(dueIds(5_000, { among: "first-day" }), ["order-1"])
        yield* committed(later, { nextRefreshAtMs: at(20) })
        yield* answers(dueIds(20, { among: "waiting" }), ["order-1"])
      })
    ),
    specify(
      "due speaks of one merchant",
      Effect.gen(function*() {
        yield* confirmed(1, { nextRefreshAtMs: at(10) })
        yield* confirmed(2, { nextRefreshAtMs: at(10), order: { merchant: "other" } })
        yield* answers(dueIds(100), ["order-1"])
        yield* answers(dueIds(100, { merchant: "other" }), ["order-2"])
        yield* answers(dueIds(100, { merchant: "nobody" }), [])
      })
    ),
    specify(
      "due leaves out orders that expect no check",
      Effect.gen(function*() {
        yield* confirmed(1)
        yield* answers(dueIds(100_000), [])
      })
    ),
    specify(
      "due leaves out reservations, also when a change gave them a next refresh",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* reserved(1), { nextRefreshAtMs: at(1) })
        yield* committed(yield* reserved(2), { nextRefreshAtMs: at(1) })
        yield* store.abandon("order-2")
        yield* answers(dueIds(100), [])
      })
    ),
    specify(
      "due follows the next refresh that the last change decided",
      Effect.gen(function*() {
        const order = yield* confirmed(1, { nextRefreshAtMs: at(10) })
        const later = yield* committed(order, { nextRefreshAtMs: at(50) })
        yield* answers(dueIds(10), [])
        yield* answers(dueIds(50), ["order-1"])
        yield* committed(later, { nextRefreshAtMs: undefined })
        yield* answers(dueIds(50), [])
      })
    ),
    specify(
      `due answers at most ${pageSizeMax} orders`,
      Effect.gen(function*() {
        for (let number = 0; number <= pageSizeMax; number++) yield* confirmed(number, { nextRefreshAtMs: at(1) })
        assert.equal((yield* dueIds(100, { limit: 1_000_000 })).length, pageSizeMax)
      })
    ),
    specify(
      "due answers one order when fewer than one are requested",
      Effect.gen(function*() {
        yield* confirmed(1, { nextRefreshAtMs: at(1) })
        yield* confirmed(2, { nextRefreshAtMs: at(1) })
        yield* answers(dueIds(100, { limit: 0 }), ["order-1"])
      })
    ),
    specify(
      "due asked again without a change answers the same",
      Effect.gen(function*() {
        yield* confirmed(1, { nextRefreshAtMs: at(10) })
        yield* answers(dueIds(20), ["order-1"])
        yield* answers(dueIds(20), ["order-1"])
      })
    ),
    specify(
      "unresolved answers reservations of all merchants created before the instant, oldest first",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const three = yield* reserved(3)
        const one = yield* reserved(1, { merchant: "other" })
        const two = yield* reserved(2)
        yield* answers(store.staleReservations({ nowMs: at(13), limit: 5 }), [one, two, three])
        yield* answers(staleReservationIds(12), ["order-1", "order-2"])
        yield* answers(staleReservationIds(13, 1), ["order-1"])
      })
    ),
    specify(
      "unresolved goes by the lease as it was renewed last, which no revision counts",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const one = yield* reserved(1)
        const two = yield* reserved(2)
        yield* store.renew({ orderId: one.id, leaseUntilMs: at(50) })
        yield* store.renew({ orderId: two.id, leaseUntilMs: at(3) })
        yield* answers(staleReservationIds(49), ["order-2"])
        yield* answers(store.staleReservations({ nowMs: at(50), limit: 5 }), [
          { ...one, leaseUntilMs: at(50) },
          { ...two, leaseUntilMs: at(3) }
        ])
      })
    ),
    specify(
      "renew leaves alone what is no reservation",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* store.renew({ orderId: order.id, leaseUntilMs: at(50) })
        yield* store.renew({ orderId: "nobody", leaseUntilMs: at(50) })
        yield* answers(store.read({ by: "id", id: order.id }), { order, payments: [] })
      })
    ),
    specify(
      "unresolved orders what was created at one instant by id",
      Effect.gen(function*() {
        for (const id of ["b", "a", "B"]) {
          yield* reserved(id.codePointAt(0)!, { id, createdAtMs: startMs, leaseUntilMs: startMs })
        }
        yield* answers(staleReservationIds(1), ["B", "a", "b"])
      })
    ),
    specify(
      "unresolved goes on after an order, also one that is no reservation any more",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of [1, 2, 3, 4]) yield* reserved(number)
        yield* store.abandon("order-2")
        const after = (number: number) =>
          Effect.map(
            store.staleReservations({
              nowMs: at(100),
              after: { createdAtMs: at(number), id: `order-${number}` },
              limit: 5
            }),
            (found) => found.map(({ id }) => id)
          )
        yield* answers(after(1), ["order-3", "order-4"])
        yield* answers(after(2), ["order-3", "order-4"])
        yield* answers(after(4), [])
      })
    ),
    specify(
      "unresolved goes on among those created at one instant, none twice and none left out",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const id of ["b", "a", "B"]) {
          yield* reserved(id.codePointAt(0)!, { id, createdAtMs: startMs, leaseUntilMs: startMs })
        }
        yield* reserved(1)
        const seen: Array<string> = []
        let after: OrderCursor | undefined
        // One more than there are: a page that shows something again must not go on for ever.
        for (let page = 0; page < 5; page++) {
          const found = yield* store.staleReservations({ nowMs: at(20), limit: 1, ...(after && { after }) })
          seen.push(...found.map(({ id }) => id))
          after = found.at(-1) ?? after
        }
        assert.deepEqual(seen, ["B", "a", "b", "order-1"])
      })
    ),
    specify(
      "unresolved leaves out what was confirmed or abandoned",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* reserved(2)
        yield* store.abandon("order-2")
        yield* reserved(3)
        yield* answers(staleReservationIds(100), ["order-3"])
      })
    ),
    specify(
      "unresolved keeps showing a reservation that changed",
      Effect.gen(function*() {
        yield* committed(yield* reserved(1), { quietRefreshes: 1 })
        yield* answers(staleReservationIds(100), ["order-1"])
      })
    )
  ]
}
