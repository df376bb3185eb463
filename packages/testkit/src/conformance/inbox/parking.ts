import assert from "node:assert/strict"
import { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { startMs } from "../sample.ts"
import { claimAll, claimIds, note, receiveSeveral } from "./items.ts"

const parkAll = (atMs: (index: number) => number) =>
  Effect.gen(function*() {
    const inbox = yield* Inbox
    const items = yield* claimAll(10, "c")
    for (const [index, item] of items.entries()) {
      yield* inbox.park(item, { reason: `reason ${item.id}`, atMs: startMs + atMs(index) })
    }
  })

export const parking: Group<Inbox> = {
  title: "park and unpark",
  cases: [
    specify(
      "a parked item keeps its reason and what is known of it",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* parkAll(() => 70)
        yield* answers(inbox.parked(10), [{
          id: "n1",
          merchant: "shop",
          reference: "R1",
          firstReceivedAtMs: startMs + 1,
          lastReceivedAtMs: startMs + 1,
          notificationCount: 1,
          attempts: 1,
          parkedAtMs: startMs + 70,
          reason: "reason n1"
        }])
      })
    ),
    specify(
      "a parked item is never claimed by itself and stops no other",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* parkAll(() => 20)
        yield* inbox.receive(note("n2", "R1", 30))
        yield* inbox.receive(note("n3", "R3", 40))
        yield* answers(claimIds(9_000_000, "d"), ["n2", "n3"])
      })
    ),
    specify(
      "parked items come latest first, then by id descending, as many as asked for",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(4)
        yield* parkAll((index) => [10, 30, 20, 20][index]!)
        const ids = (yield* inbox.parked(10)).map(({ id }) => id)
        assert.deepEqual(ids, ["n2", "n4", "n3", "n1"])
        assert.equal((yield* inbox.parked(2)).length, 2)
        yield* answers(inbox.parked(0), [])
      })
    ),
    specify(
      "a claim that parked its item has ended",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* parkAll(() => 20)
        const item = { id: "n1", claim: "c" }
        yield* answers(inbox.park(item, { reason: "again", atMs: startMs }), false)
        yield* answers(inbox.acknowledge(item), false)
        yield* answers(inbox.putBack(item, startMs), false)
        assert.equal((yield* inbox.parked(5)).length, 1)
      })
    ),
    specify(
      "an unparked item waits again until the given instant, with its attempts",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* parkAll(() => 20)
        yield* answers(inbox.unpark("n1", startMs + 100), true)
        yield* answers(inbox.parked(5), [])
        yield* answers(inbox.backlog(), 1)
        yield* answers(claimIds(99, "d"), [])
        const [item] = yield* claimAll(100, "e")
        assert.equal(item!.id, "n1")
        assert.equal(item!.attempts, 2)
      })
    ),
    specify(
      "unpark of what is not parked answers false and changes nothing",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(2)
        yield* claimIds(10, "c", 1)
        yield* answers(inbox.unpark("nobody", startMs), false)
        yield* answers(inbox.unpark("n1", startMs), false)
        yield* answers(inbox.unpark("n2", startMs + 9_000_000), false)
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c" }), true)
        yield* answers(claimIds(10, "d"), ["n2"])
      })
    ),
    specify(
      "an unparked item is folded into one that waits already",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* parkAll(() => 20)
        yield* inbox.receive(note("n2", "R1", 30))
        yield* answers(inbox.unpark("n1", startMs + 9_000_000), true)
        yield* answers(inbox.backlog(), 1)
        const [item] = yield* claimAll(40, "d")
        assert.equal(item!.id, "n2")
        assert.equal(item!.notificationCount, 2)
        assert.equal(item!.firstReceivedAtMs, startMs + 1)
        assert.equal(item!.attempts, 2)
      })
    ),
    specify(
      "an unparked item takes further notifications of its order again",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* parkAll(() => 20)
        yield* inbox.unpark("n1", startMs)
        yield* answers(inbox.receive(note("n2", "R1", 50)), { id: "n1", coalesced: true })
      })
    )
  ]
}
