import assert from "node:assert/strict"
import { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { startMs } from "../sample.ts"
import { claimAll, claimIds, note, receiveSeveral } from "./items.ts"

const deadLetterAll = (atMs: (index: number) => number) =>
  Effect.gen(function*() {
    const inbox = yield* Inbox
    const items = yield* claimAll(10, "c")
    for (const [index, item] of items.entries()) {
      yield* inbox.deadLetter(item, { reason: `reason ${item.id}`, atMs: startMs + atMs(index) })
    }
  })

export const deadLettering: Group<Inbox> = {
  title: "dead-letter and retryDeadLetter",
  cases: [
    specify(
      "a dead-lettered item keeps its reason and what is known of it",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* deadLetterAll(() => 70)
        yield* answers(inbox.deadLettered(10), [{
          id: "n1",
          merchant: "shop",
          orderReference: "R1",
          firstReceivedAtMs: startMs + 1,
          lastReceivedAtMs: startMs + 1,
          notificationCount: 1,
          attempts: 1,
          deadLetteredAtMs: startMs + 70,
          reason: "reason n1"
        }])
      })
    ),
    specify(
      "a dead-lettered item is never claimed by itself and stops no other",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* deadLetterAll(() => 20)
        yield* inbox.receive(note("n2", "R1", 30))
        yield* inbox.receive(note("n3", "R3", 40))
        yield* answers(claimIds(9_000_000, "d"), ["n2", "n3"])
      })
    ),
    specify(
      "dead-lettered items come latest first, then by id descending, as many as asked for",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(4)
        yield* deadLetterAll((index) => [10, 30, 20, 20][index]!)
        const ids = (yield* inbox.deadLettered(10)).map(({ id }) => id)
        assert.deepEqual(ids, ["n2", "n4", "n3", "n1"])
        assert.equal((yield* inbox.deadLettered(2)).length, 2)
        yield* answers(inbox.deadLettered(0), [])
      })
    ),
    specify(
      "a claim that dead-lettered its item has ended",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* deadLetterAll(() => 20)
        const item = { id: "n1", claim: "c" }
        yield* answers(inbox.deadLetter(item, { reason: "again", atMs: startMs }), false)
        yield* answers(inbox.acknowledge(item), false)
        yield* answers(inbox.retryLater(item, startMs), false)
        assert.equal((yield* inbox.deadLettered(5)).length, 1)
      })
    ),
    specify(
      "an retried item waits again until the given instant, with its attempts",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* deadLetterAll(() => 20)
        yield* answers(inbox.retryDeadLetter("n1", startMs + 100), true)
        yield* answers(inbox.deadLettered(5), [])
        yield* answers(inbox.backlog(), 1)
        yield* answers(claimIds(99, "d"), [])
        const [item] = yield* claimAll(100, "e")
        assert.equal(item!.id, "n1")
        assert.equal(item!.attempts, 2)
      })
    ),
    specify(
      "retryDeadLetter of what is not dead-lettered answers false and changes nothing",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(2)
        yield* claimIds(10, "c", 1)
        yield* answers(inbox.retryDeadLetter("nobody", startMs), false)
        yield* answers(inbox.retryDeadLetter("n1", startMs), false)
        yield* answers(inbox.retryDeadLetter("n2", startMs + 9_000_000), false)
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c" }), true)
        yield* answers(claimIds(10, "d"), ["n2"])
      })
    ),
    specify(
      "an retried item is folded into one that waits already",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* deadLetterAll(() => 20)
        yield* inbox.receive(note("n2", "R1", 30))
        yield* answers(inbox.retryDeadLetter("n1", startMs + 9_000_000), true)
        yield* answers(inbox.backlog(), 1)
        const [item] = yield* claimAll(40, "d")
        assert.equal(item!.id, "n2")
        assert.equal(item!.notificationCount, 2)
        assert.equal(item!.firstReceivedAtMs, startMs + 1)
        assert.equal(item!.attempts, 2)
      })
    ),
    specify(
      "an retried item takes further notifications of its order again",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* deadLetterAll(() => 20)
        yield* inbox.retryDeadLetter("n1", startMs)
        yield* answers(inbox.receive(note("n2", "R1", 50)), { id: "n1", coalesced: true })
      })
    )
  ]
}
