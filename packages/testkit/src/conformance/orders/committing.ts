import assert from "node:assert/strict"
import { OrderStore, Outbox } from "@docdata/application"
import { eventId, type OrderStatusChanged } from "@docdata/domain"
import { claimFor } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, callerCount, refuses } from "../expectations.ts"
import {
  change,
  committed,
  confirmed,
  keyOf,
  minuteMs,
  modification,
  observation,
  reserved,
  row,
  startMs
} from "../sample.ts"

const byId = { by: "id", id: "order-1" } as const

const paid: OrderStatusChanged = {
  type: "order.status_changed",
  from: "new",
  to: "paid",
  rule: "paid-in-full",
  currency: "EUR",
  captured: 1001,
  refunded: 0,
  chargedBack: 0,
  net: 1001
}

const totals = {
  registered: 1001,
  shopperPending: 0,
  acquirerPending: 0,
  acquirerApproved: 1001,
  captured: 1001,
  refunded: 0,
  chargedBack: 0,
  reversed: 0
}

export const committing: Group<OrderStore | Outbox> = {
  title: "commit",
  cases: [
    specify(
      "stores the state, the payments and the schedule at the next revision",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        const state = {
          ...order.state,
          status: "paid",
          fulfilment: "ship",
          hold: "paid-after-close",
          coveredByCapture: true,
          totals
        } as const
        const nextRefreshAtMs = startMs + 5 * minuteMs
        const { revision } = yield* store.commit(
          change(order, { state, payments: [row("1")], nextRefreshAtMs, quietRefreshes: 2 })
        )
        assert.equal(revision, 2)
        yield* answers(store.read(byId), {
          order: { ...order, revision: 2, state, nextRefreshAtMs, quietRefreshes: 2 },
          payments: [row("1")]
        })
      })
    ),
    specify(
      "forgets what the state no longer has: hold, next refresh",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1, { nextRefreshAtMs: startMs })
        const held = yield* committed(order, { state: { ...order.state, hold: "paid-after-close", totals } })
        const after = yield* committed(held, { state: order.state, nextRefreshAtMs: undefined })
        assert.deepEqual(after.state, order.state)
        assert.equal("nextRefreshAtMs" in after, false)
        yield* answers(store.due({ merchant: "shop", nowMs: startMs + minuteMs, limit: 10 }), [])
      })
    ),
    specify(
      "is refused on an older revision, names both, and changes nothing",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const outbox = yield* Outbox
        const old = yield* confirmed(1)
        const order = yield* committed(old, { payments: [row("1")] })
        yield* refuses(
          store.commit(change(old, {
            state: { ...old.state, status: "paid" },
            payments: [row("2")],
            observation: observation(0),
            events: [paid],
            subscribers: ["mail"],
            modifications: [modification("order-1", "C1")],
            nextRefreshAtMs: startMs,
            quietRefreshes: 9
          })),
          "Outdated",
          { orderId: "order-1", expectedRevision: 1, actualRevision: 2 }
        )
        yield* answers(store.read(byId), { order, payments: [row("1")] })
        yield* answers(store.observations("order-1", { limit: 10 }), { items: [] })
        assert.equal((yield* store.events("order-1")).length, 1)
        yield* answers(store.modifications("order-1"), [])
        yield* answers(outbox.backlog("mail"), 0)
      })
    ),
    specify(
      "is refused on a revision that is not there yet",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* refuses(store.commit(change(order, { expectedRevision: 2 })), "Outdated", {
          expectedRevision: 2,
          actualRevision: 1
        })
      })
    ),
    specify(
      "is refused for an unknown order",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* refuses(store.commit(change(order, { orderId: "nobody" })), "OrderNotFound", {
          order: { by: "id", id: "nobody" }
        })
      })
    ),
    specify(
      "of several at once succeeds exactly once, and the others are outdated",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const outbox = yield* Outbox
        const order = yield* confirmed(1)
        const results = yield* atOnce((caller) =>
          Effect.result(store.commit(change(order, {
            payments: [row(String(caller + 1))],
            observation: observation(caller),
            events: [paid],
            subscribers: ["mail"]
          })))
        )
        const winners = results.flatMap((result, caller) => result._tag === "Success" ? [caller] : [])
        assert.equal(winners.length, 1)
        for (const result of results) {
          if (result._tag === "Failure") assert.equal(result.failure._tag, "Outdated")
        }
        assert.deepEqual((yield* store.read(byId)).payments, [row(String(winners[0]! + 1))])
        assert.equal((yield* store.observations("order-1", { limit: 50 })).items.length, 1)
        assert.equal((yield* store.events("order-1")).length, 2)
        yield* answers(outbox.backlog("mail"), 1)
      })
    ),
    specify(
      "loses no update when everybody reads again after being outdated",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const countUp = Effect.gen(function*() {
          const { order } = yield* store.read(byId)
          yield* store.commit(change(order, { quietRefreshes: order.quietRefreshes + 1 }))
        }).pipe(Effect.retry({ while: (failure) => failure._tag === "Outdated", times: 200 }))
        yield* atOnce(() => countUp)
        const { order } = yield* store.read(byId)
        assert.equal(order.quietRefreshes, callerCount)
        assert.equal(order.revision, 1 + callerCount)
      })
    ),
    specify(
      "leaves other orders alone",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const other = yield* confirmed(2)
        yield* committed(yield* confirmed(1), { payments: [row("1")], quietRefreshes: 5 })
        yield* answers(store.read({ by: "id", id: other.id }), { order: other, payments: [] })
      })
    ),
    specify(
      "does not take over a key: only confirm writes keys",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        const after = yield* committed(order, { state: { ...order.state, key: keyOf(9), status: "paid" } })
        assert.equal(after.state.key, keyOf(1))
        yield* refuses(store.read({ by: "key", merchant: "shop", key: keyOf(9) }), "OrderNotFound", {})
      })
    ),
    specify(
      "replaces all payments of the order",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* committed(yield* confirmed(1), { payments: [row("1"), row("2")] })
        yield* committed(order, { payments: [row("3"), row("2", { debitedMinor: 1001 })] })
        assert.deepEqual((yield* store.read(byId)).payments, [row("2", { debitedMinor: 1001 }), row("3")])
      })
    ),
    specify(
      "keeps a row without a currency as it is",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const { currency: _currency, ...imported } = row("1")
        yield* committed(yield* confirmed(1), { payments: [imported] })
        assert.deepEqual((yield* store.read(byId)).payments, [imported])
      })
    ),
    specify(
      "leaves out rows that carry another order's key, and drops the own key from the others",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), {
          payments: [row("1", { orderKey: keyOf(1) }), row("2", { orderKey: keyOf(2) })]
        })
        assert.deepEqual((yield* store.read(byId)).payments, [row("1")])
      })
    ),
    specify(
      "stores the observation with the revision it led to",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), {
          observation: observation(500, { intent: { wanted: "cancelled", cancelResult: "SUCCESS" } })
        })
        yield* answers(store.observations("order-1", { limit: 10 }), {
          items: [{
            ...observation(500, { intent: { wanted: "cancelled", cancelResult: "SUCCESS" } }),
            orderId: "order-1",
            revision: 2
          }]
        })
      })
    ),
    specify(
      "remembers when the request of the latest observation began, and never goes back",
      Effect.gen(function*() {
        const first = yield* committed(yield* confirmed(1), { observation: observation(500) })
        assert.equal(first.observedFromMs, startMs + 500)
        const second = yield* committed(first, { observation: observation(400) })
        assert.equal(second.observedFromMs, startMs + 500)
        const third = yield* committed(second)
        assert.equal(third.observedFromMs, startMs + 500)
        const fourth = yield* committed(third, { observation: observation(600) })
        assert.equal(fourth.observedFromMs, startMs + 600)
      })
    ),
    specify(
      "without an observation stores none and remembers no time",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* committed(yield* confirmed(1))
        assert.equal("observedFromMs" in order, false)
        yield* answers(store.observations("order-1", { limit: 10 }), { items: [] })
      })
    ),
    specify(
      "stores events with ids from order, revision and position, and answers them",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        const events = [
          { type: "payment.added", paymentId: "1", payment: row("1") },
          paid,
          { type: "order.fulfilment_changed", from: "wait", to: "ship" },
          { type: "notification.received" },
          { type: "return.visited", callback: "success" }
        ] as const
        const answer = yield* store.commit(change(order, { events }))
        const expected = events.map((payload, position) => ({
          id: eventId("order-1", 2, position),
          merchant: "shop",
          orderId: "order-1",
          revision: 2,
          position,
          occurredAtMs: startMs + minuteMs,
          payload
        }))
        assert.deepEqual(answer, { revision: 2, events: expected })
        assert.deepEqual((yield* store.events("order-1")).slice(1), expected)
      })
    ),
    specify(
      "opens a delivery of every event for every subscriber, and none for others",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* committed(yield* confirmed(1), {
          events: [paid, { type: "notification.received" }],
          subscribers: ["mail", "books", "mail"]
        })
        yield* answers(outbox.backlog("mail"), 2)
        yield* answers(outbox.backlog("books"), 2)
        yield* answers(outbox.backlog("stock"), 0)
      })
    ),
    specify(
      "opens deliveries only of the types that a subscriber wants",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* committed(yield* confirmed(1), {
          events: [paid, { type: "notification.received" }],
          subscribers: [
            { name: "mail", types: ["notification.received"] },
            { name: "books", types: [paid.type, "notification.received"] },
            { name: "stock", types: ["return.visited"] },
            { name: "none", types: [] }
          ]
        })
        yield* answers(outbox.backlog("mail"), 1)
        yield* answers(outbox.backlog("books"), 2)
        yield* answers(outbox.backlog("stock"), 0)
        yield* answers(outbox.backlog("none"), 0)
        const claimed = yield* claimFor(outbox, {
          subscriber: "mail",
          nowMs: startMs,
          leaseUntilMs: startMs + minuteMs,
          limit: 9,
          claim: "c"
        })
        assert.deepEqual(claimed.map(({ event }) => event.id), [eventId("order-1", 2, 1)])
      })
    ),
    specify(
      "counts a subscriber that is named several times once, with all that it wants",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* committed(yield* confirmed(1), {
          events: [paid, { type: "notification.received" }],
          subscribers: ["mail", { name: "mail", types: [paid.type] }]
        })
        yield* answers(outbox.backlog("mail"), 2)
      })
    ),
    specify(
      "without events opens nothing but still takes the next revision",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        const order = yield* committed(yield* confirmed(1), { subscribers: ["mail"] })
        assert.equal(order.revision, 2)
        yield* answers(outbox.backlog("mail"), 0)
      })
    ),
    specify(
      "writes modifications that changed, and leaves the others",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 1000)
        yield* store.intend(modification("order-1", "C2"), 1000)
        const done = modification("order-1", "C1", { state: "confirmed", changedAtMs: startMs + 5 })
        const found = modification("order-1", "C3", { state: "confirmed", requestedAtMs: startMs + 1 })
        yield* store.commit(change(order, { modifications: [done, found] }))
        yield* answers(store.modifications("order-1"), [done, modification("order-1", "C2"), found])
      })
    ),
    specify(
      "works on a reservation, which stays one",
      Effect.gen(function*() {
        const order = yield* reserved(1)
        const after = yield* committed(order, { events: [{ type: "notification.received" }] })
        assert.deepEqual(after, { ...order, revision: 1 })
      })
    )
  ]
}
