import assert from "node:assert/strict"
import {
  EventFeed,
  type EventPayload,
  feedPositionsMax,
  type FeedQuestion,
  OrderStore,
  type Outbox
} from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce } from "../expectations.ts"
import { committed, confirmed, startMs } from "../sample.ts"

const read = (question: Partial<FeedQuestion> = {}) =>
  EventFeed.use((feed) => feed.read({ after: 0, limit: 100, ...question }))

const ids = (question: Partial<FeedQuestion> = {}) =>
  Effect.map(read(question), ({ entries }) => entries.map(({ event }) => event.id))

const visited = (callback: string): EventPayload => ({ type: "return.visited", callback })

/** An order whose `count` visits were told at an instant, together. */
const published = (number: number, afterMs: number, count = 1) =>
  Effect.gen(function*() {
    const order = yield* confirmed(number)
    const events = Array.from({ length: count }, (_, index) => visited(`${number}-${index}`))
    return yield* committed(order, { committedAtMs: startMs + afterMs, events })
  })

/** 750 events: more than a store gives places to at a time. */
const manyPublished = Effect.gen(function*() {
  for (let number = 1; number <= 15; number++) yield* published(number, 60_000 + number, 49)
})

/** More than the cases have events: a feed that goes on for longer has no end. */
const pagesMax = 2 * feedPositionsMax

/** Reads until nothing follows, a few at a time; answers all ids. */
const readOn = (limit: number, question: Partial<FeedQuestion> = {}) =>
  Effect.gen(function*() {
    const seen: Array<string> = []
    let pages = 0
    for (let after = 0, more = true; more;) {
      assert.ok(++pages <= pagesMax, "the feed does not end")
      const page = yield* read({ ...question, after, limit })
      assert.ok(page.entries.length <= limit)
      seen.push(...page.entries.map(({ event }) => event.id))
      after = page.next
      more = page.more
    }
    return seen
  })

export const reading: Group<OrderStore | Outbox | EventFeed> = {
  title: "read and find",
  cases: [
    specify(
      "an empty feed has no entries and goes on from the beginning",
      answers(read(), { entries: [], next: 0, more: false })
    ),
    specify(
      "shows every event as it is stored, in rising places, and the same ones again",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* published(1, 60_000, 2)
        const page = yield* read()
        assert.deepEqual(page.entries.map(({ event }) => event), yield* store.events("order-1"))
        const feedPositions = page.entries.map(({ feedPosition }) => feedPosition)
        assert.deepEqual(feedPositions, feedPositions.toSorted((a, b) => a - b))
        assert.equal(new Set(feedPositions).size, 3)
        assert.deepEqual([page.next, page.more], [feedPositions.at(-1), false])
        yield* answers(read(), page)
      })
    ),
    specify(
      "goes on with what came since, whatever time it bears",
      Effect.gen(function*() {
        yield* published(1, 60_000)
        const { next } = yield* read()
        yield* answers(read({ after: next }), { entries: [], next, more: false })
        yield* published(2, -9_000_000)
        yield* answers(ids({ after: next }), ["order-2-1-0", "order-2-2-0"])
      })
    ),
    specify(
      "pages show every event once, in the order of its order",
      Effect.gen(function*() {
        for (let number = 1; number <= 4; number++) yield* published(number, 60_000 - number, 3)
        const seen = yield* readOn(3)
        assert.equal(seen.length, 16)
        assert.equal(new Set(seen).size, 16)
        for (let number = 1; number <= 4; number++) {
          assert.deepEqual(
            seen.filter((id) => id.startsWith(`order-${number}-`)),
            ["1-0", "2-0", "2-1", "2-2"].map((end) => `order-${number}-${end}`)
          )
        }
      })
    ),
    specify(
      "pages of a feed that was not read for long do not end before its end",
      Effect.gen(function*() {
        yield* manyPublished
        const seen = yield* readOn(1)
        assert.deepEqual([seen.length, new Set(seen).size], [750, 750])
      })
    ),
    specify(
      "pages of one order do not end before its end, when the feed was not read for long",
      Effect.gen(function*() {
        yield* manyPublished
        const visits = Array.from({ length: 49 }, (_, index) => `order-15-2-${index}`)
        assert.deepEqual(yield* readOn(100, { orderId: "order-15" }), ["order-15-1-0", ...visits])
      })
    ),
    specify(
      `a page looks at no more than ${feedPositionsMax} places, also if nothing there fits, and the next one goes on`,
      Effect.gen(function*() {
        yield* published(1, 60_000, feedPositionsMax)
        yield* confirmed(2, { order: { merchant: "other", createdAtMs: startMs + 120_000 } })
        const page = yield* read({ merchants: ["other"] })
        assert.deepEqual(page.entries, [])
        assert.equal(page.more, true, "whether something follows")
        assert.ok(page.next <= feedPositionsMax, `a page that looked at ${page.next} places`)
        assert.deepEqual(yield* readOn(100, { merchants: ["other"] }), ["order-2-1-0"])
        yield* answers(ids({ orderId: "order-2" }), ["order-2-1-0"])
      })
    ),
    specify(
      "of one order an earlier revision comes first, although its clock was ahead",
      Effect.gen(function*() {
        const order = yield* published(1, 900_000)
        yield* committed(order, { committedAtMs: startMs + 100, events: [visited("late")] })
        yield* answers(ids(), ["order-1-1-0", "order-1-2-0", "order-1-3-0"])
      })
    ),
    specify(
      "every field of the question narrows, and the way goes on behind what it leaves out",
      Effect.gen(function*() {
        yield* published(1, 60_000)
        const other = yield* confirmed(2, { order: { merchant: "other" } })
        const last = yield* committed(other, { events: [visited("\"type\":\"order.created\"")] })
        yield* committed(last, { events: [{ type: "notification.received" }] })
        yield* answers(ids({ merchants: ["shop"] }), ["order-1-1-0", "order-1-2-0"])
        yield* answers(ids({ merchants: [] }), [])
        yield* answers(ids({ orderId: "order-2" }), ["order-2-1-0", "order-2-2-0", "order-2-3-0"])
        yield* answers(ids({ orderId: "order-2", merchants: ["shop"] }), [])
        const created = yield* ids({ types: ["order.created"] })
        assert.deepEqual(created.toSorted((a, b) => (a < b ? -1 : 1)), ["order-1-1-0", "order-2-1-0"])
        yield* answers(ids({ types: [] }), [])
        const { next } = yield* read()
        yield* answers(read({ merchants: ["nobody"] }), { entries: [], next, more: false })
      })
    ),
    specify(
      "several readers at once see the same places, none twice and none left out",
      Effect.gen(function*() {
        for (let number = 1; number <= 5; number++) yield* published(number, 60_000, 2)
        const pages = yield* atOnce(() => read())
        for (const page of pages) assert.deepEqual(page, pages[0])
        assert.equal(pages[0]!.entries.length, 15)
      })
    ),
    specify(
      "find answers an event by its id, and nothing for what is none",
      Effect.gen(function*() {
        const feed = yield* EventFeed
        yield* published(1, 60_000)
        const [, event] = yield* (yield* OrderStore).events("order-1")
        yield* answers(feed.find("order-1-2-0"), event)
        for (const id of ["", "nobody", "order-1-2-1", "order-1-02-0", "order-1-9-9", "\"' OR 1=1"]) {
          yield* answers(feed.find(id), undefined)
        }
      })
    )
  ]
}
