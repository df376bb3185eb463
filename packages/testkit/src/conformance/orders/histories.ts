import assert from "node:assert/strict"
import { OrderStore, pageSizeMax, withoutPersonalData } from "@docdata/application"
import { defaultPolicy, eventId } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, callerCount, refuses } from "../expectations.ts"
import { change, committed, confirmed, observation, reserved, row } from "../sample.ts"

/** A confirmed order that was refreshed so many times, at revisions 2 and up. */
const refreshedTimes = (times: number) =>
  Effect.gen(function*() {
    let order = yield* confirmed(1)
    for (let time = 1; time <= times; time++) {
      order = yield* committed(order, { observation: observation(time), payments: [row("4711")] })
    }
    return order
  })

/** One more refresh the order, as it is at this moment. */
const refreshOnce = (time: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { order } = yield* store.read({ by: "id", id: "order-1" })
    yield* store.commit(change(order, { observation: observation(time) }))
  })

const revisions = (page: { readonly before?: number; readonly limit: number }) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { items, next } = yield* store.observations("order-1", page)
    return { revisions: items.map(({ revision }) => revision), next }
  })

export const histories: Group<OrderStore> = {
  title: "observations, events and erasure",
  cases: [
    specify(
      "observations come newest first",
      Effect.gen(function*() {
        yield* refreshedTimes(3)
        yield* answers(revisions({ limit: 10 }), { revisions: [4, 3, 2], next: undefined })
      })
    ),
    specify(
      "observations go on below the revision of the last item",
      Effect.gen(function*() {
        yield* refreshedTimes(5)
        yield* answers(revisions({ limit: 2 }), { revisions: [6, 5], next: 5 })
        yield* answers(revisions({ limit: 2, before: 5 }), { revisions: [4, 3], next: 3 })
        yield* answers(revisions({ limit: 2, before: 3 }), { revisions: [2], next: undefined })
        yield* answers(revisions({ limit: 2, before: 4 }), { revisions: [3, 2], next: undefined })
      })
    ),
    specify(
      "observations are not shifted by a new one",
      Effect.gen(function*() {
        const order = yield* refreshedTimes(3)
        yield* answers(revisions({ limit: 2 }), { revisions: [4, 3], next: 3 })
        yield* committed(order, { observation: observation(9) })
        yield* answers(revisions({ limit: 2, before: 3 }), { revisions: [2], next: undefined })
      })
    ),
    specify(
      `observations come at most ${pageSizeMax} and at least one at a time`,
      Effect.gen(function*() {
        yield* refreshedTimes(pageSizeMax + 1)
        const page = yield* revisions({ limit: 1_000_000 })
        assert.equal(page.revisions.length, pageSizeMax)
        assert.equal(page.next, 3)
        assert.deepEqual((yield* revisions({ limit: 0, before: 4 })).revisions, [3])
      })
    ),
    specify(
      "observations of an unknown order are none",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* answers(store.observations("nobody", { limit: 5 }), { items: [] })
      })
    ),
    specify(
      "observations of one order are not another's",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refreshedTimes(1)
        yield* confirmed(2)
        yield* answers(store.observations("order-2", { limit: 5 }), { items: [] })
      })
    ),
    specify(
      "observations stay as they were when later ones are added",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* refreshedTimes(1)
        const { items: [first] } = yield* store.observations("order-1", { limit: 1 })
        yield* committed(order, { observation: observation(7, { rules: "legacy-2016", findings: [] }) })
        const { items } = yield* store.observations("order-1", { limit: 5 })
        assert.deepEqual(items[1], first)
      })
    ),
    specify(
      "observations keep the policy that decided, and have none if none was recorded",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const { policy: _, ...unrecorded } = observation(7)
        const policy = { ...defaultPolicy, expireAfterDays: 3, marginMinor: { SEK: 100 } }
        const order = yield* committed(yield* confirmed(1), { observation: unrecorded })
        yield* committed(order, { observation: observation(8, { policy }) })
        yield* store.erase(order.id)
        const { items } = yield* store.observations("order-1", { limit: 5 })
        assert.deepEqual(items.map((one) => one.policy), [policy, undefined])
      })
    ),
    specify(
      "events come in the order of revision and position, not of time",
      Effect.gen(function*() {
        const store = yield* OrderStore
        let order = yield* confirmed(1)
        for (let turn = 0; turn < 12; turn++) {
          order = yield* committed(order, {
            committedAtMs: 1_000_000 - turn,
            events: [{ type: "notification.received" }, { type: "return.visited", callback: String(turn) }]
          })
        }
        const events = yield* store.events("order-1")
        const expected = [eventId("order-1", 1, 0)]
        for (let revision = 2; revision <= 13; revision++) {
          expected.push(eventId("order-1", revision, 0), eventId("order-1", revision, 1))
        }
        assert.deepEqual(events.map(({ id }) => id), expected)
      })
    ),
    specify(
      "events of an unknown order are none",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* answers(store.events("nobody"), [])
      })
    ),
    specify(
      "events of two merchants with the same key have different ids",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1, { key: "SAME" })
        yield* confirmed(2, { key: "SAME", order: { merchant: "other" } })
        const [one] = yield* store.events("order-1")
        const [two] = yield* store.events("order-2")
        assert.notEqual(one!.id, two!.id)
      })
    ),
    specify(
      "events asked for again are the same",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), { events: [{ type: "return.visited", callback: "pending" }] })
        yield* answers(store.events("order-1"), yield* store.events("order-1"))
      })
    ),
    specify(
      "erase empties texts and reasons of every observation and leaves the rest",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refreshedTimes(2)
        const before = yield* store.observations("order-1", { limit: 5 })
        yield* store.erase("order-1")
        const after = yield* store.observations("order-1", { limit: 5 })
        assert.deepEqual(after, { items: before.items.map(withoutPersonalData) })
        assert.equal(JSON.stringify(after).includes("Vries"), false)
        assert.equal(JSON.stringify(after).includes("EXACT_MATCH"), true)
      })
    ),
    specify(
      "erase leaves what was absent absent",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const { exchange: _exchange, ...bare } = observation(1)
        const silent = observation(2, { exchange: { requestText: "<status/>" } })
        const order = yield* committed(yield* confirmed(1), { observation: bare })
        yield* committed(order, { observation: silent })
        yield* store.erase("order-1")
        const { items } = yield* store.observations("order-1", { limit: 5 })
        assert.deepEqual(items.map(({ exchange }) => exchange), [{ requestText: "" }, undefined])
        const [failed] = items[0]!.report.payments[0]!.authorization.captures.slice(1)
        assert.equal("reason" in failed!, false)
      })
    ),
    specify(
      "erase leaves order, payments, events and modifications, and no new revision",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refreshedTimes(1)
        const everything = Effect.all([
          store.read({ by: "id", id: "order-1" }),
          store.events("order-1"),
          store.modifications("order-1")
        ])
        const before = yield* everything
        yield* store.erase("order-1")
        yield* answers(everything, before)
      })
    ),
    specify(
      "erase repeated changes nothing more",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refreshedTimes(1)
        yield* store.erase("order-1")
        const once = yield* store.observations("order-1", { limit: 5 })
        yield* store.erase("order-1")
        yield* answers(store.observations("order-1", { limit: 5 }), once)
      })
    ),
    specify(
      "a refresh of an erased order decides as before, and is stored without personal data",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* refreshedTimes(1)
        yield* store.erase("order-1")
        const seen = observation(9)
        const events = [{ type: "notification.received" }] as const
        const state = { ...order.state, status: "paid" } as const
        // Of an order that was read before the erasure.
        const after = yield* committed(order, { observation: seen, state, payments: [row("4711")], events })
        const later = yield* committed(after, { observation: observation(10), payments: [row("4711")] })
        assert.deepEqual([later.state.status, later.revision], ["paid", order.revision + 2])
        const { items } = yield* store.observations("order-1", { limit: 5 })
        assert.deepEqual(items[1], { ...withoutPersonalData(seen), orderId: "order-1", revision: after.revision })
        assert.equal(JSON.stringify(items).includes("Vries"), false)
        yield* refuses(store.commit(change(after, { observation: seen })), "Outdated", {
          actualRevision: later.revision
        })
        assert.equal((yield* store.events("order-1")).length, 2)
      })
    ),
    specify(
      "an erasure among looks that are stored at the same moment leaves no personal data",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refreshedTimes(1)
        const refresh = (time: number): ReturnType<typeof refreshOnce> =>
          Effect.catchTag(refreshOnce(time), "Outdated", () => refresh(time))
        yield* atOnce((caller) => caller === 5 ? store.erase("order-1") : refresh(caller + 2))
        const { items } = yield* store.observations("order-1", { limit: 50 })
        assert.equal(items.length, callerCount)
        assert.equal(JSON.stringify(items).includes("Vries"), false)
      })
    ),
    specify(
      "erase leaves other orders alone",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refreshedTimes(1)
        yield* committed(yield* confirmed(2), { observation: observation(1) })
        yield* store.erase("order-1")
        const { items } = yield* store.observations("order-2", { limit: 5 })
        assert.equal(JSON.stringify(items).includes("Vries"), true)
      })
    ),
    specify(
      "erase of an unknown order is refused",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refuses(store.erase("nobody"), "OrderNotFound", { order: { by: "id", id: "nobody" } })
      })
    ),
    specify(
      "a commit that is interrupted anywhere is stored whole or not at all",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (let turns = 0; turns < 12; turns++) {
          const order = yield* confirmed(turns)
          const fiber = yield* Effect.forkChild(
            store.commit(change(order, {
              state: { ...order.state, status: "paid" },
              payments: [row("1")],
              observation: observation(1),
              events: [{ type: "notification.received" }]
            }))
          )
          for (let turn = 0; turn < turns; turn++) yield* Effect.yieldNow
          yield* Fiber.interrupt(fiber)
          const after = yield* store.read({ by: "id", id: order.id })
          const { items } = yield* store.observations(order.id, { limit: 5 })
          const events = yield* store.events(order.id)
          const stored = after.order.revision === 2
          assert.deepEqual(
            [after.order.state.status, after.payments.length, items.length, events.length],
            stored ? ["paid", 1, 1, 2] : ["new", 0, 0, 1]
          )
        }
      })
    ),
    specify(
      "a reservation that is interrupted anywhere is stored whole or not at all",
      Effect.gen(function*() {
        const store = yield* OrderStore
        for (let turns = 0; turns < 12; turns++) {
          const fiber = yield* Effect.forkChild(reserved(turns, { shopReference: "S" }))
          for (let turn = 0; turn < turns; turn++) yield* Effect.yieldNow
          yield* Fiber.interrupt(fiber)
          const { order } = yield* store.reserve({
            ...(yield* reserved(turns + 100)),
            id: `later-${turns}`,
            orderReference: `L${turns}`,
            idempotencyKey: `later-${turns}`,
            shopReference: "S"
          })
          const { items } = yield* store.list({ shopReference: "S" }, { limit: 100 })
          assert.equal(order.orderAttempt, items.length)
        }
      })
    )
  ]
}
