import assert from "node:assert/strict"
import { type OrderStore, Outbox } from "@docdata/application"
import { eventId } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { confirmed, startMs } from "../sample.ts"
import { claim, claimIds, claimOf, leaseMs, named, publish, published } from "./deliveries.ts"

const [first, second, third] = [0, 1, 2].map((position) => eventId("order-1", 2, position)) as [string, string, string]

const delivered = { as: "delivered", atMs: startMs + 30 } as const
const lease = (claim: string) => ({ claim, nowMs: startMs + 40, leaseUntilMs: startMs + 40 + leaseMs })

export const ending: Group<OrderStore | Outbox> = {
  title: "the end of a delivery",
  cases: [
    specify(
      "claims the next delivery of the order for whoever ended the one before",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* confirmed(1), 10, { count: 3 })
        yield* claim(20, "c0")
        const { ended, next } = yield* outbox.end(named(first, "c0"), delivered, { next: lease("c1") })
        assert.equal(ended, true)
        assert.deepEqual([next?.event.id, next?.claim, next?.attempts, next?.subscriber], [second, "c1", 1, "mail"])
        yield* answers(claimIds(50, "too early"), [])
        const given = { as: "dead-lettered", reason: "tested", atMs: startMs + 50 } as const
        const after = yield* outbox.end(named(second, "c1"), given, { next: lease("c2") })
        assert.equal(after.next?.event.id, third)
        yield* answers(outbox.end(named(third, "c2"), delivered, { next: lease("c3") }), { ended: true })
        yield* answers(outbox.backlog("mail"), 0)
      })
    ),
    specify(
      "claims no next delivery when the claim had ended, nor after one that is to be tried again",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* confirmed(1), 10, { count: 2 })
        yield* claim(20, "c0")
        yield* answers(outbox.end(named(first, "stranger"), delivered, { next: lease("c1") }), { ended: false })
        const putBack = { as: "put-back", notBeforeMs: startMs + 30 } as const
        yield* answers(outbox.end(named(first, "c0"), putBack, { next: lease("c1") }), { ended: true })
        yield* answers(claimIds(50, "c2"), [first])
      })
    ),
    specify(
      "claims no next delivery of another order or of another subscriber",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* confirmed(1), 10, { subscribers: ["mail", "books"] })
        yield* published(2, 11)
        yield* claim(20, "c0", 1)
        yield* answers(outbox.end(named(first, "c0"), delivered, { next: lease("c1") }), { ended: true })
        yield* answers(claimIds(50, "c2"), [eventId("order-2", 2, 0)])
        assert.equal((yield* claimOf("books", 50, { claim: "c3" })).length, 1)
      })
    ),
    specify(
      "claims no next delivery whose time has not come",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        yield* publish(yield* confirmed(1), 10, { count: 2 })
        yield* claim(20, "c0")
        yield* outbox.redeliver({ subscriber: "mail", eventId: second, notBeforeMs: startMs + 9_000 })
        yield* answers(outbox.end(named(first, "c0"), delivered, { next: lease("c1") }), { ended: true })
        yield* answers(claimIds(8_999, "c2"), [])
        yield* answers(claimIds(9_000, "c3"), [second])
      })
    ),
    specify(
      "several subscribers are claimed for in one go, each with its own limit",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        for (const number of [1, 2, 3]) {
          yield* publish(yield* confirmed(number), 10 * number, { subscribers: ["mail", "books"] })
        }
        const subscribers = [{ name: "books", limit: 1 }, { name: "stock", limit: 5 }, { name: "mail", limit: 2 }]
        const claimed = yield* outbox.claim({ ...lease("c"), subscribers })
        assert.deepEqual(
          claimed.map(({ event, subscriber }) => `${subscriber} ${event.orderId}`),
          ["books order-1", "mail order-1", "mail order-2"]
        )
        yield* answers(outbox.claim({ ...lease("d"), subscribers: [] }), [])
      })
    )
  ]
}
