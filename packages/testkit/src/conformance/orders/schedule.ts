import assert from "node:assert/strict"
import { OrderStore, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { committed, confirmed, reserved, secondMs, startMs } from "../sample.ts"

const at = (seconds: number): number => startMs + seconds * secondMs

const dueIds = (seconds: number, over: { readonly merchant?: string; readonly limit?: number } = {}) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const found = yield* store.due({ merchant: "shop", nowMs: at(seconds), limit: 50, ...over })
    return found.map(({ id }) => id)
  })

const unsettledIds = (seconds: number, limit = 50) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const found = yield* store.unsettled({ reservedBeforeMs: at(seconds), limit })
    return found.map(({ id }) => id)
  })

export const schedule: Group<OrderStore> = {
  title: "due and unsettled",
  cases: [
    specify(
      "due answers whole orders whose time has come, that instant included",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1, { nextCheckAtMs: at(10) })
        yield* confirmed(2, { nextCheckAtMs: at(11) })
        yield* answers(store.due({ merchant: "shop", nowMs: at(10), limit: 5 }), [order])
        yield* answers(dueIds(9), [])
      })
    ),
    specify(
      "due answers the longest due first, then by id",
      Effect.gen(function*() {
        yield* confirmed(1, { nextCheckAtMs: at(30) })
        yield* confirmed(3, { nextCheckAtMs: at(20) })
        yield* confirmed(2, { nextCheckAtMs: at(20) })
        yield* confirmed(4, { nextCheckAtMs: at(10) })
        yield* answers(dueIds(100), ["order-4", "order-2", "order-3", "order-1"])
        yield* answers(dueIds(100, { limit: 2 }), ["order-4", "order-2"])
      })
    ),
    specify(
      "due speaks of one merchant",
      Effect.gen(function*() {
        yield* confirmed(1, { nextCheckAtMs: at(10) })
        yield* confirmed(2, { nextCheckAtMs: at(10), order: { merchant: "other" } })
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
      "due leaves out reservations, also when a change gave them a next check",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* reserved(1), { nextCheckAtMs: at(1) })
        yield* committed(yield* reserved(2), { nextCheckAtMs: at(1) })
        yield* store.abandon("order-2")
        yield* answers(dueIds(100), [])
      })
    ),
    specify(
      "due follows the next check that the last change decided",
      Effect.gen(function*() {
        const order = yield* confirmed(1, { nextCheckAtMs: at(10) })
        const later = yield* committed(order, { nextCheckAtMs: at(50) })
        yield* answers(dueIds(10), [])
        yield* answers(dueIds(50), ["order-1"])
        yield* committed(later, { nextCheckAtMs: undefined })
        yield* answers(dueIds(50), [])
      })
    ),
    specify(
      `due answers at most ${pageSizeMax} orders`,
      Effect.gen(function*() {
        for (let number = 0; number <= pageSizeMax; number++) yield* confirmed(number, { nextCheckAtMs: at(1) })
        assert.equal((yield* dueIds(100, { limit: 1_000_000 })).length, pageSizeMax)
      })
    ),
    specify(
      "due answers one order when fewer than one are wished for",
      Effect.gen(function*() {
        yield* confirmed(1, { nextCheckAtMs: at(1) })
        yield* confirmed(2, { nextCheckAtMs: at(1) })
        yield* answers(dueIds(100, { limit: 0 }), ["order-1"])
      })
    ),
    specify(
      "due asked again without a change answers the same",
      Effect.gen(function*() {
        yield* confirmed(1, { nextCheckAtMs: at(10) })
        yield* answers(dueIds(20), ["order-1"])
        yield* answers(dueIds(20), ["order-1"])
      })
    ),
    specify(
      "unsettled answers reservations of all merchants created before the instant, oldest first",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const three = yield* reserved(3)
        const one = yield* reserved(1, { merchant: "other" })
        const two = yield* reserved(2)
        yield* answers(store.unsettled({ reservedBeforeMs: at(4), limit: 5 }), [one, two, three])
        yield* answers(unsettledIds(3), ["order-1", "order-2"])
        yield* answers(unsettledIds(4, 1), ["order-1"])
      })
    ),
    specify(
      "unsettled orders what was created at one instant by id",
      Effect.gen(function*() {
        for (const id of ["b", "a", "B"]) {
          yield* reserved(id.codePointAt(0)!, { id, createdAtMs: startMs })
        }
        yield* answers(unsettledIds(1), ["B", "a", "b"])
      })
    ),
    specify(
      "unsettled goes on after an order, also one that is no reservation any more",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of [1, 2, 3, 4]) yield* reserved(number)
        yield* store.abandon("order-2")
        const after = (number: number) =>
          Effect.map(
            store.unsettled({
              reservedBeforeMs: at(4),
              after: { createdAtMs: at(number), id: `order-${number}` },
              limit: 5
            }),
            (found) => found.map(({ id }) => id)
          )
        yield* answers(after(1), ["order-3"])
        yield* answers(after(2), ["order-3"])
        yield* answers(after(3), [])
      })
    ),
    specify(
      "unsettled leaves out what was confirmed or abandoned",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* reserved(2)
        yield* store.abandon("order-2")
        yield* reserved(3)
        yield* answers(unsettledIds(100), ["order-3"])
      })
    ),
    specify(
      "unsettled keeps showing a reservation that changed",
      Effect.gen(function*() {
        yield* committed(yield* reserved(1), { quietChecks: 1 })
        yield* answers(unsettledIds(100), ["order-1"])
      })
    )
  ]
}
