import assert from "node:assert/strict"
import { Inbox, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce } from "../expectations.ts"
import { startMs } from "../sample.ts"
import { claimAll, claimIds, leaseMs, note, receiveSeveral } from "./items.ts"

export const claiming: Group<Inbox> = {
  title: "claim, acknowledge, retried later",
  cases: [
    specify("answers nothing when nothing waits", answers(claimIds(0, "c"), [])),
    specify(
      "takes the longest waiting first, by their first notification",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        for (const [id, afterMs] of [["n1", 30], ["n2", 10], ["n3", 20]] as const) {
          yield* inbox.receive(note(id, `R-${id}`, afterMs))
        }
        yield* inbox.receive(note("n4", "R-n2", 99))
        yield* answers(claimIds(100, "c"), ["n2", "n3", "n1"])
      })
    ),
    specify(
      "takes those of one instant by id",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        for (const id of ["b", "B", "a"]) yield* inbox.receive(note(id, `R-${id}`, 1))
        yield* answers(claimIds(10, "c"), ["B", "a", "b"])
      })
    ),
    specify(
      "takes no more than asked for, and the others next time",
      Effect.gen(function*() {
        yield* receiveSeveral(5)
        yield* answers(claimIds(10, "c1", 2), ["n1", "n2"])
        yield* answers(claimIds(10, "c2", 2), ["n3", "n4"])
        yield* answers(claimIds(10, "c3", 2), ["n5"])
        yield* answers(claimIds(10, "c4", 2), [])
      })
    ),
    specify(
      `takes none for a limit of 0, and at most ${pageSizeMax}`,
      Effect.gen(function*() {
        yield* receiveSeveral(pageSizeMax + 1)
        yield* answers(claimIds(1000, "c0", 0), [])
        assert.equal((yield* claimIds(1000, "c1", 1_000_000)).length, pageSizeMax)
      })
    ),
    specify(
      "gives every item to one of several claimers at once",
      Effect.gen(function*() {
        yield* receiveSeveral(40)
        const claims = yield* atOnce((caller) => claimIds(100, `c${caller}`, 5))
        const taken = claims.flat()
        assert.equal(new Set(taken).size, taken.length)
        assert.equal(taken.length, 40)
      })
    ),
    specify(
      "hands out nothing of an order of which an item is claimed",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c1")
        yield* inbox.receive(note("n2", "R1", 11))
        yield* inbox.receive(note("n3", "R2", 12))
        yield* answers(claimIds(20, "c2"), ["n3"])
        yield* inbox.acknowledge({ id: "n1", claim: "c1" })
        yield* answers(claimIds(20, "c3"), ["n2"])
      })
    ),
    specify(
      "hands out nothing of an order of which an item is claimed, also what was received before that one",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n2", "R1", 50))
        yield* answers(claimIds(60, "c1"), ["n2"])
        // Another process received it earlier and stored it later.
        yield* inbox.receive(note("n1", "R1", 1))
        yield* answers(claimIds(70, "c2"), [])
        yield* inbox.acknowledge({ id: "n2", claim: "c1" })
        yield* answers(claimIds(70, "c3"), ["n1"])
      })
    ),
    specify(
      "never hands out two of one order together",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c1")
        yield* inbox.receive(note("n2", "R1", 11))
        yield* answers(claimIds(10 + leaseMs, "c2"), ["n1"])
        yield* inbox.acknowledge({ id: "n1", claim: "c2" })
        yield* answers(claimIds(10 + leaseMs, "c3"), ["n2"])
      })
    ),
    specify(
      "counts attempts",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        for (let attempt = 1; attempt <= 3; attempt++) {
          const [item] = yield* claimAll(10, `c${attempt}`)
          assert.equal(item!.attempts, attempt)
          yield* inbox.retryLater(item!, startMs)
        }
      })
    ),
    specify(
      "acknowledge is the end of an item",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* claimAll(10, "c")
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c" }), true)
        yield* answers(inbox.backlog(), 0)
        yield* answers(claimIds(10_000_000, "d"), [])
      })
    ),
    specify(
      "acknowledge of a stranger, of nothing, and twice answers false",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(2)
        yield* claimIds(10, "c", 1)
        yield* answers(inbox.acknowledge({ id: "n1", claim: "d" }), false)
        yield* answers(inbox.acknowledge({ id: "n2", claim: "c" }), false)
        yield* answers(inbox.acknowledge({ id: "nobody", claim: "c" }), false)
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c" }), true)
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c" }), false)
        yield* answers(inbox.backlog(), 1)
      })
    ),
    specify(
      "an item can be claimed again from the end of its time on, not before",
      Effect.gen(function*() {
        yield* receiveSeveral(1)
        yield* claimAll(10, "c1")
        yield* answers(claimIds(10 + leaseMs - 1, "c2"), [])
        const [item] = yield* claimAll(10 + leaseMs, "c3")
        assert.equal(item!.id, "n1")
        assert.equal(item!.attempts, 2)
        assert.equal(item!.claim, "c3")
      })
    ),
    specify(
      "a claim that was followed by another can do nothing any more",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* claimAll(10, "c1")
        yield* claimAll(10 + leaseMs, "c2")
        const old = { id: "n1", claim: "c1" }
        yield* answers(inbox.acknowledge(old), false)
        yield* answers(inbox.retryLater(old, startMs), false)
        yield* answers(inbox.deadLetter(old, { reason: "late", atMs: startMs }), false)
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c2" }), true)
      })
    ),
    specify(
      "a claim whose time is over can acknowledge while nobody else has the item",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* claimAll(10, "c1")
        yield* answers(claimIds(10 + leaseMs - 1, "c2"), [])
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c1" }), true)
      })
    ),
    specify(
      "an item that was retried later can be claimed from the given instant on, not before",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* claimAll(10, "c1")
        yield* answers(inbox.retryLater({ id: "n1", claim: "c1" }, startMs + 50), true)
        yield* answers(inbox.backlog(), 1)
        yield* answers(claimIds(49, "c2"), [])
        yield* answers(claimIds(50, "c3"), ["n1"])
      })
    ),
    specify(
      "a claim that put its item back has ended",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* claimAll(10, "c1")
        yield* inbox.retryLater({ id: "n1", claim: "c1" }, startMs + 50)
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c1" }), false)
        yield* answers(inbox.retryLater({ id: "n1", claim: "c1" }, startMs), false)
      })
    ),
    specify(
      "an item that is retried later is folded into one that waits already",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* inbox.receive(note("n1b", "R1", 2))
        yield* claimAll(10, "c1")
        yield* inbox.receive(note("n2", "R1", 12))
        yield* answers(inbox.retryLater({ id: "n1", claim: "c1" }, startMs + 9_000_000), true)
        yield* answers(inbox.backlog(), 1)
        yield* answers(claimAll(20, "c2"), [{
          id: "n2",
          merchant: "shop",
          orderReference: "R1",
          firstReceivedAtMs: startMs + 1,
          lastReceivedAtMs: startMs + 12,
          notificationCount: 3,
          attempts: 2,
          claim: "c2"
        }])
      })
    ),
    specify(
      "an item that waits for its time stops no other",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(2)
        yield* claimIds(10, "c1", 1)
        yield* inbox.retryLater({ id: "n1", claim: "c1" }, startMs + 9_000_000)
        yield* answers(claimIds(20, "c2", 1), ["n2"])
      })
    ),
    specify(
      "the backlog counts what waits or is claimed, not what is dead-lettered",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(3)
        yield* claimIds(10, "c", 2)
        yield* answers(inbox.backlog(), 3)
        yield* inbox.deadLetter({ id: "n1", claim: "c" }, { reason: "poison", atMs: startMs })
        yield* answers(inbox.backlog(), 2)
      })
    ),
    specify(
      "nothing is lost by an asker whose clock is behind",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* claimAll(10, "c1")
        yield* inbox.retryLater({ id: "n1", claim: "c1" }, startMs + 50)
        yield* receiveSeveral(2)
        yield* answers(claimIds(60, "c2", 0), [])
        yield* answers(claimIds(40, "c3"), ["n2"])
        yield* answers(claimIds(60, "c4"), ["n1"])
      })
    )
  ]
}
