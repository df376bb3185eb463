import assert from "node:assert/strict"
import { type OrderCursor, type OrderFilter, OrderStore, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { committed, confirmed, newOrder, reserved, secondMs, startMs } from "../sample.ts"

const numbers = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index + 1)

/** A list that goes on for longer begins again and again. */
const pagesMax = 20

/** Ids of all pages, page by page. */
const pages = (filter: OrderFilter, limit: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const found: Array<ReadonlyArray<string>> = []
    let after: OrderCursor | undefined
    do {
      const page = yield* store.list(filter, after === undefined ? { limit } : { limit, after })
      found.push(page.items.map(({ id }) => id))
      assert.ok(found.length <= pagesMax, "the list does not end")
      after = page.next
    } while (after !== undefined)
    return found
  })

const ids = (filter: OrderFilter) => Effect.map(pages(filter, 50), (found) => found.flat())

export const listing: Group<OrderStore> = {
  title: "list",
  cases: [
    specify(
      "answers nothing when there is nothing",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* answers(store.list({}, { limit: 10 }), { items: [] })
      })
    ),
    specify(
      "answers whole orders of every registration, newest first",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const one = yield* confirmed(1)
        const two = yield* reserved(2)
        yield* reserved(3)
        const three = yield* store.abandon("order-3")
        yield* answers(store.list({}, { limit: 10 }), { items: [three, two, one] })
      })
    ),
    specify(
      "leaves abandoned orders out of every list of statuses",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of numbers(3)) yield* reserved(number, { shopReference: "S" })
        yield* store.abandon("order-2")
        const statuses = ["new"] as const
        yield* answers(ids({ statuses }), ["order-3", "order-1"])
        yield* answers(ids({ statuses, merchants: ["shop"] }), ["order-3", "order-1"])
        yield* answers(ids({ statuses, shopReference: "S" }), ["order-3", "order-1"])
        yield* answers(pages({ statuses }, 1), [["order-3"], ["order-1"]])
        yield* answers(ids({ shopReference: "S" }), ["order-3", "order-2", "order-1"])
      })
    ),
    specify(
      "orders by creation, not by when it was stored",
      Effect.gen(function*() {
        for (const number of [2, 3, 1]) yield* reserved(number)
        yield* answers(ids({}), ["order-3", "order-2", "order-1"])
      })
    ),
    specify(
      "orders what was created at the same instant by id, descending by code point",
      Effect.gen(function*() {
        const names = ["b", "B", "a-1", "a_1", "A", "a1", "Z", "0", "aa"]
        for (const [number, id] of names.entries()) yield* reserved(number, { id, createdAtMs: startMs })
        yield* answers(ids({}), ["b", "aa", "a_1", "a1", "a-1", "Z", "B", "A", "0"])
        yield* answers(pages({}, 4), [["b", "aa", "a_1", "a1"], ["a-1", "Z", "B", "A"], ["0"]])
      })
    ),
    specify(
      "goes on after the last item of the page before",
      Effect.gen(function*() {
        for (const number of numbers(5)) yield* reserved(number)
        yield* answers(pages({}, 2), [["order-5", "order-4"], ["order-3", "order-2"], ["order-1"]])
      })
    ),
    specify(
      "has no next page when the last one is exactly full",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of numbers(2)) yield* reserved(number)
        assert.equal("next" in (yield* store.list({}, { limit: 2 })), false)
      })
    ),
    specify(
      "is not shifted by orders that arrive between two pages",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of numbers(4)) yield* reserved(number)
        const first = yield* store.list({}, { limit: 2 })
        yield* reserved(10)
        yield* reserved(11, { createdAtMs: newOrder(4).createdAtMs })
        const second = yield* store.list({}, { limit: 2, after: first.next! })
        assert.deepEqual(first.items.map(({ id }) => id), ["order-4", "order-3"])
        assert.deepEqual(second.items.map(({ id }) => id), ["order-2", "order-1"])
        assert.equal("next" in second, false)
      })
    ),
    specify(
      "goes on after a cursor that is no order's",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of numbers(3)) yield* reserved(number)
        const after = { createdAtMs: startMs + 2 * secondMs, id: "order-2x" }
        const { items } = yield* store.list({}, { limit: 5, after })
        assert.deepEqual(items.map(({ id }) => id), ["order-2", "order-1"])
      })
    ),
    specify(
      "goes on in a list whose items change meanwhile",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const orders = yield* Effect.forEach(numbers(3), (number) => confirmed(number))
        const first = yield* store.list({}, { limit: 1 })
        yield* committed(orders[2]!, { quietRefreshes: 1 })
        const second = yield* store.list({}, { limit: 5, after: first.next! })
        assert.deepEqual(second.items.map(({ id }) => id), ["order-2", "order-1"])
      })
    ),
    specify(
      `answers at most ${pageSizeMax} orders, and the rest after them`,
      Effect.gen(function*() {
        for (const number of numbers(pageSizeMax + 3)) yield* reserved(number)
        const found = yield* pages({}, 100_000)
        assert.deepEqual(found.map(({ length }) => length), [pageSizeMax, 3])
      })
    ),
    specify(
      "answers one order when fewer than one are requested",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (const number of numbers(2)) yield* reserved(number)
        for (const limit of [0, -5]) assert.equal((yield* store.list({}, { limit })).items.length, 1)
      })
    ),
    specify(
      "shows only orders of the merchants asked for, in one order",
      Effect.gen(function*() {
        const merchants = ["a", "b", "c"]
        for (const number of numbers(6)) yield* reserved(number, { merchant: merchants[number % 3]! })
        yield* answers(ids({ merchants: ["b"] }), ["order-4", "order-1"])
        yield* answers(ids({ merchants: ["b", "c"] }), ["order-5", "order-4", "order-2", "order-1"])
        yield* answers(ids({ merchants: ["c", "b", "c", "nobody"] }), ["order-5", "order-4", "order-2", "order-1"])
      })
    ),
    specify(
      "shows nothing for no merchants and for no statuses",
      Effect.gen(function*() {
        yield* reserved(1)
        yield* answers(ids({ merchants: [] }), [])
        yield* answers(ids({ statuses: [] }), [])
      })
    ),
    specify(
      "shows only orders of the statuses asked for, as they are now",
      Effect.gen(function*() {
        const orders = yield* Effect.forEach(numbers(4), (number) => confirmed(number))
        for (const [index, status] of (["paid", "cancelled", "paid"] as const).entries()) {
          yield* committed(orders[index]!, { state: { ...orders[index]!.state, status } })
        }
        yield* answers(ids({ statuses: ["paid"] }), ["order-3", "order-1"])
        yield* answers(ids({ statuses: ["new", "cancelled"] }), ["order-4", "order-2"])
        yield* answers(pages({ statuses: ["paid"] }, 1), [["order-3"], ["order-1"]])
      })
    ),
    specify(
      "shows all attempts of one shop order, within the merchants asked for",
      Effect.gen(function*() {
        for (const number of numbers(3)) yield* reserved(number, { shopReference: "S" })
        yield* reserved(4, { shopReference: "S", merchant: "other" })
        yield* reserved(5)
        yield* answers(ids({ shopReference: "S" }), ["order-4", "order-3", "order-2", "order-1"])
        yield* answers(ids({ shopReference: "S", merchants: ["shop"] }), ["order-3", "order-2", "order-1"])
        yield* answers(pages({ shopReference: "S" }, 3), [["order-4", "order-3", "order-2"], ["order-1"]])
        yield* answers(ids({ shopReference: "s" }), [])
      })
    ),
    specify(
      "shows orders created from an instant on, that instant included",
      Effect.gen(function*() {
        for (const number of numbers(3)) yield* reserved(number)
        yield* answers(ids({ createdFromMs: startMs + 2 * secondMs }), ["order-3", "order-2"])
      })
    ),
    specify(
      "shows orders created before an instant, that instant excluded",
      Effect.gen(function*() {
        for (const number of numbers(3)) yield* reserved(number)
        yield* answers(ids({ createdBeforeMs: startMs + 2 * secondMs }), ["order-1"])
      })
    ),
    specify(
      "keeps to the time asked for on later pages too",
      Effect.gen(function*() {
        for (const number of numbers(6)) yield* reserved(number)
        const filter = { createdFromMs: startMs + 2 * secondMs, createdBeforeMs: startMs + 6 * secondMs }
        yield* answers(pages(filter, 2), [["order-5", "order-4"], ["order-3", "order-2"]])
      })
    ),
    specify(
      "narrows by all given fields together",
      Effect.gen(function*() {
        const order = yield* confirmed(1, { order: { shopReference: "S" } })
        yield* committed(order, { state: { ...order.state, status: "paid" } })
        yield* confirmed(2, { order: { shopReference: "S" } })
        const filter = {
          merchants: ["shop"],
          statuses: ["paid"],
          shopReference: "S",
          createdFromMs: startMs,
          createdBeforeMs: startMs + 9 * secondMs
        } as const
        yield* answers(ids(filter), ["order-1"])
        yield* answers(ids({ ...filter, merchants: ["other"] }), [])
        yield* answers(ids({ ...filter, createdBeforeMs: startMs }), [])
      })
    )
  ]
}
